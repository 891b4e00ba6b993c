/** The rules of a session: pure. One session, at most one socket; a lost socket is resumed, a lost session started anew. */
import { assertNever } from '../result.js';
import { interrupted, sent, textGiven } from './learner.js';
import { received } from './received.js';
import { IDLE, SESSION, type SessionEffect, type SessionEvent, type SessionState, type Step } from './states.js';
import { canSend, end, isAsking, isLive, isOff, known, retry, stay } from './steps.js';

/** A socket, and the time it has. */
const OPEN: readonly SessionEffect[] = [
  { type: 'open-socket' },
  { type: 'set-timer', timer: 'connect', delayMs: SESSION.connectMs, jitter: false },
];
/** The state after an event, and what to do about it. Never throws; an event that does not fit changes nothing. */
export function next(state: SessionState, event: SessionEvent): Step {
  switch (event.type) {
    case 'start':
      if (!isOff(state)) return stay(state);
      return { state: { ...IDLE, phase: 'connecting', token: null }, effects: [{ type: 'request-session' }] };
    case 'session.granted':
      if (!isAsking(state)) return stay(state);
      return {
        state: {
          ...known(state),
          phase: 'connecting',
          token: event.token,
          resumeToken: null,
          lastSeq: 0,
          turnBase: state.turn,
        },
        effects: OPEN,
      };
    case 'session.refused':
      if (!isAsking(state)) return stay(state);
      return event.retryable ? retry(state, event.nowMs) : end({ ...state, problem: event.code });
    case 'socket.opened':
      return opened(state);
    case 'socket.message':
      return received(state, event.message, event.nowMs);
    case 'socket.closed':
      if (isOff(state)) return stay(state);
      return retry(state, event.nowMs);
    case 'ping.due':
      return ping(state, event.nowMs);
    case 'connect.due':
      return state.phase === 'connecting' || state.phase === 'reconnecting' ? retry(state, event.nowMs) : stay(state);
    case 'retry.due':
      if (state.phase !== 'reconnecting') return stay(state);
      return reconnect(state, event.nowMs);
    case 'learner.text':
      return textGiven(state, event.message);
    case 'learner.interrupted':
      return interrupted(state, event.playedMs);
    case 'learner.sent':
      return sent(state, event.message);
    case 'end':
      if (isOff(state)) return stay(state);
      return end(state, canSend(state) ? [{ type: 'send', message: { type: 'bye' } }] : []);
    default:
      return assertNever(event);
  }
}

function opened(state: SessionState): Step {
  if (state.phase === 'connecting' && state.token !== null)
    return { state, effects: [{ type: 'hello', auth: { kind: 'session', token: state.token } }] };
  if (state.phase === 'reconnecting' && state.resumeToken !== null) {
    return {
      state,
      effects: [
        {
          type: 'hello',
          auth: {
            kind: 'resume',
            token: state.resumeToken,
            lastSeq: state.lastSeq,
            lastTurn: state.turn - state.turnBase,
          },
        },
      ],
    };
  }
  return stay(state);
}

function reconnect(state: Extract<SessionState, { phase: 'reconnecting' }>, nowMs: number): Step {
  // After its time the gateway has forgotten the session: the lesson goes on in a new one.
  const expired = state.resumeToken === null || nowMs - state.sinceMs > SESSION.resumeMs;
  return expired
    ? { state: { ...state, resumeToken: null, lastSeq: 0 }, effects: [{ type: 'request-session' }] }
    : { state, effects: OPEN };
}

function ping(state: SessionState, nowMs: number): Step {
  if (!isLive(state)) return stay(state);
  if (state.unanswered >= SESSION.missedPings) return retry(state, nowMs);
  return {
    state: { ...state, unanswered: state.unanswered + 1 },
    effects: [
      { type: 'send', message: { type: 'ping', sentAtMs: nowMs, lastSeq: state.lastSeq } },
      { type: 'set-timer', timer: 'ping', delayMs: SESSION.pingMs, jitter: false },
    ],
  };
}
