/** The core over fake ports, socket and clock: no frame lost, no flushed sound heard, nothing held twice. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createFakeClock } from '../../../../tests/support/fake-clock.js';
import { AUDIO_KIND, encodeAudioFrame, parseAudioFrame } from '../../contracts/voice-audio.js';
import type { SocketListeners } from '../../protected-core/session/session.js';
import { CoreReport, type CoreCommand, type PlaybackCommand, type PlaybackReport } from './messages.js';
import { createVoiceCore, type CorePort } from './voice-core.js';

const SESSION_ID = '4b8e0d5a-2d1a-4a7c-9a43-8a2f6d2f1f00';
const START: CoreCommand = {
  type: 'start',
  serverOrigin: 'http://tutor',
  siteKey: 'pk_demo',
  request: { consent: { given: true, version: 1 }, lang: 'en' },
  isolation: 'worker',
  release: '1.2.3',
};

function fakePort() {
  const port = {
    heard: [] as unknown[],
    isClosed: false,
    onmessage: null as CorePort['onmessage'],
    postMessage: (message: unknown) => void port.heard.push(message),
    close: () => void (port.isClosed = true),
    say: (data: unknown) => port.onmessage?.({ data } as MessageEvent),
  };
  return port;
}

function harness() {
  const clock = createFakeClock();
  const reports: CoreReport[] = [];
  const sockets: { sent: (object | ArrayBuffer)[]; isOpen: boolean; listeners: SocketListeners }[] = [];
  let ids = 0;
  const core = createVoiceCore({
    clock,
    random: { next: () => 1 },
    ids: { uuid: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}` },
    openSocket(_url, _protocol, listeners) {
      const socket = {
        sent: [] as (object | ArrayBuffer)[],
        isOpen: true,
        listeners,
        bufferedBytes: 0,
        send: (data: string | ArrayBuffer) =>
          void socket.sent.push(typeof data === 'string' ? (JSON.parse(data) as object) : data),
        close: () => void (socket.isOpen = false),
      };
      sockets.push(socket);
      return socket;
    },
    requestSession: async () => ({
      ok: true,
      value: {
        sessionId: SESSION_ID as never,
        token: 'session-token-001',
        expiresInMs: 60_000,
        voiceUrl: 'ws://gateway',
      },
    }),
    report: (report) => reports.push(CoreReport.parse(report)),
  });
  const settled = () => new Promise<void>((done) => setImmediate(done));
  const socket = () => sockets.at(-1)!;
  const say = (message: object) => socket().listeners.text(JSON.stringify(message));
  const ready = (seq = 0, resumed = false) => {
    socket().listeners.opened();
    say({
      type: 'ready',
      seq,
      sessionId: SESSION_ID,
      resumeToken: 'resume-token-0001',
      resumed,
      provider: 'default',
      hears: 'server',
      speaks: 'server',
    });
  };
  return {
    clock,
    core,
    reports,
    sockets,
    settled,
    socket,
    say,
    ready,
    async live() {
      core.command(START);
      await settled();
      ready();
    },
    /** Tutor sound of a turn as the gateway sends it. */
    sound: (turn: number, samples = 480) =>
      socket().listeners.binary(
        encodeAudioFrame({ kind: AUDIO_KIND.tutor, turn, sequence: 0, samples: new Int16Array(samples).fill(8000) }),
      ),
    frames: () =>
      socket().sent.flatMap((data) => (data instanceof ArrayBuffer ? parseAudioFrame(new Uint8Array(data))! : [])),
    texts: () => socket().sent.filter((data) => !(data instanceof ArrayBuffer)) as { type: string }[],
    stats: () => reports.filter((report) => report.type === 'stats').at(-1),
    snapshot: () => reports.filter((report) => report.type === 'snapshot').at(-1)?.snapshot,
  };
}
const turnsOf = (port: { heard: unknown[] }, type: PlaybackCommand['type']) =>
  (port.heard as PlaybackCommand[])
    .filter((command) => command.type === type)
    .map((command) => 'turn' in command && command.turn);
const frame = (value: number) => new Int16Array(320).fill(value);
const played = (more: Partial<PlaybackReport>): PlaybackReport => ({
  type: 'played',
  playedSamples: 0,
  underruns: 0,
  gapSamples: 0,
  turn: 0,
  turnSamples: 0,
  ...more,
});

describe('microphone', () => {
  it('frames that come while connecting wait and are sent in order on ready, without another frame', async () => {
    const { core, settled, ready, frames } = harness();
    const port = fakePort();
    core.command({ type: 'microphone' }, port);
    core.command(START);
    for (let i = 0; i < 100; i += 1) port.say(frame(i));
    await settled();
    ready();
    assert.deepEqual(
      frames().map(({ sequence, samples }) => [sequence, samples[0]]),
      Array.from({ length: 100 }, (_, i) => [i, i]),
    );
    port.say('no frame');
    assert.equal(frames().length, 100);
  });
  it('five seconds are kept, the rest dropped and counted', async () => {
    const { core, live, socket, clock, stats } = harness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    socket().listeners.closed();
    for (let i = 0; i < 260; i += 1) port.say(frame(i));
    clock.advance(250);
    assert.deepEqual([stats()?.micFrames, stats()?.micDropped], [260, 10]);
  });
  it('what was said during a cut follows after the resume, in its order, then the end of speech', async () => {
    const { core, live, sockets, socket, clock, ready, frames, texts } = harness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    port.say(frame(0));
    socket().listeners.closed();
    for (let i = 1; i <= 200; i += 1) port.say(frame(i));
    core.command({ type: 'mic', state: 'muted' });
    clock.advance(500);
    assert.equal(sockets.length, 2);
    ready(0, true);
    assert.equal(
      texts().some(({ type }) => type === 'mic'),
      false,
    );
    clock.advance(1000);
    assert.deepEqual(
      frames().map(({ sequence }) => sequence),
      Array.from({ length: 200 }, (_, i) => i + 1),
    );
    assert.deepEqual(socket().sent.at(-1), { type: 'mic', state: 'muted' });
  });
  it('an end of speech that was taken back is not sent later', async () => {
    const { core, live, socket, clock, ready, texts } = harness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    socket().listeners.closed();
    port.say(frame(1));
    core.command({ type: 'mic', state: 'muted' });
    core.command({ type: 'mic', state: 'open' });
    clock.advance(500);
    ready(0, true);
    clock.advance(1000);
    assert.deepEqual(
      texts().filter(({ type }) => type === 'mic'),
      [{ type: 'mic', state: 'open' }],
    );
  });
  it('is not kept for a tutor that only reads', async () => {
    const { core, live, say, clock, frames, stats } = harness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    say({ type: 'state', seq: 1, state: 'text-only' });
    for (let i = 0; i < 5; i += 1) port.say(frame(i));
    say({ type: 'state', seq: 2, state: 'listening' });
    clock.advance(250);
    assert.deepEqual([frames().length, stats()?.micDropped], [0, 5]);
  });
  it('the port that is replaced or no longer needed is closed', async () => {
    const { core, live, frames } = harness();
    const [first, second] = [fakePort(), fakePort()];
    await live();
    core.command({ type: 'microphone' }, first);
    core.command({ type: 'microphone' }, second);
    assert.deepEqual([first.isClosed, second.isClosed], [true, false]);
    second.say(frame(1));
    core.command({ type: 'mic', state: 'closed' });
    assert.deepEqual([second.isClosed, frames().length], [true, 1]);
  });
  it('tells its level at most ten times a second', async () => {
    const { core, live, clock, reports, snapshot } = harness();
    const port = fakePort();
    await live();
    core.command({ type: 'microphone' }, port);
    const before = reports.filter(({ type }) => type === 'snapshot').length;
    for (let i = 0; i < 50; i += 1) {
      port.say(frame(8000));
      clock.advance(20);
    }
    const told = reports.filter(({ type }) => type === 'snapshot').length - before;
    assert.ok(told >= 9 && told <= 10, `${told} snapshots in a second`);
    assert.ok((snapshot()?.micLevel ?? 0) > 0.9);
  });
});

describe('speaker', () => {
  it('gets the tutor’s sound at its own rate, and the end of each turn', async () => {
    const { core, live, sound, say } = harness();
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
    const { core, live, sound, say } = harness();
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
    const { core, live, socket } = harness();
    const port = fakePort();
    await live();
    core.command({ type: 'speaker', rateHz: 24_000 }, port);
    socket().listeners.binary(new ArrayBuffer(3));
    socket().listeners.binary(encodeAudioFrame({ kind: AUDIO_KIND.mic, turn: 1, sequence: 0, samples: frame(1) }));
    assert.deepEqual(port.heard, []);
  });
  it('a second lesson is heard although its turns have the numbers of flushed ones', async () => {
    const { core, live, sound, say } = harness();
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
    const { core, live, clock, stats, sound } = harness();
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
    const { core, live, clock, reports, stats } = harness();
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
    const { core, live, say, socket } = harness();
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
    const { core, live, say, socket } = harness();
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
    const { core, live, socket } = harness();
    core.command({ type: 'context', exercise: 'x^2 = 4' });
    await live();
    assert.deepEqual(socket().sent.at(-1), { type: 'context', exercise: 'x^2 = 4' });
  });
  it('words, readings and judgements go up; content, state and who speaks come down', async () => {
    const { core, live, texts, say, reports, snapshot } = harness();
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
    const { core, live, sockets } = harness();
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
    const { core, sockets, reports } = harness();
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
