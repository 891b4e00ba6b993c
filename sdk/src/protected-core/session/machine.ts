/** The rules of a session: pure. One session, at most one socket; a lost socket is resumed, a lost session started anew. */
import type { DownMessage } from '../../contracts/voice.js';
import { assertNever } from '../result.js';
import { IDLE, SESSION, type SessionEffect, type SessionEvent, type SessionState, type Step } from './states.js';

/** A socket, and the time it has. */
const OPEN: readonly SessionEffect[] = [
  { type: 'open-socket' },
  { type: 'set-timer', timer: 'connect', delayMs: SESSION.connectMs, jitter: false },
];
const stay = (state: SessionState): Step => ({ state, effects: [] });
const isLive = (state: SessionState): state is Extract<SessionState, { unanswered: number }> =>
  state.phase === 'listening' ||
  state.phase === 'thinking' ||
  state.phase === 'speaking' ||
  state.phase === 'text-only';
/** True when a socket is there that has said `ready`. */
const canSend = (state: SessionState): boolean => isLive(state) || state.phase === 'draining';

/** The state after an event, and what to do about it. Never throws; an event that does not fit changes nothing. */
export function next(state: SessionState, event: SessionEvent): Step {
  switch (event.type) {
    case 'start':
      if (state.phase !== 'idle' && state.phase !== 'ended') return stay(state);
      return { state: { ...IDLE, phase: 'connecting', token: null }, effects: [{ type: 'request-session' }] };
    case 'session.granted':
      if (state.phase !== 'connecting' && state.phase !== 'reconnecting') return stay(state);
      return {
        state: { ...known(state), phase: 'connecting', token: event.token, resumeToken: null, lastSeq: 0 },
        effects: OPEN,
      };
    case 'session.refused':
      if (state.phase !== 'connecting' && state.phase !== 'reconnecting') return stay(state);
      return event.retryable ? retry(state, event.nowMs) : end({ ...state, problem: event.code });
    case 'socket.opened':
      return opened(state);
    case 'socket.message':
      return received(state, event.message, event.nowMs);
    case 'socket.closed':
      if (state.phase === 'idle' || state.phase === 'ended') return stay(state);
      return retry(state, event.nowMs);
    case 'ping.due':
      return ping(state, event.nowMs);
    case 'connect.due':
      return state.phase === 'connecting' || state.phase === 'reconnecting' ? retry(state, event.nowMs) : stay(state);
    case 'retry.due':
      if (state.phase !== 'reconnecting') return stay(state);
      return reconnect(state, event.nowMs);
    case 'learner.text': {
      if (state.phase === 'idle' || state.phase === 'ended') return stay(state);
      const pending = [...state.pending, event.message].slice(-SESSION.pendingTexts);
      return {
        state: { ...state, pending },
        effects: canSend(state) ? [{ type: 'send', message: event.message }] : [],
      };
    }
    case 'learner.interrupted':
      if (state.phase !== 'speaking' && state.phase !== 'thinking') return stay(state);
      return {
        state: { ...state, phase: 'listening', flushedTurn: state.turn },
        effects: [
          { type: 'flush-playback', turn: state.turn },
          { type: 'send', message: { type: 'interrupt', turn: state.turn, playedMs: event.playedMs } },
        ],
      };
    case 'learner.sent':
      return canSend(state) ? { state, effects: [{ type: 'send', message: event.message }] } : stay(state);
    case 'end':
      if (state.phase === 'idle' || state.phase === 'ended') return stay(state);
      return end(state, canSend(state) ? [{ type: 'send', message: { type: 'bye' } }] : []);
    default:
      return assertNever(event);
  }
}

function known({ turn, flushedTurn, lastSeq, resumeToken, pending, problem }: SessionState) {
  return { turn, flushedTurn, lastSeq, resumeToken, pending, problem };
}

function end(state: SessionState, first: readonly SessionEffect[] = []): Step {
  return {
    state: { ...known(state), phase: 'ended', resumeToken: null, pending: [] },
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

function opened(state: SessionState): Step {
  if (state.phase === 'connecting' && state.token !== null)
    return { state, effects: [{ type: 'hello', auth: { kind: 'session', token: state.token } }] };
  if (state.phase === 'reconnecting' && state.resumeToken !== null) {
    return {
      state,
      effects: [
        {
          type: 'hello',
          auth: { kind: 'resume', token: state.resumeToken, lastSeq: state.lastSeq, lastTurn: state.turn },
        },
      ],
    };
  }
  return stay(state);
}

/** The socket is lost or could not be had: wait, then try again. */
function retry(state: SessionState, nowMs: number): Step {
  const was = state.phase === 'reconnecting' ? state : { attempt: 0, sinceMs: nowMs };
  const delayMs = Math.min(SESSION.backoffCapMs, SESSION.backoffMs * 2 ** was.attempt);
  return {
    state: { ...known(state), phase: 'reconnecting', attempt: Math.min(was.attempt + 1, 16), sinceMs: was.sinceMs },
    effects: [
      { type: 'clear-timer', timer: 'ping' },
      { type: 'clear-timer', timer: 'connect' },
      { type: 'close-socket' },
      { type: 'set-timer', timer: 'retry', delayMs, jitter: true },
    ],
  };
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

function received(state: SessionState, message: DownMessage, nowMs: number): Step {
  if (message.type === 'pong') return isLive(state) ? stay({ ...state, unanswered: 0 }) : stay(state);
  if (message.type === 'ready') return ready(state, message);
  if (message.type === 'error') return failed(state, message, nowMs);
  // What was seen before comes again after a resume.
  if (!canSend(state) || message.seq <= state.lastSeq) return stay(state);
  const seen = { ...state, lastSeq: message.seq };
  const tell: SessionEffect = { type: 'tell', message };
  switch (message.type) {
    case 'state':
      return stay(isLive(seen) ? { ...seen, phase: message.state, unanswered: 0 } : seen);
    case 'transcript':
    case 'equation':
    case 'say':
      return {
        state: {
          ...seen,
          turn: Math.max(seen.turn, message.turn),
          pending:
            message.type === 'transcript' && message.speaker === 'learner' ? seen.pending.slice(1) : seen.pending,
        },
        effects: [tell],
      };
    case 'interrupted':
      return {
        state: { ...seen, flushedTurn: Math.max(seen.flushedTurn, message.turn) },
        effects: [{ type: 'flush-playback', turn: message.turn }, tell],
      };
    case 'turn-end':
      return { state: { ...seen, turn: Math.max(seen.turn, message.turn) }, effects: [tell] };
    case 'config':
    case 'decision':
      return { state: seen, effects: [tell] };
    case 'draining':
      // The close that follows is answered by a resume on another instance.
      return stay(isLive(seen) ? { ...known(seen), phase: 'draining' } : seen);
    default:
      return assertNever(message);
  }
}

function ready(state: SessionState, message: Extract<DownMessage, { type: 'ready' }>): Step {
  if (state.phase !== 'connecting' && state.phase !== 'reconnecting') return stay(state);
  return {
    state: {
      ...known(state),
      phase: 'listening',
      unanswered: 0,
      resumeToken: message.resumeToken,
      lastSeq: Math.max(state.lastSeq, message.seq),
      problem: null,
    },
    effects: [
      { type: 'clear-timer', timer: 'connect' },
      { type: 'tell', message },
      ...state.pending.map((pending) => ({ type: 'send', message: pending }) as const),
      { type: 'set-timer', timer: 'ping', delayMs: SESSION.pingMs, jitter: false },
    ],
  };
}

function failed(state: SessionState, message: Extract<DownMessage, { type: 'error' }>, nowMs: number): Step {
  if (state.phase === 'idle' || state.phase === 'ended') return stay(state);
  if (message.code === 'VT_SESSION_EXPIRED') return retry({ ...state, resumeToken: null, lastSeq: 0 }, nowMs);
  if (!message.retryable) return end({ ...state, problem: message.code });
  return {
    state: { ...state, problem: message.code, lastSeq: Math.max(state.lastSeq, message.seq) },
    effects: [{ type: 'tell', message }],
  };
}
