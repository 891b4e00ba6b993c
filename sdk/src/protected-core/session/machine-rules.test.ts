/** Rules of the session over several events, and what holds after any of them in any order. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DownMessage } from '../../contracts/voice.js';
import { next } from './machine.js';
import { IDLE, SESSION, type SessionEffect, type SessionEvent, type SessionState } from './states.js';

const ready = (more: Partial<Extract<DownMessage, { type: 'ready' }>> = {}): DownMessage => ({
  type: 'ready',
  seq: 0,
  sessionId: 's' as never,
  resumeToken: 'resume-token-0001',
  resumed: false,
  provider: 'default',
  hears: 'browser',
  speaks: 'none',
  ...more,
});
const says = (message: DownMessage, nowMs = 0): SessionEvent => ({ type: 'socket.message', message, nowMs });
const text = (words: string) => ({ type: 'text', id: words as never, source: 'typed', text: words }) as const;
const context = (exercise: string) => ({ type: 'context', exercise }) as const;

/** Runs events one after the other; what was sent, and the state in the end. */
function run(...events: readonly SessionEvent[]) {
  let state: SessionState = IDLE;
  const effects: SessionEffect[] = [];
  for (const event of events) {
    const step = next(state, event);
    state = step.state;
    effects.push(...step.effects);
  }
  const sent = effects.flatMap((effect) => (effect.type === 'send' ? [effect.message] : []));
  const hellos = effects.flatMap((effect) => (effect.type === 'hello' ? [effect.auth] : []));
  const waits = effects.flatMap((effect) => (effect.type === 'set-timer' && effect.timer === 'retry' ? [effect] : []));
  return { state, effects, sent, hellos, waits: waits.map(({ delayMs }) => delayMs) };
}
const OPENED: readonly SessionEvent[] = [
  { type: 'start' },
  { type: 'session.granted', token: 'session-token-001' },
  { type: 'socket.opened' },
];
const LIVE = [...OPENED, says(ready())];
const lost = (nowMs: number): SessionEvent => ({ type: 'socket.closed', nowMs });
const again = (nowMs: number): readonly SessionEvent[] => [{ type: 'retry.due', nowMs }, { type: 'socket.opened' }];

describe('what was said before a socket was there', () => {
  it('is sent on ready: the exercise first, then words, then the newest state of the microphone and each judgement', () => {
    const { sent } = run(
      { type: 'start' },
      { type: 'learner.sent', message: { type: 'mic', state: 'open' } },
      { type: 'learner.sent', message: context('old') },
      { type: 'learner.text', message: text('one') },
      { type: 'learner.sent', message: context('new') },
      { type: 'learner.sent', message: { type: 'feedback', rating: 'up', turn: 0 } },
      { type: 'learner.sent', message: { type: 'feedback', rating: 'down', turn: 0 } },
      { type: 'learner.sent', message: { type: 'mic', state: 'muted' } },
      ...LIVE.slice(1),
    );
    assert.deepEqual(sent, [
      context('new'),
      text('one'),
      { type: 'feedback', rating: 'up', turn: 0 },
      { type: 'feedback', rating: 'down', turn: 0 },
      { type: 'mic', state: 'muted' },
    ]);
  });
  it('is sent once: a second ready does not bring it again, save words that the gateway has not shown', () => {
    const { sent } = run(
      ...OPENED,
      { type: 'learner.sent', message: context('it') },
      { type: 'learner.text', message: text('one') },
      { type: 'learner.text', message: text('two') },
      says(ready()),
      says({ type: 'transcript', seq: 1, turn: 1, speaker: 'learner', delta: 'one', settled: true }),
      lost(0),
      ...again(1),
      says(ready({ resumed: true, seq: 1 })),
    );
    assert.deepEqual(sent, [context('it'), text('one'), text('two'), text('two')]);
  });
  it('the exercise is told to a new session that has not heard of it, and not to one that has', () => {
    const told = [...LIVE, { type: 'learner.sent', message: context('it') } as const, lost(0), ...again(1)];
    assert.equal(run(...told, says(ready({ resumed: true }))).sent.length, 1);
    assert.equal(run(...told, says(ready())).sent.length, 2);
  });
});

describe('a session that replaces one that is gone', () => {
  const gone: readonly SessionEvent[] = [
    ...LIVE,
    says({ type: 'turn-end', seq: 7, turn: 4, how: 'complete' }),
    lost(0),
    ...again(1),
    says({ type: 'error', seq: 0, code: 'VT_SESSION_EXPIRED', retryable: true }),
    { type: 'retry.due', nowMs: 2 },
    { type: 'session.granted', token: 'session-token-002' },
    { type: 'socket.opened' },
    says(ready()),
  ];
  it('counts its turns on from the lesson, so that none is taken for one that was heard', () => {
    const { state, effects } = run(...gone, says({ type: 'turn-end', seq: 1, turn: 1, how: 'complete' }));
    assert.equal(state.turn, 5);
    assert.deepEqual(effects.at(-1), { type: 'tell', message: { type: 'turn-end', seq: 1, turn: 5, how: 'complete' } });
  });
  it('is spoken to in its own numbers', () => {
    const { sent, hellos } = run(
      ...gone,
      says({ type: 'transcript', seq: 1, turn: 1, speaker: 'tutor', delta: 'x', settled: false }),
      says({ type: 'state', seq: 2, state: 'speaking' }),
      { type: 'learner.sent', message: { type: 'feedback', rating: 'up', turn: 5 } },
      { type: 'learner.sent', message: { type: 'feedback', rating: 'up', turn: 2 } },
      { type: 'learner.interrupted', playedMs: 80 },
      lost(3),
      ...again(4),
    );
    assert.deepEqual(sent, [
      { type: 'feedback', rating: 'up', turn: 1 },
      { type: 'feedback', rating: 'up', turn: 0 },
      { type: 'interrupt', turn: 1, playedMs: 80 },
    ]);
    assert.deepEqual(hellos.at(-1), { kind: 'resume', token: 'resume-token-0001', lastSeq: 2, lastTurn: 1 });
  });
});

describe('waits between sockets', () => {
  const flap = (nowMs: number) => [lost(nowMs), ...again(nowMs), says(ready({ resumed: true }), nowMs)];
  it('double while sockets do not hold, up to 30 s', () => {
    const { waits } = run(...LIVE, ...Array.from({ length: 9 }, (_, i) => flap(i)).flat());
    assert.deepEqual(waits, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });
  it('begin anew after a socket that held a minute', () => {
    const { waits } = run(...LIVE, ...flap(1), ...flap(2), ...flap(2 + SESSION.stableMs));
    assert.deepEqual(waits, [500, 1000, 500]);
  });
  it('go on doubling when the new session has no socket either', () => {
    const { waits } = run(
      ...LIVE,
      lost(100_000),
      { type: 'retry.due', nowMs: 200_000 },
      { type: 'session.granted', token: 'session-token-002' },
      lost(200_001),
    );
    assert.deepEqual(waits, [500, 1000]);
  });
});

it('an error told before is not told again, and one that is over is taken back', () => {
  const wrong = says({ type: 'error', seq: 3, code: 'VT_TUTOR_TEMPORARY', retryable: true });
  const { state, effects } = run(...LIVE, wrong, wrong);
  assert.equal(state.problem, 'VT_TUTOR_TEMPORARY');
  assert.equal(effects.filter((effect) => effect.type === 'tell').length, 2);
  assert.equal(run(...LIVE, wrong, says({ type: 'state', seq: 4, state: 'speaking' })).state.problem, null);
});

const counting = { seq: fc.nat(60), turn: fc.nat(6), nowMs: fc.nat(200_000) };
const anyMessage: fc.Arbitrary<DownMessage> = fc
  .record({ ...counting, pick: fc.nat(8), flag: fc.boolean() })
  .map(({ seq, turn, pick, flag }) => {
    const all: DownMessage[] = [
      ready({ seq, resumed: flag }),
      { type: 'state', seq, state: flag ? 'speaking' : 'thinking' },
      { type: 'transcript', seq, turn, speaker: flag ? 'learner' : 'tutor', delta: 'x', settled: flag },
      { type: 'interrupted', seq, turn },
      { type: 'turn-end', seq, turn, how: 'complete' },
      { type: 'draining', seq, withinMs: 0 },
      { type: 'error', seq, code: flag ? 'VT_SESSION_EXPIRED' : 'VT_TUTOR_TEMPORARY', retryable: true },
      { type: 'error', seq, code: 'VT_TUTOR_QUOTA', retryable: !flag },
      { type: 'pong', sentAtMs: 0 },
    ];
    return all[pick]!;
  });
const anyEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<SessionEvent>({ type: 'start' }) },
  { weight: 3, arbitrary: fc.constant<SessionEvent>({ type: 'session.granted', token: 'session-token-001' }) },
  { weight: 3, arbitrary: fc.constant<SessionEvent>({ type: 'socket.opened' }) },
  { weight: 3, arbitrary: counting.nowMs.map((nowMs): SessionEvent => says(ready(), nowMs)) },
  { weight: 8, arbitrary: anyMessage.map((message): SessionEvent => says(message)) },
  counting.nowMs.map((nowMs): SessionEvent => lost(nowMs)),
  fc
    .tuple(counting.nowMs, fc.constantFrom('ping.due', 'retry.due', 'connect.due'))
    .map(([nowMs, type]): SessionEvent => ({ type, nowMs })),
  fc
    .tuple(counting.nowMs, fc.boolean())
    .map(([nowMs, retryable]): SessionEvent => ({ type: 'session.refused', code: 'VT_UNAVAILABLE', retryable, nowMs })),
  fc.constant<SessionEvent>({ type: 'learner.text', message: text('one') }),
  fc.constant<SessionEvent>({ type: 'learner.interrupted', playedMs: 1 }),
  fc.nat(5).map((turn): SessionEvent => ({ type: 'learner.sent', message: { type: 'feedback', rating: 'up', turn } })),
  fc.constant<SessionEvent>({ type: 'learner.sent', message: { type: 'mic', state: 'muted' } }),
  fc.constant<SessionEvent>({ type: 'end' }),
);

it('after any events in any order the session keeps its promises', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      let state: SessionState = IDLE;
      /** What the effects have made of the world: a socket, whether it said ready, and timers. */
      const world = { socket: false, ready: false, timers: new Set<string>() };
      for (const event of events) {
        const before = state;
        const step = next(state, event);
        state = step.state;
        if (event.type === 'socket.closed') world.socket = world.ready = false;
        if (event.type === 'socket.message' && event.message.type === 'ready' && state !== before) world.ready = true;
        for (const effect of step.effects) {
          if (effect.type === 'open-socket') {
            assert.ok(!world.socket, 'a second socket while one is open');
            [world.socket, world.ready] = [true, false];
          }
          if (effect.type === 'send') assert.ok(world.ready, `${effect.message.type} before ready`);
          if (effect.type === 'set-timer') world.timers.add(effect.timer);
          if (effect.type === 'clear-timer') world.timers.delete(effect.timer);
          if (effect.type === 'close-socket') world.socket = world.ready = false;
        }
        if (event.type.endsWith('.due')) world.timers.delete(event.type.slice(0, -4));
        const isNew = before.phase === 'idle' || before.phase === 'ended' || state.turnBase !== before.turnBase;
        // A session that is gone takes its numbers with it, and the right to resume them.
        const isGone = state.lastSeq === 0 && state.resumeToken === null;
        assert.ok(isNew || isGone || state.lastSeq >= before.lastSeq, 'lastSeq went back');
        assert.ok(isNew || state.turn >= before.turn, 'the turn went back');
        assert.ok(state.turn >= state.turnBase && state.flushedTurn >= 0);
        assert.ok(state.pending.length <= SESSION.pendingTexts && state.unsent.length <= SESSION.unsent);
        if (before.phase === 'ended' && event.type !== 'start') assert.equal(state, before);
        if (state.phase === 'ended') assert.deepEqual([world.socket, [...world.timers]], [false, []]);
      }
    }),
    { numRuns: 3000, seed: 20 },
  );
});
