/** Holds the tutor's sound until it is heard: starts with some in hand, never plays an interrupted turn. Pure. */

/** Bounds in milliseconds, and what is kept at most. */
export const jitterDefaults = {
  /** Sound in hand before a turn starts; grows after each underrun, up to `maxPrerollMs`. */
  prerollMs: 120,
  maxPrerollMs: 400,
  /** A cut is softened over this time, or it would click. */
  fadeMs: 5,
  /** Back ends send faster than real time; beyond ten minutes the oldest sound is dropped and counted. */
  capacityMs: 600_000,
};

/** Counters that only grow. */
export interface JitterStats {
  readonly playedSamples: number;
  readonly underruns: number;
  readonly droppedSamples: number;
}

/** The buffer. All sound is at the output's rate. */
export interface JitterBuffer {
  push(turn: number, samples: Float32Array): void;
  /** No more sound of this turn will come: what is there is played without waiting for more. */
  finish(turn: number): void;
  /** Forgets sound of this turn and of all before, fading out what is heard now; later sound of them is dropped. */
  flush(turn: number): void;
  /** Fills `output`, with silence where there is nothing. */
  pull(output: Float32Array): void;
  stats(): JitterStats;
}

/** Creates a buffer for an output rate. */
export function createJitterBuffer(rateHz: number, options: Partial<typeof jitterDefaults> = {}): JitterBuffer {
  const { prerollMs, maxPrerollMs, fadeMs, capacityMs } = { ...jitterDefaults, ...options };
  const toSamples = (ms: number) => Math.round((rateHz * ms) / 1000);
  const queue: { readonly turn: number; readonly samples: Float32Array }[] = [];
  let offset = 0;
  let held = 0;
  let flushedTurn = 0;
  let finishedTurn = 0;
  let playing = false;
  let preroll = toSamples(prerollMs);
  let fade: Float32Array | null = null;
  let [playedSamples, underruns, droppedSamples] = [0, 0, 0];

  const dropFirst = () => {
    const first = queue.shift();
    if (!first) return;
    const left = first.samples.length - offset;
    held -= left;
    droppedSamples += left;
    offset = 0;
  };
  return {
    push(turn, samples) {
      if (turn <= flushedTurn || samples.length === 0) {
        droppedSamples += samples.length;
        return;
      }
      queue.push({ turn, samples });
      held += samples.length;
      while (held > toSamples(capacityMs)) dropFirst();
    },
    finish(turn) {
      finishedTurn = Math.max(finishedTurn, turn);
    },
    flush(turn) {
      flushedTurn = Math.max(flushedTurn, turn);
      const first = queue[0];
      if (playing && first && first.turn <= turn) {
        const tail = first.samples.slice(offset, offset + toSamples(fadeMs));
        fade = tail.map((sample, i) => sample * (1 - (i + 1) / tail.length));
        playing = false;
      }
      while (queue[0] && queue[0].turn <= turn) dropFirst();
    },
    pull(output) {
      output.fill(0);
      let written = 0;
      if (fade) {
        const piece = fade.subarray(0, output.length);
        output.set(piece);
        written = piece.length;
        fade = fade.length > piece.length ? fade.subarray(piece.length) : null;
      }
      const first = queue[0];
      if (!playing && first) playing = held >= preroll || finishedTurn >= first.turn;
      while (playing && written < output.length) {
        const head = queue[0];
        if (!head) {
          playing = false;
          break;
        }
        const piece = head.samples.subarray(offset, offset + output.length - written);
        output.set(piece, written);
        written += piece.length;
        offset += piece.length;
        held -= piece.length;
        playedSamples += piece.length;
        if (offset < head.samples.length) continue;
        queue.shift();
        offset = 0;
        if (queue.length > 0) continue;
        playing = false;
        // A turn that was over has simply been heard; one that was not ran dry.
        if (head.turn > finishedTurn) {
          underruns += 1;
          preroll = Math.min(toSamples(maxPrerollMs), preroll + toSamples(40));
        }
      }
    },
    stats: () => ({ playedSamples, underruns, droppedSamples }),
  };
}
