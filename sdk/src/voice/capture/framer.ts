/** Cuts microphone quanta into wire frames. Knows samples only: no socket, no worklet API. */
import { UP_FRAME_SAMPLES, UP_RATE_HZ } from '../../contracts/voice-audio.js';
import { createResampler } from '../resampler.js';

/** Takes samples in and hands over each frame as it fills. */
export interface Framer {
  /**
   * @param samples mono Float32 in [-1, 1] at the device's rate, any length; copied, so the caller may reuse its buffer.
   * @param emit receives frames of 320 Int16 (20 ms at 16 kHz), oldest first; it owns them.
   */
  push(samples: Float32Array, emit: (frame: Int16Array<ArrayBuffer>) => void): void;
}

/** Creates a framer for a device rate. */
export function createFramer(deviceHz: number): Framer {
  const resampler = createResampler(deviceHz, UP_RATE_HZ);
  let frame = new Int16Array(UP_FRAME_SAMPLES);
  let filled = 0;
  return {
    push(samples, emit) {
      for (const sample of resampler.process(samples)) {
        frame[filled] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768)));
        filled += 1;
        if (filled === UP_FRAME_SAMPLES) {
          emit(frame);
          frame = new Int16Array(UP_FRAME_SAMPLES);
          filled = 0;
        }
      }
    },
  };
}

/** Loudness of a frame, 0–1: its root mean square on a scale where quiet speech is visible. */
export function levelOf(frame: Int16Array): number {
  let sum = 0;
  for (const sample of frame) sum += sample * sample;
  return Math.min(1, Math.sqrt(sum / Math.max(1, frame.length)) / 8000);
}
