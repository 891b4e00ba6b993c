import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { err, ok } from '../protected-core/result.js';
import { createEmitter } from '../protected-core/emitter.js';
import { IDLE_LESSON, type LessonEvent, type LessonSnapshot } from '../protected-core/session/lesson.js';
import type { LessonOptions, VoiceClient } from '../voice/voice-client.js';
import { createLazyVoice } from './lazy-voice.js';

const options: LessonOptions = {
  serverOrigin: 'https://tutor.example.org',
  siteKey: 'pk_test',
  request: { consent: { given: true, version: 1 }, lang: 'en' },
};

/** A real client's place, recording; `show` speaks for it. */
function createReal() {
  const emitter = createEmitter<LessonEvent>((error) => assert.fail(String(error)));
  const asked: string[] = [];
  const note =
    (what: string) =>
    (...args: readonly unknown[]) =>
      void asked.push([what, ...args.filter((arg) => typeof arg === 'string')].join(' '));
  const client: VoiceClient = {
    subscribe: emitter.subscribe,
    snapshot: () => IDLE_LESSON,
    warm: note('warm'),
    start: async () => (note('start')(), ok(undefined)),
    openMic: async () => (note('openMic')(), ok(undefined)),
    closeMic: note('closeMic'),
    setMuted: note('setMuted'),
    sendText: note('sendText'),
    interrupt: note('interrupt'),
    setContext: note('setContext'),
    sendFeedback: note('sendFeedback'),
    end: note('end'),
    close: note('close'),
  };
  const show = (change: Partial<LessonSnapshot>) =>
    emitter.emit({ type: 'snapshot', snapshot: { ...IDLE_LESSON, ...change } });
  return { client, asked, show, emit: emitter.emit };
}

/** A lazy client whose code comes when the test says so. */
function setUp() {
  const real = createReal();
  const faults: unknown[] = [];
  const loads: { bring(): void; fail(): void }[] = [];
  const voice = createLazyVoice(
    () =>
      new Promise((resolve, reject) =>
        loads.push({ bring: () => resolve(real.client), fail: () => reject(new TypeError('offline')) }),
      ),
    (error) => faults.push(error),
  );
  const phases: string[] = [];
  const others: string[] = [];
  voice.subscribe((event) => {
    if (event.type === 'snapshot') phases.push(event.snapshot.phase);
    else others.push(event.type);
  });
  return { real, voice, loads, faults, phases, others };
}

describe('createLazyVoice', () => {
  it('fetches nothing until it is needed, and then once', async () => {
    const { voice, loads, real } = setUp();
    voice.sendText('too early', 'typed');
    voice.interrupt();
    voice.setMuted(true);
    voice.end();
    voice.closeMic();
    assert.equal(loads.length, 0);
    voice.warm();
    voice.warm();
    loads[0]?.bring();
    await voice.openMic();
    assert.equal(loads.length, 1);
    assert.deepEqual(real.asked, ['warm', 'warm', 'openMic']);
  });

  it('shows the press at once, keeps the order of what follows, and never falls back to idle on the way', async () => {
    const { voice, loads, real, phases } = setUp();
    const started = voice.start(options);
    voice.setContext('exercise');
    voice.sendText('2 + 2', 'typed');
    assert.deepEqual(phases, ['connecting']);
    loads[0]?.bring();
    assert.equal((await started).ok, true);
    assert.deepEqual(real.asked.slice().sort(), ['sendText 2 + 2 typed', 'setContext exercise', 'start'].sort());
    assert.ok(real.asked.indexOf('setContext exercise') < real.asked.indexOf('sendText 2 + 2 typed'));
    real.show({ isolation: 'worker' });
    real.show({ phase: 'connecting' });
    real.show({ phase: 'listening' });
    real.show({ phase: 'idle' });
    assert.deepEqual(phases, ['connecting', 'connecting', 'connecting', 'listening', 'idle']);
    assert.equal(voice.snapshot().phase, 'idle');
  });

  it('calls the real client within the gesture once it is there', async () => {
    const { voice, loads, real } = setUp();
    voice.warm();
    loads[0]?.bring();
    await voice.openMic();
    void voice.start(options);
    assert.equal(real.asked.at(-1), 'start');
  });

  it('hides the trouble of the lesson before while the next one starts', async () => {
    const { voice, loads, real } = setUp();
    voice.warm();
    loads[0]?.bring();
    await voice.openMic();
    real.show({ phase: 'ended', problem: 'VT_TUTOR_QUOTA' });
    void voice.start(options);
    real.show({ phase: 'ended', problem: 'VT_TUTOR_QUOTA', isolation: 'worker' });
    assert.deepEqual([voice.snapshot().phase, voice.snapshot().problem], ['connecting', null]);
    real.show({ phase: 'connecting' });
    real.show({ phase: 'ended', problem: 'VT_TUTOR_QUOTA' });
    assert.deepEqual([voice.snapshot().phase, voice.snapshot().problem], ['ended', 'VT_TUTOR_QUOTA']);
  });

  it('says that the tutor cannot be reached when the code does not come, and asks again at the next press', async () => {
    const { voice, loads, real, faults } = setUp();
    const first = voice.start(options);
    loads[0]?.fail();
    assert.deepEqual(await first, err('VT_UNAVAILABLE'));
    assert.deepEqual([voice.snapshot().phase, voice.snapshot().problem], ['ended', 'VT_UNAVAILABLE']);
    assert.equal(faults.length, 1);
    const second = voice.start(options);
    loads[1]?.bring();
    assert.equal((await second).ok, true);
    assert.deepEqual(real.asked, ['start']);
  });

  it('does not start what was ended while the code was on its way', async () => {
    const { voice, loads, real } = setUp();
    const started = voice.start(options);
    voice.end();
    assert.equal(voice.snapshot().phase, 'ended');
    loads[0]?.bring();
    assert.equal((await started).ok, false);
    assert.deepEqual(real.asked, []);
  });

  it('closes what arrives after it was closed', async () => {
    const { voice, loads, real } = setUp();
    const started = voice.start(options);
    voice.close();
    loads[0]?.bring();
    assert.equal((await started).ok, false);
    assert.deepEqual(real.asked, ['close']);
    assert.equal((await voice.openMic()).ok, false);
    assert.equal(loads.length, 1);
  });

  it('passes everything else through', async () => {
    const { voice, loads, real, others } = setUp();
    voice.warm();
    loads[0]?.bring();
    await voice.openMic();
    voice.sendFeedback('up', 1);
    voice.closeMic();
    real.emit({
      type: 'audio-stats',
      stats: { playedSamples: 1, underruns: 0, gapSamples: 0, micFrames: 0, micDropped: 0 },
    });
    voice.end();
    voice.close();
    assert.deepEqual(others, ['audio-stats']);
    assert.deepEqual(real.asked.slice(-4), ['sendFeedback up', 'closeMic', 'end', 'close']);
  });
});
