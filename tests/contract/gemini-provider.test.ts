/** The Gemini Live provider against the service's stand-in: what a page would be told. */
import { afterEach, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { systemClock } from '../../control-plane/src/platform/clock.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import type { ProviderFailure, ShownEquation } from '../../control-plane/src/voice/providers/provider.js';
import { createGeminiLiveProvider } from '../../control-plane/src/voice/providers/gemini-live/gemini-live-provider.js';
import { decodeSamples } from '../../control-plane/src/voice/providers/gemini-live/messages.js';
import { createInbox, speechSlices } from '../support/live-emulator/clients.js';
import { createLiveEmulator, type LiveEmulatorOptions } from '../support/live-emulator/emulator.js';

type Told =
  | { readonly is: 'learner' | 'tutor'; readonly text: string; readonly settled: boolean }
  | { readonly is: 'audio'; readonly samples: number; readonly peak: number }
  | { readonly is: 'equation'; readonly equation: ShownEquation }
  | { readonly is: 'failed'; readonly failure: ProviderFailure }
  | { readonly is: 'thinking' | 'say' | 'interrupted' | 'turn-end' };

const FAST = { firstAudioDelayMs: 1, speedup: 1000, playbackTrailRatio: 0 };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function lesson(options: LiveEmulatorOptions = {}, { apiKey = 'any', model = 'gemini-3.8-live' } = {}) {
  const emulator = await createLiveEmulator({ pace: FAST, ...options });
  cleanups.push(() => emulator.close());
  const told = createInbox<Told>('events');
  const provider = createGeminiLiveProvider({
    clock: systemClock,
    log: silentLog,
    apiKey,
    baseUrl: emulator.url,
    model,
    minors: 'excluded',
  });
  const session = provider.open(
    { lang: 'en', topic: 'equations', grade: '8' },
    {
      learnerText: (text, settled) => told.push({ is: 'learner', text, settled }),
      thinking: () => told.push({ is: 'thinking' }),
      tutorText: (text, settled) => told.push({ is: 'tutor', text, settled }),
      say: () => told.push({ is: 'say' }),
      audio: (samples) =>
        told.push({
          is: 'audio',
          samples: samples.length,
          peak: samples.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
        }),
      equation: (equation) => told.push({ is: 'equation', equation }),
      interrupted: () => told.push({ is: 'interrupted' }),
      turnEnd: () => told.push({ is: 'turn-end' }),
      failed: (failure) => told.push({ is: 'failed', failure }),
    },
  );
  cleanups.push(() => session.close());
  const count = (is: Told['is']) => told.items.filter((one) => one.is === is).length;
  const words = (is: 'learner' | 'tutor') => told.items.map((one) => (one.is === is ? one.text : '')).join('');
  return { emulator, session, told, count, words };
}

describe('the Gemini Live provider', () => {
  it('answers typed words with words, sound and equations, each call once', async () => {
    const { emulator, session, told, words, count } = await lesson();
    session.sendText('Please solve 2x + 3 = 11', []);
    await told.until(({ is }) => is === 'turn-end');
    assert.deepEqual(told.items.slice(0, 2), [
      { is: 'learner', text: 'Please solve 2x + 3 = 11', settled: true },
      { is: 'thinking' },
    ]);
    assert.equal(count('learner'), 1);
    assert.match(words('tutor'), /^Let us solve it together\. We have .* So x equals four/);
    const equations = told.items.flatMap((one) => (one.is === 'equation' ? [one.equation.latex] : []));
    assert.deepEqual(equations, ['2x+3=11', '2x=8', 'x=4']);
    const sound = told.items.filter((one) => one.is === 'audio');
    assert.ok(sound.length > 0 && sound.every(({ samples }) => samples <= 24_000));
    assert.ok(Math.max(...sound.map(({ peak }) => peak)) > 1000);
    const [connection] = emulator.stats().connections;
    assert.equal(connection?.keySource, 'header');
    assert.equal(connection.messagesTooEarly, 0);
    assert.equal(count('failed'), 0);
  });

  it('hears speech', async () => {
    const { emulator, session, told, words } = await lesson({ utterances: ['what is a prime number'] });
    // Only a second of it may wait for the connection.
    await emulator.until(({ connections }) => connections[0]?.phase === 'ready');
    session.sendText('hello', []);
    await told.until(({ is }) => is === 'turn-end');
    const before = told.items.length;
    for (const slice of speechSlices('what is a prime number')) {
      const samples = decodeSamples(slice);
      session.sendAudio(samples.slice(0, 320));
      session.sendAudio(samples.slice(320));
    }
    session.endAudio();
    await told.until(({ is }) => is === 'turn-end', before);
    assert.equal(words('learner'), 'hellowhat is a prime number');
    assert.ok(told.items.slice(before).some((one) => one.is === 'learner' && one.settled));
    assert.match(words('tutor'), /one small step/);
    assert.ok((emulator.stats().connections[0]?.speechMs ?? 0) > 200);
  });

  it('is silent after an interruption until the next answer', async () => {
    const { emulator, session, told, count } = await lesson({ pace: { ...FAST, speedup: 20 } });
    session.sendText('solve 2x+3=11', []);
    await told.until(({ is }) => is === 'audio');
    session.interrupt();
    const cutAt = told.items.length;
    assert.equal(told.items.at(-1)?.is, 'interrupted');
    await emulator.until(({ connections }) => (connections[0]?.turnsCompleted ?? 0) >= 1);
    session.sendText('hello', []);
    await told.until(({ is }) => is === 'turn-end');
    assert.deepEqual(told.items.slice(cutAt, cutAt + 2), [
      { is: 'learner', text: 'hello', settled: true },
      { is: 'thinking' },
    ]);
    assert.equal(count('interrupted'), 1);
    const after = told.items.slice(cutAt).map((one) => (one.is === 'tutor' ? one.text : ''));
    assert.match(after.join(''), /^Good question\./);
  });

  it('cuts an answer off when the learner types on', async () => {
    const { session, told, count } = await lesson({ pace: { ...FAST, speedup: 20 } });
    session.sendText('solve 2x+3=11', []);
    await told.until(({ is }) => is === 'audio');
    session.sendText('hello', []);
    await told.until(({ is }) => is === 'turn-end');
    assert.equal(count('interrupted'), 1);
    const cutAt = told.items.findIndex(({ is }) => is === 'interrupted');
    const after = told.items.slice(cutAt).map((one) => (one.is === 'tutor' ? one.text : ''));
    assert.match(after.join(''), /^Good question\..*one small step at a time\.$/);
  });

  it('refuses equations that define or do not typeset', async () => {
    const { emulator, session, told, count } = await lesson();
    const bad = [
      '\\def\\x{1}\\x',
      '\\frac{1}',
      'x'.repeat(2001),
      '\\href{https://evil.example}{x}',
      '\\show x',
      'x\u202e',
      '{'.repeat(101) + '}'.repeat(101),
    ];
    emulator.setScenario({
      scenarios: [
        {
          name: 'bad',
          when: [],
          answer: [
            ...bad.map((latex) => ({ do: 'call' as const, name: 'show_equation', args: { latex, role: 'step' } })),
            { do: 'say', text: 'Done.' },
          ],
        },
      ],
    });
    session.sendText('go', []);
    await told.until(({ is }) => is === 'turn-end');
    assert.equal(count('equation'), 0);
    const { connections } = await emulator.until(
      (stats) => (stats.connections[0]?.toolAnswers.length ?? 0) >= bad.length,
    );
    assert.equal(connections[0]?.toolAnswers.length, bad.length);
  });

  it('says what cannot be helped', async () => {
    const badKey = await lesson({}, { apiKey: 'bad' });
    assert.deepEqual(await badKey.told.until(({ is }) => is === 'failed'), { is: 'failed', failure: 'configuration' });
    assert.equal(badKey.emulator.stats().connectionsOpened, 1);
    const badModel = await lesson({}, { model: 'gemini-0' });
    assert.deepEqual(await badModel.told.until(({ is }) => is === 'failed'), {
      is: 'failed',
      failure: 'configuration',
    });
  });

  it('survives goAway with its memory, between two turns', async () => {
    const { emulator, session, told, count } = await lesson();
    session.sendText('hello', []);
    await told.until(({ is }) => is === 'turn-end');
    assert.equal(emulator.goAway(50_000), 1);
    session.sendText('again', []);
    await told.until(({ is }) => is === 'turn-end', told.items.length);
    await emulator.until(({ connectionsOpened }) => connectionsOpened >= 2);
    const before = told.items.length;
    session.sendText('once more', []);
    await told.until(({ is }) => is === 'turn-end', before);
    const [, second] = emulator.stats().connections;
    assert.equal(second?.resumed, true);
    assert.ok(second.restoredHistory >= 4);
    assert.equal(count('failed'), 0);
  });

  it('comes back once after a loss, and answers what was asked', async () => {
    const { emulator, session, told, count } = await lesson();
    session.sendText('hello', []);
    await told.until(({ is }) => is === 'turn-end');
    emulator.closeConnections({ code: 1011, reason: 'Internal error encountered.' });
    const before = told.items.length;
    session.sendText('again', []);
    await told.until(({ is }) => is === 'turn-end', before);
    assert.equal(count('failed'), 0);
    emulator.closeConnections({ code: 1011, reason: 'Internal error encountered.' });
    assert.deepEqual(await told.until(({ is }) => is === 'failed'), { is: 'failed', failure: 'temporary' });
    const later = told.items.length;
    session.sendText('and now', []);
    await told.until(({ is }) => is === 'turn-end', later);
  });

  it('tells nothing after close', async () => {
    const { emulator, session, told } = await lesson();
    session.sendText('hello', []);
    await told.until(({ is }) => is === 'audio');
    session.close();
    const count = told.items.length;
    await emulator.until(({ connectionsOpen }) => connectionsOpen === 0);
    assert.equal(told.items.length, count);
    session.sendText('anyone?', []);
    assert.equal(told.items.length, count);
  });
});
