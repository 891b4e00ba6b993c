/** The emulator's ear: audio pieces in, stretches of speech out. Finds them itself, or obeys the client's marks. */
import { createResampler, type AudioPiece } from './pcm.js';
import type { ConnectionStats } from './stats.js';
import { createVad, FRAME_MS, FRAME_SAMPLES, measure, type VadOptions } from './vad.js';

/** Sound kept of one stretch; what follows is counted and judged but not kept. */
const KEPT_MS = 60_000;

/** One stretch of the learner's sound. */
export interface Heard {
  /** Whole length. */
  readonly ms: number;
  /** Length of the frames loud enough to be speech; 0 when a manual window held silence. */
  readonly speechMs: number;
  /** Root mean square of the kept sound, 0–32767. */
  readonly rms: number;
  /** Largest magnitude, 0–32768. */
  readonly peak: number;
  /** 16 kHz mono, at most 60 s. */
  readonly samples: Int16Array;
}

/** What the ear reports. */
export interface ListenerEvents {
  readonly onStart: () => void;
  readonly onEnd: (heard: Heard) => void;
}

/** The ear of one session. */
export interface Listener {
  push(piece: AudioPiece): void;
  /** The client's stream pauses: what was heard so far is all there is. */
  streamEnd(): void;
  /** The client's own marks; only with `manual`. */
  activityStart(): void;
  activityEnd(): void;
}

type Counters = Pick<ConnectionStats, 'frames' | 'samples' | 'speechMs' | 'peak' | 'activities'>;

/** Creates an ear that finds speech by `activity`, or takes the client's word with `manual`. */
export function createListener(activity: VadOptions | 'manual', counters: Counters, events: ListenerEvents): Listener {
  const vad = createVad(activity === 'manual' ? undefined : activity);
  const resampler = createResampler();
  // Frames heard shortly before a start belong to the speech: as many as the start took, and 200 ms for a soft onset.
  const lookBack = activity === 'manual' ? 0 : Math.ceil(activity.prefixPaddingMs / FRAME_MS) + 200 / FRAME_MS;
  const frame = new Int16Array(FRAME_SAMPLES);
  let filled = 0;
  let before: Int16Array[] = [];
  let open: { frames: Int16Array[]; count: number; voiced: number } | undefined;

  function begin(voiced: number): void {
    counters.activities += 1;
    open = { frames: [...before], count: before.length, voiced };
    before = [];
    events.onStart();
  }

  function finish(): void {
    if (open === undefined) return;
    const samples = new Int16Array(open.frames.length * FRAME_SAMPLES);
    open.frames.forEach((part, index) => samples.set(part, index * FRAME_SAMPLES));
    const heard = { ms: open.count * FRAME_MS, speechMs: open.voiced * FRAME_MS, samples, ...measure(samples) };
    open = undefined;
    events.onEnd(heard);
  }

  function judge(): void {
    const verdict = vad.push(frame);
    counters.frames += 1;
    counters.peak = Math.max(counters.peak, verdict.peak);
    if (verdict.voiced) counters.speechMs += FRAME_MS;
    const copy = frame.slice();
    if (activity !== 'manual' && open === undefined) {
      before.push(copy);
      if (before.length > lookBack) before.shift();
      if (verdict.event !== 'start') return;
      begin(Math.max(1, Math.ceil(activity.prefixPaddingMs / FRAME_MS)));
      return;
    }
    if (open === undefined) return;
    open.count += 1;
    if (verdict.voiced) open.voiced += 1;
    if (open.frames.length * FRAME_MS < KEPT_MS) open.frames.push(copy);
    if (activity !== 'manual' && verdict.event === 'end') finish();
  }

  return {
    push(piece) {
      const samples = resampler.push(piece);
      counters.samples += samples.length;
      for (let at = 0; at < samples.length;) {
        const part = samples.subarray(at, at + FRAME_SAMPLES - filled);
        frame.set(part, filled);
        filled += part.length;
        at += part.length;
        if (filled < FRAME_SAMPLES) return;
        filled = 0;
        judge();
      }
    },
    streamEnd() {
      filled = 0;
      before = [];
      if (vad.flush()) finish();
    },
    activityStart() {
      if (open === undefined) begin(0);
    },
    activityEnd() {
      finish();
      vad.flush();
    },
  };
}
