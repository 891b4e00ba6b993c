/** What the gateway says, as rules of the session. Pure. */
import type { DownMessage, UpMessage } from '../../contracts/voice.js';
import { assertNever } from '../result.js';
import { SESSION, type SessionEffect, type SessionState, type Step } from './states.js';
import { canSend, end, isAsking, isLive, isOff, known, retry, stay, toSession } from './steps.js';

/** The message with its turn as the lesson counts. */
function inLesson(message: DownMessage, turnBase: number): DownMessage {
  return 'turn' in message ? { ...message, turn: message.turn + turnBase } : message;
}

/** The state after a message; one seen before, or before `ready`, changes nothing. */
export function received(state: SessionState, said: DownMessage, nowMs: number): Step {
  const message = inLesson(said, state.turnBase);
  if (message.type === 'pong') return isLive(state) ? stay({ ...state, unanswered: 0 }) : stay(state);
  if (message.type === 'ready') return ready(state, message, nowMs);
  if (message.type === 'error') return failed(state, message, nowMs);
  // What was seen before comes again after a resume.
  if (!canSend(state) || message.seq <= state.lastSeq) return stay(state);
  const seen = { ...state, lastSeq: message.seq };
  const tell: SessionEffect = { type: 'tell', message };
  switch (message.type) {
    case 'state': {
      // A tutor that speaks has got over what was wrong.
      const problem = message.state === 'speaking' ? null : seen.problem;
      return stay(isLive(seen) ? { ...seen, phase: message.state, unanswered: 0, problem } : seen);
    }
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

function ready(state: SessionState, message: Extract<DownMessage, { type: 'ready' }>, nowMs: number): Step {
  const isOpening = state.phase === 'connecting' || state.phase === 'reconnecting';
  if (!isOpening || isAsking(state)) return stay(state);
  const { context, pending } = state;
  const isNews = !message.resumed || state.unsent.some(({ type }) => type === 'context');
  const send = (waiting: UpMessage): SessionEffect => ({ type: 'send', message: waiting });
  return {
    state: {
      ...known(state),
      phase: 'listening',
      unanswered: 0,
      resumeToken: message.resumeToken,
      lastSeq: Math.max(state.lastSeq, message.seq),
      readyAtMs: nowMs,
      unsent: [],
      problem: null,
    },
    effects: [
      { type: 'clear-timer', timer: 'connect' },
      { type: 'tell', message },
      // The exercise first: the questions are about it.
      ...(context && isNews ? [send(context)] : []),
      ...pending.map(send),
      ...state.unsent.filter(({ type }) => type !== 'context').map((kept) => send(toSession(kept, state.turnBase))),
      { type: 'set-timer', timer: 'ping', delayMs: SESSION.pingMs, jitter: false },
    ],
  };
}

function failed(state: SessionState, message: Extract<DownMessage, { type: 'error' }>, nowMs: number): Step {
  if (isOff(state)) return stay(state);
  if (message.code === 'VT_SESSION_EXPIRED') return retry({ ...state, resumeToken: null, lastSeq: 0 }, nowMs);
  if (!message.retryable) return end({ ...state, problem: message.code });
  // One that a resume brings again was told before; refusals of a socket carry no number.
  if (message.seq > 0 && message.seq <= state.lastSeq) return stay(state);
  return {
    state: { ...state, problem: message.code, lastSeq: Math.max(state.lastSeq, message.seq) },
    effects: [{ type: 'tell', message }],
  };
}
