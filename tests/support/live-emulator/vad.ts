/** Finds speech in sound by its energy: 20 ms frames, a threshold, a length of speech to begin and of silence to end. Recognises no words. */
import { LISTEN_RATE_HZ } from './pcm.js';

/** Length of one frame. */
export const FRAME_MS = 20;
/** Samples of one frame at 16 kHz. */
export const FRAME_SAMPLES = (LISTEN_RATE_HZ * FRAME_MS) / 1000;

/** How eagerly speech begins or ends; Google's `…_SENSITIVITY_HIGH` and `…_LOW`. */
export type Sensitivity = 'high' | 'low';

/** What a client's `automaticActivityDetection` asks for. */
export interface VadOptions {
  /** High: speech begins at −45 dBFS; low: at −35 dBFS. */
  readonly startSensitivity: Sensitivity;
  /** High: speech ends 3 dB below the start threshold; low: only 10 dB below it. */
  readonly endSensitivity: Sensitivity;
  /** Speech that must be heard before the start counts, rounded up to whole frames. */
  readonly prefixPaddingMs: number;
  /** Silence that ends an activity, rounded up to whole frames. */
  readonly silenceDurationMs: number;
}

/** Used where the client asks for nothing. */
export const vadDefaults: VadOptions = {
  startSensitivity: 'high',
  endSensitivity: 'high',
  prefixPaddingMs: 20,
  silenceDurationMs: 500,
};

/** What one frame brought about. */
export type VadEvent = 'none' | 'start' | 'end';

/** One frame's verdict. */
export interface FrameVerdict {
  readonly event: VadEvent;
  /** True when the frame is loud enough to be speech. */
  readonly voiced: boolean;
  /** Root mean square of the frame without its DC offset, 0–32767. */
  readonly rms: number;
  /** Largest magnitude in the frame, 0–32768. */
  readonly peak: number;
}

/** An energy detector over one stream. */
export interface Vad {
  /** True between `start` and `end`. */
  readonly active: boolean;
  /** Judges one frame of exactly 320 samples. */
  push(frame: Int16Array): FrameVerdict;
  /** Ends an open activity at once, as `audioStreamEnd` does. True when there was one. */
  flush(): boolean;
}

/** Creates a detector. It counts frames, so its answers depend on the sound alone and never on a clock. */
export function createVad(options: VadOptions = vadDefaults): Vad {
  const startRms = toRms(options.startSensitivity === 'high' ? -45 : -35);
  const endRms = startRms * 10 ** (-(options.endSensitivity === 'high' ? 3 : 10) / 20);
  const startFrames = Math.max(1, Math.ceil(options.prefixPaddingMs / FRAME_MS));
  const endFrames = Math.max(1, Math.ceil(options.silenceDurationMs / FRAME_MS));
  let active = false;
  let run = 0;
  return {
    get active() {
      return active;
    },
    push(frame) {
      const { rms, peak } = measure(frame);
      const voiced = rms >= (active ? endRms : startRms);
      let event: VadEvent = 'none';
      if (active) {
        run = voiced ? 0 : run + 1;
        if (run >= endFrames) event = 'end';
      } else {
        // A quiet frame takes one back instead of all: the closure of a "p" or "t" must not undo a start.
        run = voiced ? run + 1 : Math.max(0, run - 1);
        if (run >= startFrames) event = 'start';
      }
      if (event !== 'none') {
        active = event === 'start';
        run = 0;
      }
      return { event, voiced, rms, peak };
    },
    flush() {
      const wasActive = active;
      active = false;
      run = 0;
      return wasActive;
    },
  };
}

/** Measures one stretch of sound: root mean square around its mean, and peak. */
export function measure(samples: Int16Array): { readonly rms: number; readonly peak: number } {
  if (samples.length === 0) return { rms: 0, peak: 0 };
  let sum = 0;
  let squares = 0;
  let peak = 0;
  for (const sample of samples) {
    sum += sample;
    squares += sample * sample;
    peak = Math.max(peak, Math.abs(sample));
  }
  const mean = sum / samples.length;
  return { rms: Math.sqrt(Math.max(0, squares / samples.length - mean * mean)), peak };
}

function toRms(dBFS: number): number {
  return 32_768 * 10 ** (dBFS / 20);
}
