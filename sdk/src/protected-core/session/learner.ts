/** What the learner does, as rules of the session: words, a stop, the microphone, the exercise, a judgement. Pure. */
import { canSend, isOff, stay, toSession } from './steps.js';
import { SESSION, type LearnerSent, type LearnerText, type SessionState, type Step } from './states.js';

/** Words are kept until the gateway has shown them. */
export function textGiven(state: SessionState, message: LearnerText): Step {
  if (isOff(state)) return stay(state);
  const pending = [...state.pending, message].slice(-SESSION.pendingTexts);
  return { state: { ...state, pending }, effects: canSend(state) ? [{ type: 'send', message }] : [] };
}

/** The learner stops the tutor. Sound in hand outlasts its turn, so that there is something to stop in every phase. */
export function interrupted(state: SessionState, playedMs: number): Step {
  const flush = { type: 'flush-playback', turn: state.turn } as const;
  if (state.phase === 'speaking' || state.phase === 'thinking') {
    const turn = Math.max(0, state.turn - state.turnBase);
    return {
      state: { ...state, phase: 'listening', flushedTurn: state.turn },
      effects: [flush, { type: 'send', message: { type: 'interrupt', turn, playedMs } }],
    };
  }
  if (isOff(state) || state.turn === 0) return stay(state);
  return { state: { ...state, flushedTurn: state.turn }, effects: [flush] };
}

/** Sends what the learner's side says, or keeps it for the next socket. */
export function sent(state: SessionState, message: LearnerSent): Step {
  if (isOff(state)) return stay(state);
  const context = message.type === 'context' ? message : state.context;
  if (canSend(state))
    return { state: { ...state, context }, effects: [{ type: 'send', message: toSession(message, state.turnBase) }] };
  // Of states only the newest is true; judgements are kept one by one.
  const others = state.unsent.filter(({ type }) => type === 'feedback' || type !== message.type);
  return stay({ ...state, context, unsent: [...others, message].slice(-SESSION.unsent) });
}
