/** The lesson as the UI thread and the host see it: a snapshot of the session machine, and the facts between snapshots. */
import type { DownMessage, IsolationMode } from '../../contracts/voice.js';
import type { ErrorCode } from '../../contracts/errors.js';

/** Where the lesson stands. */
export type LessonPhase =
  'idle' | 'connecting' | 'listening' | 'thinking' | 'speaking' | 'reconnecting' | 'draining' | 'text-only' | 'ended';

/** The microphone as the learner sees it. */
export type MicState = 'off' | 'opening' | 'open' | 'muted' | 'denied' | 'missing' | 'lost';

/** One consistent picture; newest wins, so missing one loses nothing. */
export interface LessonSnapshot {
  readonly phase: LessonPhase;
  readonly mic: MicState;
  /** Loudness of the microphone, 0–1, smoothed. */
  readonly micLevel: number;
  /** Newest turn, 0 before the first. */
  readonly turn: number;
  readonly isolation: IsolationMode | null;
  readonly provider: 'default' | 'gemini-live' | 'gemini-text' | null;
  /** Which side turns sound to words, null before `ready`. */
  readonly hears: 'server' | 'browser' | null;
  readonly speaks: 'server' | 'browser' | 'none' | null;
  /** Why the lesson does not go on as wished, null when all is well. */
  readonly problem: ErrorCode | null;
}

/** The picture before anything happened. */
export const IDLE_LESSON: LessonSnapshot = {
  phase: 'idle',
  mic: 'off',
  micLevel: 0,
  turn: 0,
  isolation: null,
  provider: null,
  hears: null,
  speaks: null,
  problem: null,
};

type Content = 'transcript' | 'equation' | 'interrupted' | 'turn-end' | 'say' | 'decision' | 'config';

/** What a lesson tells: snapshots, coalesced; and content, each piece once and in order. */
export type LessonEvent =
  | { readonly type: 'snapshot'; readonly snapshot: LessonSnapshot }
  | { readonly type: 'content'; readonly message: Extract<DownMessage, { type: Content }> }
  | { readonly type: 'audio-stats'; readonly stats: AudioStats };

/** Counters of the audio path, from the worklets; they only grow within a session. */
export interface AudioStats {
  /** Tutor samples (at the output rate) actually rendered, silence excluded. */
  readonly playedSamples: number;
  /** Times the playback ran dry within a turn. */
  readonly underruns: number;
  /** Samples of silence (at the output rate) heard inside turns that ran dry and went on. */
  readonly gapSamples: number;
  /** Microphone frames handed to the socket's thread. */
  readonly micFrames: number;
  /** Microphone frames dropped because a bound was reached. */
  readonly micDropped: number;
}
