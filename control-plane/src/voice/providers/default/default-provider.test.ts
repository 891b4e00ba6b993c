import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import type { ProviderEvents } from '../provider.js';
import { createDefaultProvider, type DefaultProviderDeps, type Synthesise } from './default-provider.js';

const PIECES = [{ say: 'First.', equation: { latex: 'x=4', role: 'answer' as const } }, { say: 'Second.' }];
/** Lets everything run that waits for nothing but a turn of the loop. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A lesson whose answer has two sentences; time stands still until `advance`. */
function open(deps: Partial<DefaultProviderDeps> = {}) {
  let now = 0;
  const due = new Set<{ readonly atMs: number; readonly task: () => void }>();
  const told: string[] = [];
  const events: ProviderEvents = {
    learnerText: (text) => void told.push(`learner ${text}`),
    thinking: () => void told.push('thinking'),
    tutorText: (text, isSettled) => void told.push(isSettled ? 'settled' : `tutor ${text}`),
    say: (text) => void told.push(`say ${text}`),
    audio: (samples) => void told.push(`audio ${samples.length}`),
    equation: ({ latex }) => void told.push(`equation ${latex}`),
    interrupted: () => void told.push('interrupted'),
    turnEnd: () => void told.push('end'),
    failed: (failure) => void told.push(`failed ${failure}`),
  };
  const provider = createDefaultProvider({
    clock: {
      nowMs: () => now,
      monotonicMs: () => now,
      after(delayMs, task) {
        const entry = { atMs: now + delayMs, task };
        due.add(entry);
        return () => void due.delete(entry);
      },
    },
    openLesson: () => ({ reply: () => ({ pieces: PIECES }) }),
    synthesise: null,
    silent: false,
    ...deps,
  });
  const session = provider.open({ lang: 'en', topic: undefined, grade: undefined }, events);
  const advance = async (ms: number) => {
    const until = now + ms;
    for (;;) {
      await settled();
      const [next] = [...due].filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      due.delete(next);
      now = next.atMs;
      next.task();
    }
    now = until;
  };
  const heardMs = () => told.reduce((sum, one) => sum + (one.startsWith('audio ') ? Number(one.slice(6)) / 24 : 0), 0);
  return { provider, session, told, advance, heardMs, timers: () => due.size };
}
const oneSecond: Synthesise = () => Promise.resolve(new Int16Array(24_000));

describe('the default tutor as a provider', () => {
  it('gives words, formula and sentence for the page’s own voice, then ends', async () => {
    const { provider, session, told, advance } = open();
    assert.equal(provider.speaks, 'browser');
    session.sendText('x + 1 = 5', []);
    await advance(0);
    assert.deepEqual(told, [
      'learner x + 1 = 5',
      'thinking',
      'tutor First.',
      'equation x=4',
      'say First.',
      'tutor  Second.',
      'say Second.',
      'settled',
      'end',
    ]);
  });
  it('writes only, when it has no voice at all', async () => {
    const { provider, session, told, advance } = open({ silent: true });
    assert.equal(provider.speaks, 'none');
    session.sendText('hello', []);
    await advance(0);
    assert.ok(told.includes('end') && !told.some((one) => one.startsWith('say')));
  });
  it('sends sound at the pace at which it is heard, half a second ahead, and ends when it was heard', async () => {
    const { session, told, advance, heardMs } = open({ synthesise: oneSecond });
    session.sendText('hello', []);
    await settled();
    assert.ok(heardMs() > 500 && heardMs() <= 540, `${heardMs()} ms at once`);
    await advance(1000);
    assert.ok(heardMs() > 1500 && heardMs() <= 1540, `${heardMs()} ms after a second`);
    assert.ok(told.every((one) => !one.startsWith('audio ') || Number(one.slice(6)) <= 960));
    await advance(999);
    assert.ok(!told.includes('end'));
    await advance(1);
    assert.equal(told.at(-1), 'end');
    assert.equal(heardMs(), 2000);
  });
  it('lets the page speak a sentence that the program could not', async () => {
    const { session, told, advance } = open({
      synthesise: (sentence) => Promise.resolve(sentence === 'First.' ? null : new Int16Array(240)),
    });
    session.sendText('hello', []);
    await advance(100);
    assert.deepEqual(
      told.filter((one) => /^(?:say|audio|end)/.test(one)),
      ['say First.', 'audio 240', 'end'],
    );
  });
  it('stops in the middle of a sentence, once, and leaves no timer behind', async () => {
    const { session, told, advance, heardMs, timers } = open({ synthesise: oneSecond });
    session.interrupt();
    session.sendText('hello', []);
    await advance(100);
    session.interrupt();
    session.interrupt();
    const heard = heardMs();
    await advance(5000);
    assert.equal(heardMs(), heard);
    assert.deepEqual(
      told.filter((one) => one === 'interrupted' || one === 'end'),
      ['interrupted'],
    );
    assert.equal(timers(), 0);
  });
  it('cuts its answer off for the next question, and answers that', async () => {
    const { session, told, advance } = open({ synthesise: oneSecond });
    session.sendText('one', []);
    await advance(100);
    session.sendText('two', []);
    await advance(5000);
    assert.deepEqual(
      told.filter((one) => /^(?:learner|interrupted|end)/.test(one)),
      ['learner one', 'interrupted', 'learner two', 'end'],
    );
  });
  it('tells a failure of its program as a passing one, and nothing after it is closed', async () => {
    const { session, told } = open({ synthesise: () => Promise.reject(new Error('no program')) });
    session.sendText('hello', []);
    await settled();
    assert.equal(told.at(-1), 'failed temporary');
    session.sendText('again', []);
    session.close();
    const before = told.length;
    await settled();
    session.sendText('anyone?', []);
    session.sendAudio(new Int16Array(320));
    session.endAudio();
    session.setContext('2x = 4');
    await settled();
    assert.equal(told.length, before);
  });
});
