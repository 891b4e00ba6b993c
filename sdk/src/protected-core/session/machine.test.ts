/** Every phase against every event: what becomes of the session, and what is done. Codes are explained at `toCode`. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import type { DownMessage } from '../../contracts/voice.js';
import { next } from './machine.js';
import { IDLE, SESSION, type SessionEffect, type SessionEvent, type SessionState, type Step } from './states.js';

const RESUME = 'resume-token-0001';
const known = { ...IDLE, turn: 3, turnBase: 1, flushedTurn: 1, lastSeq: 10, resumeToken: RESUME, readyAtMs: 0 };
const phases = {
  idle: IDLE,
  asking: { ...IDLE, phase: 'connecting', token: null },
  opening: { ...IDLE, phase: 'connecting', token: 'session-token-001' },
  listening: { ...known, phase: 'listening', unanswered: 0 },
  thinking: { ...known, phase: 'thinking', unanswered: 1 },
  speaking: { ...known, phase: 'speaking', unanswered: 2 },
  'text-only': { ...known, phase: 'text-only', unanswered: SESSION.missedPings },
  draining: { ...known, phase: 'draining' },
  resuming: { ...known, phase: 'reconnecting', attempt: 1, sinceMs: 0 },
  renewing: { ...known, resumeToken: null, phase: 'reconnecting', attempt: 1, sinceMs: 0 },
  ended: { ...known, resumeToken: null, phase: 'ended' },
} satisfies Record<string, SessionState>;

const nowMs = 1000;
const message = (content: DownMessage): SessionEvent => ({ type: 'socket.message', message: content, nowMs });
const READY = {
  type: 'ready',
  seq: 0,
  sessionId: 'a' as never,
  resumeToken: 'resume-token-0002',
  resumed: false,
  provider: 'default',
  hears: 'browser',
  speaks: 'none',
} as const;
const TEXT = { type: 'text', id: 'b' as never, source: 'typed', text: 'one' } as const;
const events: Record<string, SessionEvent> = {
  start: { type: 'start' },
  granted: { type: 'session.granted', token: 'session-token-002' },
  'refused for now': { type: 'session.refused', code: 'VT_UNAVAILABLE', retryable: true, nowMs },
  'refused for good': { type: 'session.refused', code: 'VT_ORIGIN_REFUSED', retryable: false, nowMs },
  opened: { type: 'socket.opened' },
  closed: { type: 'socket.closed', nowMs },
  'ping.due': { type: 'ping.due', nowMs },
  'retry.due': { type: 'retry.due', nowMs },
  'retry.due late': { type: 'retry.due', nowMs: SESSION.resumeMs + 1 },
  'connect.due': { type: 'connect.due', nowMs },
  ready: message(READY),
  pong: message({ type: 'pong', sentAtMs: 0 }),
  state: message({ type: 'state', seq: 11, state: 'speaking' }),
  'state again': message({ type: 'state', seq: 10, state: 'speaking' }),
  transcript: message({ type: 'transcript', seq: 11, turn: 3, speaker: 'tutor', delta: 'x', settled: false }),
  interrupted: message({ type: 'interrupted', seq: 11, turn: 2 }),
  'turn-end': message({ type: 'turn-end', seq: 11, turn: 2, how: 'complete' }),
  config: message({ type: 'config', seq: 11, revision: 1 }),
  'draining said': message({ type: 'draining', seq: 11, withinMs: 0 }),
  expired: message({ type: 'error', seq: 0, code: 'VT_SESSION_EXPIRED', retryable: true }),
  'failed for now': message({ type: 'error', seq: 11, code: 'VT_TUTOR_TEMPORARY', retryable: true }),
  'failed for good': message({ type: 'error', seq: 11, code: 'VT_TUTOR_QUOTA', retryable: false }),
  text: { type: 'learner.text', message: TEXT },
  stop: { type: 'learner.interrupted', playedMs: 250 },
  mic: { type: 'learner.sent', message: { type: 'mic', state: 'muted' } },
  end: { type: 'end' },
};

/** Phase, then effects: R request, O open, C close, H hello, F flush, T tell, >type sent, +timer set, -timer cleared. */
function toCode({ state, effects }: Step): string {
  const code = (effect: SessionEffect): string => {
    switch (effect.type) {
      case 'request-session':
        return 'R';
      case 'open-socket':
        return 'O';
      case 'close-socket':
        return 'C';
      case 'hello':
        return `H${effect.auth.kind}`;
      case 'send':
        return `>${effect.message.type}`;
      case 'set-timer':
        return `+${effect.timer}`;
      case 'clear-timer':
        return `-${effect.timer}`;
      case 'flush-playback':
        return `F${effect.turn}`;
      case 'tell':
        return 'T';
    }
  };
  return [state.phase, ...effects.map(code)].join(' ');
}

const LOST = 'reconnecting -ping -connect C +retry';
const over = (turn: number, first = '') => `ended ${first}-ping -retry -connect C F${turn}`;
const off = { idle: 'same', ended: 'same' };
const live = ['listening', 'thinking', 'speaking', 'text-only'] as const;
const each = (names: readonly string[], effects: string) =>
  Object.fromEntries(names.map((phase) => [phase, `${phase} ${effects}`.trim()]));
const opening = (effects: string) => ({
  asking: `connecting ${effects}`.trim(),
  opening: `connecting ${effects}`.trim(),
  resuming: `reconnecting ${effects}`.trim(),
  renewing: `reconnecting ${effects}`.trim(),
});
/** `same`: the very state comes back and nothing is done. */
const table: Record<string, Partial<Record<keyof typeof phases | 'else', string>>> = {
  start: { else: 'same', idle: 'connecting R', ended: 'connecting R' },
  granted: { else: 'same', asking: 'connecting O +connect', renewing: 'connecting O +connect' },
  'refused for now': { else: 'same', asking: LOST, renewing: LOST },
  'refused for good': { else: 'same', asking: over(0), renewing: over(3) },
  opened: { else: 'same', opening: 'connecting Hsession', resuming: 'reconnecting Hresume' },
  closed: { ...off, else: LOST },
  'ping.due': { else: 'same', ...each(['listening', 'thinking', 'speaking'], '>ping +ping'), 'text-only': LOST },
  'retry.due': { else: 'same', resuming: 'reconnecting O +connect', renewing: 'reconnecting R' },
  'retry.due late': { else: 'same', resuming: 'reconnecting R', renewing: 'reconnecting R' },
  'connect.due': { else: 'same', asking: LOST, opening: LOST, resuming: LOST, renewing: LOST },
  ready: { else: 'same', opening: 'listening -connect T +ping', resuming: 'listening -connect T +ping' },
  pong: { else: 'same', ...each(live, '') },
  state: { else: 'same', ...Object.fromEntries(live.map((phase) => [phase, 'speaking'])), draining: 'draining' },
  'state again': { else: 'same' },
  transcript: { else: 'same', ...each([...live, 'draining'], 'T') },
  interrupted: { else: 'same', ...each([...live, 'draining'], 'F3 T') },
  'turn-end': { else: 'same', ...each([...live, 'draining'], 'T') },
  config: { else: 'same', ...each([...live, 'draining'], 'T') },
  'draining said': { else: 'same', ...Object.fromEntries([...live, 'draining'].map((phase) => [phase, 'draining'])) },
  expired: { ...off, else: LOST },
  'failed for now': { ...off, ...opening('T'), ...each([...live, 'draining'], 'T') },
  'failed for good': { ...off, asking: over(0), opening: over(0), else: over(3) },
  text: { ...off, ...opening(''), ...each([...live, 'draining'], '>text') },
  stop: {
    else: 'same',
    ...each(['listening', 'text-only', 'draining'], 'F3'),
    thinking: 'listening F3 >interrupt',
    speaking: 'listening F3 >interrupt',
    resuming: 'reconnecting F3',
    renewing: 'reconnecting F3',
  },
  mic: { ...off, ...opening(''), ...each([...live, 'draining'], '>mic') },
  end: {
    ...off,
    asking: over(0),
    opening: over(0),
    resuming: over(3),
    renewing: over(3),
    else: over(3, '>bye '),
  },
};

describe('session machine', () => {
  for (const [name, event] of Object.entries(events))
    it(name, () => {
      for (const [phase, state] of Object.entries(phases)) {
        const step = next(state, event);
        const row = table[name];
        const wanted = row?.[phase as keyof typeof phases] ?? row?.else;
        const isSame = step.state === state && step.effects.length === 0;
        assert.equal(isSame ? 'same' : toCode(step), wanted, `${name} in ${phase}`);
      }
    });
});
