/** Performs the cues of one answer in time: parts faster than real time, a wait for a blocking tool, an end that trails by the playback. */
import type { Cue } from './answer-plan.js';
import { SPEAK_RATE_HZ } from './pcm.js';
import type { Clock } from './ports.js';
import { renderVoice } from './voice-synth.js';

/** How fast answers come. */
export interface Pace {
  /** From the learner's last word to the first sound. */
  readonly firstAudioDelayMs: number;
  /** Length of one audio part; Google's recordings have 200 ms. */
  readonly partMs: number;
  /** Milliseconds of sound sent per millisecond; `Infinity` sends all at once. */
  readonly speedup: number;
  /** Sound per character of text. */
  readonly msPerCharacter: number;
  /** How much of the remaining playback `turnComplete` waits for: 1 all of it, 0 nothing. */
  readonly playbackTrailRatio: number;
}

/** The pace of the real service, about. */
export const paceDefaults: Pace = {
  firstAudioDelayMs: 250,
  partMs: 200,
  speedup: 4,
  msPerCharacter: 60,
  playbackTrailRatio: 1,
};

/** What a turn tells its session. */
export type TurnEvent =
  /** One part of sound; `text` is the fragment that begins with it, or empty. */
  | { readonly type: 'part'; readonly samples: Int16Array; readonly text: string }
  | { readonly type: 'call'; readonly cue: Extract<Cue, { type: 'call' }> }
  | { readonly type: 'generation-complete' }
  | {
      readonly type: 'turn-complete';
      readonly how: 'complete' | 'interrupted';
      readonly last: boolean;
      readonly reason?: string;
    }
  | { readonly type: 'interrupted' }
  | { readonly type: 'close'; readonly code: number; readonly reason: string }
  | { readonly type: 'go-away'; readonly timeLeftMs: number };

/** One running answer. */
export interface Turn {
  readonly over: boolean;
  /** Ends the turn now: `interrupted`, then `turn-complete`, and never `generation-complete`. Does nothing when it is over. */
  interrupt(): void;
  /** The blocking call has its answer; speech goes on. */
  toolAnswered(): void;
  /** Stops without a word, because the connection is gone. */
  abandon(): void;
}

type Phase =
  | { readonly name: 'running'; readonly cancel: () => void }
  | { readonly name: 'awaiting-tool' }
  | { readonly name: 'stalled' }
  | { readonly name: 'over' };

/** Starts an answer. Nothing is emitted before the function has returned. */
export function startTurn(cues: readonly Cue[], pace: Pace, clock: Clock, emit: (event: TurnEvent) => void): Turn {
  const queue = [...cues];
  let parts: Int16Array[] = [];
  let fragment = '';
  let sentMs = 0;
  let firstPartAtMs: number | undefined;
  let phase: Phase = { name: 'running', cancel: clock.after(pace.firstAudioDelayMs, step) };

  function then(delayMs: number, task: () => void): void {
    phase = { name: 'running', cancel: clock.after(delayMs, task) };
  }

  function sendPart(part: Int16Array): void {
    firstPartAtMs ??= clock.now();
    const partMs = (part.length * 1000) / SPEAK_RATE_HZ;
    sentMs += partMs;
    emit({ type: 'part', samples: part, text: fragment });
    fragment = '';
    // The emission may have ended the turn: a send can find the socket gone.
    if (!isOver()) then(partMs / pace.speedup, step);
  }

  function step(): void {
    const part = parts.shift();
    if (part !== undefined) return sendPart(part);
    const cue = queue.shift();
    if (cue === undefined) return finish();
    perform(cue);
  }

  function perform(cue: Cue): void {
    switch (cue.type) {
      case 'phrase':
        parts = cut(renderVoice(cue.text, { rateHz: SPEAK_RATE_HZ, msPerCharacter: pace.msPerCharacter }), pace.partMs);
        fragment = cue.text;
        return step();
      case 'wait':
        return then(cue.ms, step);
      case 'call':
        if (cue.blocking) phase = { name: 'awaiting-tool' };
        emit({ type: 'call', cue });
        if (!cue.blocking && !isOver()) step();
        return;
      case 'stall':
        phase = { name: 'stalled' };
        return;
      case 'go-away':
        emit(cue);
        if (!isOver()) step();
        return;
      case 'close':
        finish();
        return emit(cue);
      case 'end':
        return end(cue);
    }
  }

  function end(cue: Extract<Cue, { type: 'end' }>): void {
    const { last, reason } = cue;
    // A turn that was refused or cut short by the model generated nothing to complete.
    if (reason === undefined) emit({ type: 'generation-complete' });
    if (isOver()) return;
    const leftMs = firstPartAtMs === undefined ? 0 : firstPartAtMs + sentMs - clock.now();
    then(Math.max(0, leftMs) * pace.playbackTrailRatio, () => {
      if (last) finish();
      sentMs = 0;
      firstPartAtMs = undefined;
      emit({ type: 'turn-complete', how: 'complete', last, ...(reason === undefined ? {} : { reason }) });
      if (!isOver()) then(pace.firstAudioDelayMs, step);
    });
  }

  function finish(): void {
    if (phase.name === 'running') phase.cancel();
    phase = { name: 'over' };
  }

  function isOver(): boolean {
    return phase.name === 'over';
  }

  return {
    get over() {
      return isOver();
    },
    interrupt() {
      if (isOver()) return;
      finish();
      emit({ type: 'interrupted' });
      emit({ type: 'turn-complete', how: 'interrupted', last: true });
    },
    toolAnswered() {
      if (phase.name === 'awaiting-tool') then(0, step);
    },
    abandon: finish,
  };
}

function cut(samples: Int16Array, partMs: number): Int16Array[] {
  const size = Math.max(1, Math.round((partMs * SPEAK_RATE_HZ) / 1000));
  const parts: Int16Array[] = [];
  for (let at = 0; at < samples.length; at += size) parts.push(samples.subarray(at, at + size));
  return parts;
}
