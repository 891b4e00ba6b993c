/** The core's speaker and its learner: no flushed sound heard, nothing said lost. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { AUDIO_KIND, encodeAudioFrame } from '../../contracts/voice-audio.js';
import { createCoreHarness, fakePort, frame, played, turnsOf } from '../../../../tests/support/voice-core-harness.js';
import type { PlaybackCommand } from './messages.js';

describe('speaker', () => {
  it('gets the tutor’s sound at its own rate, and the end of each turn', async () => {
    const { core, live, sound, say } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'speaker', rateHz: 48_000 }, port);
    sound(1, 2400);
    say({ type: 'turn-end', seq: 1, turn: 1, how: 'complete' });
    const [first, last] = port.heard as PlaybackCommand[];
    assert.ok(first?.type === 'frame' && Math.abs(first.samples.length - 4800) <= 40);
    assert.ok(first.samples.slice(200).every((sample) => Math.abs(sample - 8000 / 32_768) < 0.001));
    assert.deepEqual(last, { type: 'finish', turn: 1 });
  });
  it('never gets a late frame of a flushed turn', async () => {
    const { core, live, sound, say } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'speaker', rateHz: 24_000 }, port);
    sound(1);
    sound(2);
    say({ type: 'interrupted', seq: 1, turn: 2 });
    sound(1);
    sound(2);
    sound(3);
    assert.deepEqual(turnsOf(port, 'frame'), [1, 2, 3]);
    assert.deepEqual(turnsOf(port, 'flush'), [2]);
  });
  it('takes nothing that is no sound of the tutor', async () => {
    const { core, live, socket } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'speaker', rateHz: 24_000 }, port);
    socket().listeners.binary(new ArrayBuffer(3));
    socket().listeners.binary(encodeAudioFrame({ kind: AUDIO_KIND.mic, turn: 1, sequence: 0, samples: frame(1) }));
    assert.deepEqual(port.heard, []);
  });
  it('a second lesson is heard although its turns have the numbers of flushed ones', async () => {
    const { core, live, sound, say } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'speaker', rateHz: 24_000 }, port);
    say({ type: 'turn-end', seq: 1, turn: 1, how: 'complete' });
    core.command({ type: 'end' });
    port.heard.length = 0;
    await live();
    sound(1);
    assert.deepEqual(
      (port.heard as PlaybackCommand[]).map(({ type }) => type),
      ['reset', 'frame'],
    );
  });
  it('one that is replaced is closed, and what it played still counts', async () => {
    const { core, live, clock, stats, sound } = createCoreHarness();
    const [first, second] = [fakePort(), fakePort()];
    await live();
    core.command({ type: 'speaker', rateHz: 24_000 }, first);
    first.say(played({ playedSamples: 1000, underruns: 1, gapSamples: 30, turn: 1, turnSamples: 1000 }));
    core.command({ type: 'speaker', rateHz: 48_000 }, second);
    second.say(played({ playedSamples: 20 }));
    clock.advance(250);
    sound(1);
    assert.deepEqual(
      [first.isClosed, stats()?.playedSamples, stats()?.underruns, stats()?.gapSamples],
      [true, 1020, 1, 30],
    );
    assert.deepEqual([turnsOf(first, 'frame'), turnsOf(second, 'frame')], [[], [1]]);
    core.command({ type: 'speaker', rateHz: 48_000 });
    assert.equal(second.isClosed, true);
  });
  it('counters are told four times a second at most, and the last of them always', async () => {
    const { core, live, clock, reports, stats } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'speaker', rateHz: 24_000 }, port);
    for (let i = 1; i <= 20; i += 1) port.say(played({ playedSamples: i }));
    clock.advance(250);
    assert.deepEqual([reports.filter(({ type }) => type === 'stats').length, stats()?.playedSamples], [1, 20]);
    assert.equal(clock.pending().length, 1);
  });
});

describe('learner', () => {
  it('a stop tells how much of the turn was heard, in milliseconds', async () => {
    const { core, live, say, socket } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'speaker', rateHz: 48_000 }, port);
    say({ type: 'transcript', seq: 1, turn: 1, speaker: 'tutor', delta: 'x', settled: false });
    say({ type: 'state', seq: 2, state: 'speaking' });
    port.say(played({ playedSamples: 90_000, turn: 1, turnSamples: 72_000 }));
    core.command({ type: 'interrupt' });
    assert.deepEqual(socket().sent.at(-1), { type: 'interrupt', turn: 1, playedMs: 1500 });
  });
  it('a stop of a turn of which nothing was heard says 0', async () => {
    const { core, live, say, socket } = createCoreHarness();
    const port = fakePort();
    await live();
    core.command({ type: 'speaker', rateHz: 48_000 }, port);
    port.say(played({ playedSamples: 90_000, turn: 1, turnSamples: 72_000 }));
    say({ type: 'transcript', seq: 1, turn: 2, speaker: 'tutor', delta: 'x', settled: false });
    say({ type: 'state', seq: 2, state: 'speaking' });
    core.command({ type: 'interrupt' });
    assert.deepEqual(socket().sent.at(-1), { type: 'interrupt', turn: 2, playedMs: 0 });
  });
  it('the exercise told before the lesson is told to the lesson', async () => {
    const { core, live, socket } = createCoreHarness();
    core.command({ type: 'context', exercise: 'x^2 = 4' });
    await live();
    assert.deepEqual(socket().sent.at(-1), { type: 'context', exercise: 'x^2 = 4' });
  });
  it('words, readings and judgements go up; content, state and who speaks come down', async () => {
    const { core, live, texts, say, reports, snapshot } = createCoreHarness();
    await live();
    core.command({ type: 'text', source: 'recogniser', text: 'two', alternatives: ['too'] });
    core.command({ type: 'text', source: 'typed', text: 'three', alternatives: [] });
    core.command({ type: 'feedback', rating: 'up', turn: 0 });
    assert.deepEqual(texts().slice(1), [
      {
        type: 'text',
        id: '00000000-0000-4000-8000-000000000001',
        source: 'recogniser',
        text: 'two',
        alternatives: ['too'],
      },
      { type: 'text', id: '00000000-0000-4000-8000-000000000002', source: 'typed', text: 'three' },
      { type: 'feedback', rating: 'up', turn: 0 },
    ]);
    const message = { type: 'say', seq: 1, turn: 1, text: 'hello' };
    say(message);
    assert.deepEqual(
      reports.find(({ type }) => type === 'content'),
      { type: 'content', message },
    );
    assert.deepEqual([snapshot()?.hears, snapshot()?.provider, snapshot()?.turn], ['server', 'default', 1]);
  });
  it('a second start ends the first lesson before it opens a socket', async () => {
    const { core, live, sockets } = createCoreHarness();
    await live();
    await live();
    assert.deepEqual(
      sockets.map(({ isOpen }) => isOpen),
      [false, true],
    );
    assert.deepEqual(sockets[0]?.sent.at(-1), { type: 'bye' });
    core.command({ type: 'end' });
    assert.deepEqual(
      sockets.map(({ isOpen }) => isOpen),
      [false, false],
    );
  });
  it('commands without a lesson do nothing', () => {
    const { core, sockets, reports } = createCoreHarness();
    for (const type of ['interrupt', 'end'] as const) core.command({ type });
    core.command({ type: 'mic', state: 'open' });
    core.command({ type: 'text', source: 'typed', text: 'x', alternatives: [] });
    core.command({ type: 'feedback', rating: 'up', turn: 0 });
    const port = fakePort();
    core.command({ type: 'microphone' }, port);
    port.say(frame(1));
    assert.deepEqual([sockets, reports], [[], []]);
  });
});
