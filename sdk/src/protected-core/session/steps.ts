/** What the rules of a session share: what a phase keeps, how a socket is given up, how a lesson ends. Pure. */
import type { UpMessage } from '../../contracts/voice.js';
import { SESSION, type Known, type LearnerSent, type SessionEffect, type SessionState, type Step } from './states.js';

/** Nothing to do. */
export const stay = (state: SessionState): Step => ({ state, effects: [] });

/** A lesson that can go on, with a socket that has said `ready`. */
export function isLive(state: SessionState): state is Extract<SessionState, { unanswered: number }> {
  return (
    state.phase === 'listening' ||
    state.phase === 'thinking' ||
    state.phase === 'speaking' ||
    state.phase === 'text-only'
  );
}

/** No lesson: nothing may be sent, opened or timed. */
export function isOff(state: SessionState): boolean {
  return state.phase === 'idle' || state.phase === 'ended';
}

/** True when a socket is there that has said `ready`. */
export const canSend = (state: SessionState): boolean => isLive(state) || state.phase === 'draining';

/** Waiting for the right to a session; an answer that comes at another time is of an older question. */
export function isAsking(state: SessionState): boolean {
  return (
    (state.phase === 'connecting' && state.token === null) ||
    (state.phase === 'reconnecting' && state.resumeToken === null)
  );
}

/** What a new phase keeps of the old one. */
export function known(state: SessionState): Known {
  const { turn, turnBase, flushedTurn, lastSeq, resumeToken, pending, unsent, context, attempt, readyAtMs, problem } =
    state;
  return { turn, turnBase, flushedTurn, lastSeq, resumeToken, pending, unsent, context, attempt, readyAtMs, problem };
}

/** The message as the present session numbers turns; a turn of an earlier session is the lesson as a whole. */
export function toSession(message: LearnerSent, turnBase: number): UpMessage {
  return message.type === 'feedback' ? { ...message, turn: Math.max(0, message.turn - turnBase) } : message;
}

/** The end, for good until `start`: every timer and the socket go. */
export function end(state: SessionState, first: readonly SessionEffect[] = []): Step {
  return {
    state: { ...known(state), phase: 'ended', resumeToken: null, pending: [], unsent: [], context: null },
    effects: [
      ...first,
      { type: 'clear-timer', timer: 'ping' },
      { type: 'clear-timer', timer: 'retry' },
      { type: 'clear-timer', timer: 'connect' },
      { type: 'close-socket' },
      { type: 'flush-playback', turn: state.turn },
    ],
  };
}

/** The socket is lost or could not be had: wait, then try again. */
export function retry(state: SessionState, nowMs: number): Step {
  const held = canSend(state) && state.readyAtMs !== null && nowMs - state.readyAtMs >= SESSION.stableMs;
  const attempt = held ? 0 : state.attempt;
  const delayMs = Math.min(SESSION.backoffCapMs, SESSION.backoffMs * 2 ** attempt);
  const sinceMs = state.phase === 'reconnecting' ? state.sinceMs : nowMs;
  return {
    state: { ...known(state), phase: 'reconnecting', attempt: Math.min(attempt + 1, 16), sinceMs },
    effects: [
      { type: 'clear-timer', timer: 'ping' },
      { type: 'clear-timer', timer: 'connect' },
      { type: 'close-socket' },
      { type: 'set-timer', timer: 'retry', delayMs, jitter: true },
    ],
  };
}
