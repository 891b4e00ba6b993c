import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import type { Cue } from './answer-plan.js';
import type { Clock } from './ports.js';
import { paceDefaults, startTurn, type Pace, type Turn, type TurnEvent } from './turn.js';

interface FakeClock extends Clock {
  /** Lets time pass and runs what falls due, in order. */
  advance(ms: number): void;
}

function createFakeClock(): FakeClock {
  let nowMs = 0;
  let tasks: { readonly atMs: number; readonly task: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const next = tasks.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        tasks = tasks.filter((other) => other !== next);
        nowMs = next.atMs;
        next.task();
      }
      nowMs = untilMs;
    },
  };
}

/** Twenty characters at 60 ms each: 1.2 s of sound, six parts. */
const phrase: Cue = { type: 'phrase', text: 'twenty characters ok' };
const end: Cue = { type: 'end', last: true };

function run(cues: readonly Cue[], pace: Partial<Pace> = {}): { clock: FakeClock; turn: Turn; log: string[] } {
  const clock = createFakeClock();
  const log: string[] = [];
  const emit = (event: TurnEvent): void => void log.push(`${event.type}@${clock.now()}`);
  return { clock, log, turn: startTurn(cues, { ...paceDefaults, ...pace }, clock, emit) };
}

describe('a turn in time', () => {
  it('sends 200 ms parts four times faster than real time and ends when they have been played', () => {
    const { clock, log, turn } = run([phrase, end]);
    clock.advance(5000);
    assert.deepEqual(log, [
      ...[250, 300, 350, 400, 450, 500].map((atMs) => `part@${atMs}`),
      'generation-complete@550',
      'turn-complete@1450',
    ]);
    assert.equal(turn.over, true);
  });

  it('does not trail when the ratio is 0', () => {
    const { clock, log } = run([phrase, end], { playbackTrailRatio: 0 });
    clock.advance(5000);
    assert.deepEqual(log.slice(-2), ['generation-complete@550', 'turn-complete@550']);
  });

  it('interrupted while generating, it never completes generation', () => {
    const { clock, log, turn } = run([phrase, end]);
    clock.advance(310);
    turn.interrupt();
    clock.advance(5000);
    assert.deepEqual(log, ['part@250', 'part@300', 'interrupted@310', 'turn-complete@310']);
  });

  it('interrupted while it is played, it is interrupted still', () => {
    const { clock, log, turn } = run([phrase, end]);
    clock.advance(1000);
    turn.interrupt();
    turn.interrupt();
    assert.deepEqual(log.slice(-3), ['generation-complete@550', 'interrupted@1000', 'turn-complete@1000']);
  });

  it('stands still at a blocking call until the answer, and passes a non-blocking one', () => {
    const call = (blocking: boolean): Cue => ({ type: 'call', name: 'f', args: {}, blocking });
    const { clock, log, turn } = run([call(false), call(true), phrase, end]);
    clock.advance(60_000);
    assert.deepEqual(log, ['call@250', 'call@250']);
    turn.toolAnswered();
    clock.advance(1);
    assert.equal(log[2], 'part@60000');
  });

  it('stalls for ever when told to, yet can be interrupted', () => {
    const { clock, log, turn } = run([phrase, { type: 'stall' }]);
    clock.advance(3_600_000);
    assert.equal(log.length, 6);
    assert.equal(turn.over, false);
    turn.interrupt();
    assert.equal(turn.over, true);
  });

  it('says nothing after it was abandoned', () => {
    const { clock, log, turn } = run([phrase, end]);
    turn.abandon();
    clock.advance(5000);
    assert.deepEqual(log, []);
  });
});
