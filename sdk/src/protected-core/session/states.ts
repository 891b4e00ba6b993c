/** The session's state and everything that can happen to it, as data. The rules are in `machine.ts`. */
import type { ErrorCode } from '../../contracts/errors.js';
import type { DownMessage, UpMessage } from '../../contracts/voice.js';

/** Bounds of the session, each with its reason. */
export const SESSION = {
  /** A `ping` this often; an open socket can fall silent without ever closing. */
  pingMs: 2000,
  /** Pings without an answer before the socket counts as lost (6 s). */
  missedPings: 3,
  /** A socket that has not said `ready` by then is given up: it may be open and yet lead nowhere. */
  connectMs: 8000,
  /** First wait before a new socket; doubled each time, full jitter, never above `backoffCapMs`. */
  backoffMs: 500,
  backoffCapMs: 30_000,
  /** A socket that held so long counts as sound: the waits begin anew. Otherwise a flapping network would be answered by a storm. */
  stableMs: 60_000,
  /** The gateway keeps a session without a socket this long. */
  resumeMs: 60_000,
  /** Learner texts kept until the gateway has shown them; the oldest goes first. */
  pendingTexts: 20,
  /** Other messages kept while no socket can take them; the oldest goes first. Of `mic` and `context` only the newest counts. */
  unsent: 20,
} as const;

/** Words of the learner. */
export type LearnerText = Extract<UpMessage, { type: 'text' }>;
type LearnerContext = Extract<UpMessage, { type: 'context' }>;
/** What the learner's side says beside words. */
export type LearnerSent = Extract<UpMessage, { type: 'mic' | 'context' | 'feedback' }>;

/** What the session knows beside its phase. */
export interface Known {
  /** Newest turn of the lesson, 0 before the first. */
  readonly turn: number;
  /** Turns before the present session: a gateway that knows nothing of them numbers from 1 again, the lesson goes on counting. */
  readonly turnBase: number;
  /** Sound of this turn and of earlier ones is not played any more. */
  readonly flushedTurn: number;
  readonly lastSeq: number;
  readonly resumeToken: string | null;
  /** Sent, and not yet seen in the transcript. */
  readonly pending: readonly LearnerText[];
  /** Said while no socket could take it. */
  readonly unsent: readonly LearnerSent[];
  /** The exercise on the page, for a session that has not heard of it. */
  readonly context: LearnerContext | null;
  /** Sockets tried since the last one that held. */
  readonly attempt: number;
  /** When the newest socket said `ready`, null before the first did. */
  readonly readyAtMs: number | null;
  readonly problem: ErrorCode | null;
}

/** A phase of the session with what only it has. */
export type SessionState = Known &
  (
    | { readonly phase: 'idle' }
    /** Waiting for the right to a session, or for `ready` on a first socket. */
    | { readonly phase: 'connecting'; readonly token: string | null }
    | { readonly phase: 'listening' | 'thinking' | 'speaking' | 'text-only'; readonly unanswered: number }
    /** The gateway is about to stop; the socket still works. */
    | { readonly phase: 'draining' }
    /** No socket, or one that has not said `ready` yet. */
    | { readonly phase: 'reconnecting'; readonly sinceMs: number }
    | { readonly phase: 'ended' }
  );

/** Something that happened. Times are monotonic milliseconds. */
export type SessionEvent =
  | { readonly type: 'start' }
  | { readonly type: 'session.granted'; readonly token: string }
  | { readonly type: 'session.refused'; readonly code: ErrorCode; readonly retryable: boolean; readonly nowMs: number }
  | { readonly type: 'socket.opened' }
  | { readonly type: 'socket.message'; readonly message: DownMessage; readonly nowMs: number }
  | { readonly type: 'socket.closed'; readonly nowMs: number }
  | { readonly type: 'ping.due'; readonly nowMs: number }
  | { readonly type: 'retry.due'; readonly nowMs: number }
  | { readonly type: 'connect.due'; readonly nowMs: number }
  | { readonly type: 'learner.text'; readonly message: LearnerText }
  | { readonly type: 'learner.interrupted'; readonly playedMs: number }
  | { readonly type: 'learner.sent'; readonly message: LearnerSent }
  | { readonly type: 'end' };

/** Something to do. Timers replace an earlier one of the same name. */
export type SessionEffect =
  | { readonly type: 'request-session' }
  | { readonly type: 'open-socket' }
  | { readonly type: 'close-socket' }
  | { readonly type: 'hello'; readonly auth: Extract<UpMessage, { type: 'hello' }>['auth'] }
  | { readonly type: 'send'; readonly message: UpMessage }
  | {
      readonly type: 'set-timer';
      readonly timer: 'ping' | 'retry' | 'connect';
      readonly delayMs: number;
      readonly jitter: boolean;
    }
  | { readonly type: 'clear-timer'; readonly timer: 'ping' | 'retry' | 'connect' }
  | { readonly type: 'flush-playback'; readonly turn: number }
  /** A content message for transcript and host. */
  | { readonly type: 'tell'; readonly message: DownMessage };

/** The next state and what to do now, in order. */
export interface Step {
  readonly state: SessionState;
  readonly effects: readonly SessionEffect[];
}

/** Before anything happened. */
export const IDLE: SessionState = {
  phase: 'idle',
  turn: 0,
  flushedTurn: 0,
  lastSeq: 0,
  resumeToken: null,
  turnBase: 0,
  pending: [],
  unsent: [],
  context: null,
  attempt: 0,
  readyAtMs: null,
  problem: null,
};
