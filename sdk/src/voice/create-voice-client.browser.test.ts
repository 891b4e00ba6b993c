/** The voice room put together, in a real browser with a gateway and a microphone that are the test's. */
import { expect } from '@open-wc/testing';
import workerSource from 'inline:./transport/voice.worker.ts';
import { createFakeClock } from '../../../tests/support/fake-clock.js';
import type { LessonEvent, LessonSnapshot } from '../protected-core/session/lesson.js';
import { createVoiceClient, type VoiceClientDeps } from './create-voice-client.js';

const OPTIONS = {
  serverOrigin: 'http://tutor.test',
  siteKey: 'pk_demo',
  request: { consent: { given: true, version: 1 }, lang: 'en' },
} as const;
const SESSION_ID = '4b8e0d5a-2d1a-4a7c-9a43-8a2f6d2f1f00';

/** A gateway inside the page: a socket that says ready to each hello. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  static hears: 'browser' | 'server' = 'server';
  readonly readyState = 1;
  readonly bufferedAmount = 0;
  readonly sent: { readonly type: string; readonly state?: string }[] = [];
  frames = 0;
  closed = false;
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  private seq = 0;
  constructor() {
    FakeSocket.all.push(this);
    queueMicrotask(() => this.onopen?.());
  }
  send(data: unknown): void {
    if (typeof data !== 'string') return void (this.frames += 1);
    const message = JSON.parse(data) as { type: string };
    this.sent.push(message);
    if (message.type !== 'hello') return;
    this.say({
      type: 'ready',
      sessionId: SESSION_ID,
      resumeToken: 'resume-token-0001',
      resumed: false,
      provider: 'default',
      hears: FakeSocket.hears,
      speaks: 'browser',
    });
  }
  say(message: object): void {
    this.seq += 1;
    this.onmessage?.({ data: JSON.stringify({ seq: this.seq, ...message }) });
  }
  close(): void {
    this.closed = true;
  }
}

interface Asked {
  readonly give: () => MediaStream;
  readonly refuse: (name: string) => void;
}
const natives = { fetch: globalThis.fetch, WebSocket: globalThis.WebSocket };
const nativeAsk = Object.getOwnPropertyDescriptor(navigator.mediaDevices, 'getUserMedia');
const bundle = (path: string) => `/__bundle/sdk/src/voice/${path}.worklet.ts`;

describe('voice client', () => {
  let asked: Asked[] = [];
  let contexts: AudioContext[] = [];
  let clients: { close(): void }[] = [];
  const sources = new AudioContext();
  before(() => {
    globalThis.WebSocket = FakeSocket as never;
    globalThis.fetch = async () =>
      new Response(
        JSON.stringify({
          sessionId: SESSION_ID,
          token: 'session-token-001',
          expiresInMs: 60_000,
          voiceUrl: 'ws://tutor.test/v1/voice',
        }),
      );
    Object.defineProperty(navigator.mediaDevices, 'getUserMedia', {
      configurable: true,
      value: () =>
        new Promise<MediaStream>((resolve, reject) =>
          asked.push({
            give() {
              const { stream } = sources.createMediaStreamDestination();
              resolve(stream);
              return stream;
            },
            refuse: (name) => reject(new DOMException('', name)),
          }),
        ),
    });
  });
  const NativeContext = globalThis.AudioContext;
  class WatchedContext extends NativeContext {
    constructor(options?: AudioContextOptions) {
      super(options);
      contexts.push(this);
    }
  }
  before(() => (globalThis.AudioContext = WatchedContext));
  after(() => {
    globalThis.fetch = natives.fetch;
    globalThis.WebSocket = natives.WebSocket;
    globalThis.AudioContext = NativeContext;
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia');
    if (nativeAsk) Object.defineProperty(navigator.mediaDevices, 'getUserMedia', nativeAsk);
    void sources.close();
  });
  beforeEach(() => {
    [asked, contexts, clients, FakeSocket.all] = [[], [], [], []];
    FakeSocket.hears = 'server';
  });
  afterEach(() => clients.forEach((client) => client.close()));

  function setup(more: Partial<VoiceClientDeps> = {}) {
    const clock = createFakeClock();
    const events: LessonEvent[] = [];
    const spoken: string[] = [];
    const heard: { say: (readings: readonly string[]) => void; isTutorHeard: () => boolean; stopped: boolean }[] = [];
    let wake = () => {};
    const client = createVoiceClient({
      clock,
      random: { next: () => 1 },
      ids: { uuid: () => crypto.randomUUID() },
      reporter: { fault: (where, error) => spoken.push(`${where}: ${String(error)}`) },
      workerSource,
      captureWorkletUrl: bundle('capture/capture'),
      playbackWorkletUrl: bundle('playback/playback'),
      release: '1.2.3',
      isolation: ['page'],
      recogniser: {
        start(_lang, onHeard, isTutorHeard = () => false) {
          const hearing = { say: onHeard, isTutorHeard, stopped: false };
          heard.push(hearing);
          return () => (hearing.stopped = true);
        },
      },
      browserVoice: { say: (text) => spoken.push(text), stop: () => spoken.push('(stop)') },
      ...more,
    });
    clients.push(client);
    client.subscribe((event) => {
      events.push(event);
      wake();
    });
    const until = async (isTrue: () => boolean) => {
      while (!isTrue()) await new Promise<void>((resolve) => (wake = resolve));
    };
    const reach = (want: Partial<LessonSnapshot>) =>
      until(() =>
        Object.entries(want).every(([key, value]) => client.snapshot()[key as keyof LessonSnapshot] === value),
      );
    const socket = () => FakeSocket.all.at(-1)!;
    return { client, clock, events, spoken, heard, until, reach, socket };
  }
  /** A lesson that listens. */
  async function lesson(more: Partial<VoiceClientDeps> = {}) {
    const parts = setup(more);
    await parts.client.start(OPTIONS);
    await parts.reach({ phase: 'listening' });
    return parts;
  }
  const live = (stream: MediaStream) => stream.getAudioTracks().some(({ readyState }) => readyState === 'live');

  it('starts, opens the microphone, sends its frames, mutes at the track, and ends with everything closed', async () => {
    const { client, socket, until, events, reach, clock } = await lesson();
    const opening = client.openMic();
    const stream = asked[0]!.give();
    expect(await opening).to.deep.equal({ ok: true, value: undefined });
    expect(await client.openMic()).to.deep.equal({ ok: true, value: undefined });
    const stats = () => events.filter((event) => event.type === 'audio-stats').at(-1);
    while ((stats()?.stats.micFrames ?? 0) < 5) {
      // Real sound, and a clock that the test moves with it.
      await new Promise((resolve) => requestAnimationFrame(resolve));
      clock.advance(50);
    }
    expect(socket().frames).to.equal(stats()?.stats.micFrames);
    client.setMuted(true);
    expect([client.snapshot().mic, stream.getAudioTracks()[0]?.enabled]).to.deep.equal(['muted', false]);
    client.setMuted(false);
    client.end();
    await reach({ phase: 'ended' });
    expect([client.snapshot().mic, live(stream), socket().closed]).to.deep.equal(['off', false, true]);
    expect(socket().sent.map(({ type, state }) => state ?? type)).to.deep.equal([
      'hello',
      'open',
      'muted',
      'open',
      'closed',
      'bye',
    ]);
    expect([asked.length, contexts.length]).to.deep.equal([1, 1]);
    await until(() => true);
  });

  for (const [name, mic, code] of [
    ['NotAllowedError', 'denied', 'VT_MIC_DENIED'],
    ['NotFoundError', 'missing', 'VT_MIC_NOT_FOUND'],
    ['NotReadableError', 'denied', 'VT_MIC_IN_USE'],
    ['UnheardOfError', 'denied', 'VT_MIC_DENIED'],
  ] as const)
    it(`${name}: one clear problem that the next snapshot does not wipe away, and another try is allowed`, async () => {
      const { client, socket, reach } = await lesson();
      const opening = client.openMic();
      asked[0]?.refuse(name);
      expect(await opening).to.deep.equal({ ok: false, error: code });
      socket().say({ type: 'state', state: 'thinking' });
      await reach({ phase: 'thinking' });
      expect([client.snapshot().mic, client.snapshot().problem]).to.deep.equal([mic, code]);
      const second = client.openMic();
      asked[1]?.give();
      expect((await second).ok).to.equal(true);
      expect([client.snapshot().mic, client.snapshot().problem]).to.deep.equal(['open', null]);
    });

  it('a device that goes away is said to be lost, and another may be opened', async () => {
    const { client } = await lesson();
    const opening = client.openMic();
    const stream = asked[0]!.give();
    await opening;
    stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended'));
    expect([client.snapshot().mic, client.snapshot().problem, live(stream)]).to.deep.equal([
      'lost',
      'VT_MIC_LOST',
      false,
    ]);
    const second = client.openMic();
    asked[1]?.give();
    expect((await second).ok).to.equal(true);
  });

  it('two wishes at once open one stream and one audio context', async () => {
    const { client } = setup();
    const starting = client.start(OPTIONS);
    const wishes = [client.openMic(), client.openMic()];
    expect(asked.length).to.equal(1);
    asked[0]?.give();
    expect((await Promise.all(wishes)).every(({ ok }) => ok)).to.equal(true);
    await starting;
    expect(contexts.length).to.equal(1);
  });

  for (const [name, act] of [
    ['closeMic', 'closeMic'],
    ['end', 'end'],
    ['close', 'close'],
  ] as const)
    it(`${name} while the browser asks for the microphone: the late stream is stopped`, async () => {
      const { client, socket } = await lesson();
      const opening = client.openMic();
      client[act]();
      const stream = asked[0]!.give();
      expect((await opening).ok).to.equal(false);
      expect([live(stream), client.snapshot().mic]).to.deep.equal([false, 'off']);
      expect(socket().sent.some(({ state }) => state === 'open')).to.equal(false);
    });

  it('a second wish after a close is its own: the first stream is stopped, the second used', async () => {
    const { client } = await lesson();
    const first = client.openMic();
    client.closeMic();
    const second = client.openMic();
    const late = asked[0]!.give();
    const stream = asked[1]!.give();
    expect([(await first).ok, (await second).ok]).to.deep.equal([false, true]);
    expect([live(late), live(stream), client.snapshot().mic]).to.deep.equal([false, true, 'open']);
  });

  it('close during start: nothing opens after it, and the audio context goes', async () => {
    const { client } = setup();
    const starting = client.start(OPTIONS);
    client.close();
    client.close();
    expect(await starting).to.deep.equal({ ok: false, error: 'VT_UNAVAILABLE' });
    while (contexts[0]?.state !== 'closed')
      await new Promise((resolve) => contexts[0]?.addEventListener('statechange', resolve, { once: true }));
    expect(FakeSocket.all.length).to.equal(0);
    expect((await client.openMic()).ok || (await client.start(OPTIONS)).ok).to.equal(false);
    client.warm();
    client.setContext('x');
    expect(client.snapshot().isolation).to.equal(null);
  });

  it('end during start: no lesson begins', async () => {
    const { client } = setup();
    const starting = client.start(OPTIONS);
    client.end();
    expect((await starting).ok).to.equal(false);
    expect(FakeSocket.all.length).to.equal(0);
  });

  it('a host that mutes before the microphone is open gets a muted one', async () => {
    const { client } = await lesson();
    client.setMuted(true);
    const opening = client.openMic();
    const stream = asked[0]!.give();
    await opening;
    expect([client.snapshot().mic, stream.getAudioTracks()[0]?.enabled]).to.deep.equal(['muted', false]);
  });

  it('without worklets the lesson goes on in writing, and says so', async () => {
    const { client, reach } = setup({ playbackWorkletUrl: '/no-such-file.js' });
    expect(await client.start(OPTIONS)).to.deep.equal({ ok: false, error: 'VT_AUDIO_UNAVAILABLE' });
    await reach({ phase: 'listening' });
    expect(client.snapshot().problem).to.equal('VT_AUDIO_UNAVAILABLE');
    const opening = client.openMic();
    const stream = asked[0]!.give();
    expect(await opening).to.deep.equal({ ok: false, error: 'VT_AUDIO_UNAVAILABLE' });
    expect([live(stream), client.snapshot().mic]).to.deep.equal([false, 'off']);
  });

  it('hears words when the gateway leaves that to the page, also when it says so after the microphone opened', async () => {
    FakeSocket.hears = 'browser';
    const { client, heard, socket, reach } = setup();
    const opening = client.openMic();
    asked[0]?.give();
    await opening;
    expect(heard.length).to.equal(0);
    await client.start(OPTIONS);
    await reach({ hears: 'browser' });
    expect(heard.length).to.equal(1);
    expect(heard[0]?.isTutorHeard()).to.equal(false);
    socket().say({ type: 'state', state: 'speaking' });
    await reach({ phase: 'speaking' });
    expect(heard[0]?.isTutorHeard()).to.equal(true);
    socket().say({ type: 'state', state: 'listening' });
    await reach({ phase: 'listening' });
    heard[0]?.say(['two x', 'too x', 'to x', 'tox']);
    heard[0]?.say([]);
    client.setMuted(true);
    heard[0]?.say(['not for the tutor']);
    client.closeMic();
    await Promise.resolve();
    const texts = socket().sent.filter(({ type }) => type === 'text') as object[];
    expect(texts.map((text) => ({ ...text, id: '' }))).to.deep.equal([
      { type: 'text', id: '', source: 'recogniser', text: 'two x', alternatives: ['too x', 'to x'] },
    ]);
    expect(heard[0]?.stopped).to.equal(true);
  });

  it('speaks with the browser’s voice what the gateway leaves to it, and stops it with the turn', async () => {
    const { client, socket, spoken, events } = await lesson();
    socket().say({ type: 'say', turn: 1, text: 'hello' });
    socket().say({ type: 'interrupted', turn: 1 });
    client.interrupt();
    client.sendText('one', 'typed');
    client.sendFeedback('up', 0);
    client.setContext('x = 1');
    await Promise.resolve();
    expect(spoken).to.deep.equal(['hello', '(stop)', '(stop)', '(stop)']);
    expect(events.flatMap((event) => (event.type === 'content' ? [event.message.type] : []))).to.deep.equal([
      'say',
      'interrupted',
    ]);
    expect(
      socket()
        .sent.slice(1)
        .map(({ type }) => type),
    ).to.deep.equal(['text', 'feedback', 'context']);
  });

  it('a listener of the host that throws is reported and stops nothing', async () => {
    const { client, spoken, reach } = setup();
    client.subscribe(() => {
      throw new Error('planted');
    });
    client.warm();
    await reach({ isolation: 'page' });
    expect(spoken[0]).to.equal('voice.listener: Error: planted');
  });
});
