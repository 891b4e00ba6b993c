/** Cuts microphone quanta into wire frames. Knows samples only: no socket, no worklet API. */
import { UP_FRAME_SAMPLES, UP_RATE_HZ } from '../../contracts/voice-audio.js';
import { createResampler } from '../resampler.js';

/** Takes samples in and hands over each frame as it fills. */
export interface Framer {
  /**
   * @param samples mono Float32 in [-1, 1] at the device's rate, any length; copied, so the caller may reuse its buffer.
   * @param emit receives frames of 320 Int16 (20 ms at 16 kHz), oldest first; it owns them. The frame is all that is allocated.
   */
  push(samples: Float32Array, emit: (frame: Int16Array<ArrayBuffer>) => void): void;
}

/** Creates a framer for a device rate, 8,000–192,000 Hz. */
export function createFramer(deviceHz: number): Framer {
  const resampler = createResampler(deviceHz, UP_RATE_HZ);
  let frame = new Int16Array(UP_FRAME_SAMPLES);
  let filled = 0;
  return {
    push(samples, emit) {
      const count = resampler.process(samples);
      const { output } = resampler;
      for (let i = 0; i < count; i += 1) {
        const value = Math.round((output[i] as number) * 32_768);
        frame[filled] = value > 32_767 ? 32_767 : value < -32_768 ? -32_768 : value;
        filled += 1;
        if (filled < UP_FRAME_SAMPLES) continue;
        emit(frame);
        frame = new Int16Array(UP_FRAME_SAMPLES);
        filled = 0;
      }
    },
  };
}

/** Root mean square that counts as full loudness: loud speech close to the microphone. */
const FULL_LEVEL = 8000;

/** Loudness of a frame, 0–1: its root mean square on a scale where quiet speech is visible. */
export function levelOf(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / Math.max(1, frame.length)) / FULL_LEVEL);
}
