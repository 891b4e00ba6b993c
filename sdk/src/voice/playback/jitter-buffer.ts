/** Holds the tutor's sound until it is heard: starts with some in hand, never plays an interrupted turn. Pure. */

/** Bounds in milliseconds, and what is kept at most. */
export const jitterDefaults = {
  /** Sound in hand before a turn starts: 120 ms had no gap on a quiet machine, 60 ms had one now and then. */
  prerollMs: 120,
  /** Lowest and highest wait that the buffer gives itself. */
  minPrerollMs: 60,
  maxPrerollMs: 400,
  /** Up quickly, when a turn ran dry; down slowly, after each turn that did not. */
  riseMs: 40,
  fallMs: 10,
  /** A cut is softened over this time, or it would click. */
  fadeMs: 5,
  /** Back ends send faster than real time; sound beyond three minutes is refused and counted, or memory would grow. */
  capacityMs: 180_000,
};

/** Counters that only grow, and what is going on. */
export interface JitterStats {
  /** Samples handed out that were not silence. */
  readonly playedSamples: number;
  /** Times a turn ran dry and went on later. */
  readonly underruns: number;
  /** Samples of silence heard inside turns that ran dry and went on. */
  readonly gapSamples: number;
  /** Samples of flushed turns, or beyond the capacity. */
  readonly droppedSamples: number;
  /** Samples in hand. */
  readonly heldSamples: number;
  /** The turn that is or was heard last, 0 before the first. */
  readonly turn: number;
  /** Samples of that turn that were handed out. */
  readonly turnSamples: number;
  /** Wait before the next turn starts. */
  readonly prerollSamples: number;
}

/** The buffer. All sound is mono at the output's rate. */
export interface JitterBuffer {
  /** Adds sound, which the buffer owns from now on. */
  push(turn: number, samples: Float32Array): void;
  /** No more sound of this turn will come: what is there is played without waiting for more. */
  finish(turn: number): void;
  /** Forgets sound of this turn and of all before, fading out what is heard now; later sound of them is dropped. */
  flush(turn: number): void;
  /** Forgets everything, also which turns were flushed: turns are numbered from 1 again. */
  reset(): void;
  /** Fills `output`, with silence where there is nothing. Allocates nothing. */
  pull(output: Float32Array): void;
  stats(): JitterStats;
}

interface Piece {
  readonly turn: number;
  readonly samples: Float32Array;
}

/** Creates a buffer for an output rate. */
export function createJitterBuffer(rateHz: number, options: Partial<typeof jitterDefaults> = {}): JitterBuffer {
  const limits = { ...jitterDefaults, ...options };
  const toSamples = (ms: number) => Math.round((rateHz * ms) / 1000);
  const [capacity, least, most] = [limits.capacityMs, limits.minPrerollMs, limits.maxPrerollMs].map(toSamples) as [
    number,
    number,
    number,
  ];
  const fade = new Float32Array(toSamples(limits.fadeMs));
  let [fadeAt, fadeEnd] = [0, 0];
  let pieces: Piece[] = [];
  let offset = 0;
  let held = 0;
  let preroll = toSamples(limits.prerollMs);
  let playing = false;
  /** Samples of silence given while sound was waiting. */
  let waited = 0;
  let [flushedTurn, finishedTurn, newestTurn] = [0, 0, 0];
  /** The turn whose sound ran out before it was finished, 0 when none did. */
  let dryTurn = 0;
  let steady = true;
  /** Silence since the turn ran dry: a gap if it goes on, its end if it does not. */
  let silence = 0;
  let resuming = false;
  let gapSamples = 0;
  let [turn, turnSamples, playedSamples, underruns, droppedSamples] = [0, 0, 0, 0, 0];

  const isOver = (of: number) => of <= finishedTurn || of < newestTurn;
  const turnDone = () => {
    if (steady) preroll = Math.max(least, preroll - toSamples(limits.fallMs));
    steady = true;
  };
  /** Keeps the next few milliseconds, growing quieter, so that the cut does not click. */
  const startFade = ({ samples }: Piece) => {
    const length = Math.min(fade.length, samples.length - offset);
    for (let i = 0; i < length; i += 1) fade[i] = (samples[offset + i] as number) * (1 - (i + 1) / length);
    [fadeAt, fadeEnd] = [0, length];
  };
  const count = (output: Float32Array, from: number, to: number) => {
    for (let i = from; i < to; i += 1) if (output[i] !== 0) playedSamples += 1;
  };
  /** Hands out of the first piece until it or the output is full; returns where the output is filled to. */
  const playFirst = (first: Piece, output: Float32Array, from: number): number => {
    if (first.turn !== turn) [turn, turnSamples] = [first.turn, 0];
    const length = Math.min(output.length - from, first.samples.length - offset);
    for (let i = 0; i < length; i += 1) output[from + i] = first.samples[offset + i] as number;
    offset += length;
    held -= length;
    turnSamples += length;
    if (offset === first.samples.length) {
      pieces.shift();
      offset = 0;
      const following = pieces[0];
      if (!following) playing = false;
      if (following?.turn !== first.turn) {
        if (following || isOver(first.turn)) turnDone();
        // Whether it ran dry or was over will be known when more sound of it comes, or none.
        else dryTurn = first.turn;
      }
    }
    return from + length;
  };

  return {
    push(of, samples) {
      if (of <= flushedTurn || samples.length === 0 || held + samples.length > capacity) {
        droppedSamples += samples.length;
        return;
      }
      if (of === dryTurn) {
        underruns += 1;
        steady = false;
        resuming = true;
        preroll = Math.min(most, preroll + toSamples(limits.riseMs));
      }
      if (!resuming) silence = 0;
      dryTurn = 0;
      newestTurn = Math.max(newestTurn, of);
      pieces.push({ turn: of, samples });
      held += samples.length;
    },
    finish(of) {
      finishedTurn = Math.max(finishedTurn, of);
      if (dryTurn === 0 || dryTurn > of) return;
      [dryTurn, silence] = [0, 0];
      turnDone();
    },
    flush(of) {
      flushedTurn = Math.max(flushedTurn, of);
      if (dryTurn <= of) dryTurn = 0;
      [silence, resuming] = [0, false];
      const [first] = pieces;
      if (playing && first && first.turn <= of) {
        startFade(first);
        playing = false;
        steady = true;
      }
      const before = held;
      pieces = pieces.filter((piece) => piece.turn > of);
      if (first && first !== pieces[0]) offset = 0;
      held = pieces.reduce((sum, { samples }) => sum + samples.length, 0) - offset;
      droppedSamples += before - held;
    },
    reset() {
      if (playing && pieces[0]) startFade(pieces[0]);
      droppedSamples += held;
      pieces = [];
      playing = false;
      [steady, resuming, silence] = [true, false, 0];
      [offset, held, waited, dryTurn, flushedTurn, finishedTurn, newestTurn, turn, turnSamples] = [
        0, 0, 0, 0, 0, 0, 0, 0, 0,
      ];
    },
    pull(output) {
      output.fill(0);
      let at = 0;
      while (fadeAt < fadeEnd && at < output.length) {
        output[at] = fade[fadeAt] as number;
        at += 1;
        fadeAt += 1;
      }
      const [waiting] = pieces;
      if (!playing && waiting) {
        // Sound that nobody adds to is played after the longest wait: its end may have been lost with a socket.
        playing = held >= preroll || isOver(waiting.turn) || waited >= most;
        waited = playing ? 0 : waited + output.length;
        if (playing && resuming) {
          gapSamples += silence;
          [silence, resuming] = [0, false];
        }
      }
      for (let first = pieces[0]; playing && first && at < output.length; first = pieces[0])
        at = playFirst(first, output, at);
      count(output, 0, at);
      if (dryTurn !== 0 || resuming) silence += output.length - at;
    },
    stats: () => ({
      playedSamples,
      underruns,
      gapSamples,
      droppedSamples,
      heldSamples: held,
      turn,
      turnSamples,
      prerollSamples: preroll,
    }),
  };
}
