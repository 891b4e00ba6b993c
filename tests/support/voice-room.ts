/** A voice room alone on a port of its own: real sockets, a scripted tutor, and time that a test may move. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { DownMessage, type UpMessage } from '../../sdk/src/contracts/voice.js';
import { parseAudioFrame, type AudioFrame } from '../../sdk/src/contracts/voice-audio.js';
import type { Site } from '../../control-plane/src/domain/ports.js';
import { systemClock, systemIds, type Clock } from '../../control-plane/src/platform/clock.js';
import type { Db } from '../../control-plane/src/platform/db/db.js';
import { migrate } from '../../control-plane/src/platform/db/migrate.js';
import { openPglite } from '../../control-plane/src/platform/db/pglite-db.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import type {
  ProviderEvents,
  ProviderSession,
  VoiceProvider,
} from '../../control-plane/src/voice/providers/provider.js';
import type { VoiceOptions } from '../../control-plane/src/voice/session-rules.js';
import { createVoice, type Voice } from '../../control-plane/src/voice/voice.js';

/** The origin that pages of the room come from. */
export const ORIGIN = 'http://school.example';
/** The site of the room; a test may say otherwise. */
export const SITE: Site = {
  siteKey: 'pk_room',
  name: 'Room',
  origins: [ORIGIN],
  audience: 'adults',
  consentVersion: 1,
  sessionLimit: 50,
};

/** Time that stands still until it is moved. */
export interface ManualClock extends Clock {
  /** Moves on and runs what is due, in order. */
  advance(ms: number): void;
}

/** Creates such a time. */
export function createManualClock(): ManualClock {
  let now = 1000;
  const due = new Set<{ readonly atMs: number; readonly task: () => void }>();
  return {
    nowMs: () => now,
    monotonicMs: () => now,
    after(delayMs, task) {
      const entry = { atMs: now + delayMs, task };
      due.add(entry);
      return () => void due.delete(entry);
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const [next] = [...due].filter(({ atMs }) => atMs <= until).sort((a, b) => a.atMs - b.atMs);
        if (!next) break;
        due.delete(next);
        now = Math.max(now, next.atMs);
        next.task();
      }
      now = until;
    },
  };
}

/** A tutor that says what a test tells it to, and remembers what it was told. */
export interface ScriptedTutor {
  readonly provider: VoiceProvider;
  /** One for each session, oldest first. */
  readonly sessions: { readonly events: ProviderEvents; readonly calls: (readonly [string, ...unknown[]])[] }[];
  /** The newest session's events. */
  say(): ProviderEvents;
  /** Resolves when a session is open. */
  opened(): Promise<void>;
}

/** Creates it. */
export function createScriptedTutor(about: Partial<VoiceProvider> = {}): ScriptedTutor {
  const sessions: ScriptedTutor['sessions'] = [];
  let onOpen = () => {};
  const provider: VoiceProvider = {
    name: 'default',
    hears: 'server',
    speaks: 'server',
    minors: 'allowed',
    open(_topic, events): ProviderSession {
      const calls: (readonly [string, ...unknown[]])[] = [];
      sessions.push({ events, calls });
      onOpen();
      return {
        sendAudio: (samples) => void calls.push(['audio', samples.length]),
        sendText: (text) => void calls.push(['text', text]),
        endAudio: () => void calls.push(['end-audio']),
        interrupt: () => void calls.push(['interrupt']),
        setContext: (exercise) => void calls.push(['context', exercise.length]),
        close: () => void calls.push(['close']),
      };
    },
    ...about,
  };
  return {
    provider,
    sessions,
    opened: () => new Promise((resolve) => (sessions.length > 0 ? resolve() : (onOpen = resolve))),
    say() {
      const newest = sessions.at(-1);
      if (!newest) throw new Error('no session is open');
      return newest.events;
    },
  };
}

/** A page's end of a socket. */
export interface RoomPage {
  readonly socket: WebSocket;
  readonly messages: readonly DownMessage[];
  readonly frames: readonly AudioFrame[];
  /** Everything in its order: `type seq` of messages, `audio sequence` of frames. */
  readonly order: readonly string[];
  send(message: UpMessage | object): void;
  hello(auth: object): void;
  ask(text: string): void;
  all<K extends DownMessage['type']>(type: K): Extract<DownMessage, { type: K }>[];
  first<K extends DownMessage['type']>(type: K): Promise<Extract<DownMessage, { type: K }>>;
  /** Waits until `fits`, looking each time something comes. */
  until(fits: () => boolean): Promise<void>;
  /** The code that it was closed with. */
  closed(): Promise<number>;
  /** Resolves when the gateway has handled all that was sent before. */
  settled(): Promise<void>;
}

/** A running room. */
export interface VoiceRoom {
  readonly voice: Voice;
  readonly url: string;
  ask(body: unknown, init?: { origin?: string | null; key?: string; method?: string }): Promise<Response>;
  token(): Promise<string>;
  /** Opens a socket without a hello. */
  connect(origin?: string): Promise<RoomPage>;
  /** Opens a socket, says hello and waits for `ready`. */
  join(auth?: object): Promise<RoomPage & { readonly resumeToken: string }>;
  /** Cuts a page's socket off and waits until the gateway has noticed. */
  lose(page: RoomPage): Promise<void>;
  stop(): Promise<void>;
}

/** Opens an embedded database for a test file. */
export async function openRoomDb(): Promise<Db> {
  const db = await openPglite({ dataDir: 'memory://', clock: systemClock });
  await migrate(db, silentLog);
  return db;
}

/** What a page asks for. */
export const WANTED = { consent: { given: true, version: 1 }, lang: 'en' };

/** Starts one. */
export async function startVoiceRoom({
  db,
  tutor,
  clock = systemClock,
  options = {},
  site = SITE,
}: {
  readonly db: Db;
  readonly tutor: ScriptedTutor;
  readonly clock?: Clock;
  readonly options?: Partial<VoiceOptions>;
  readonly site?: Site | (() => Site | null);
}): Promise<VoiceRoom> {
  const present = typeof site === 'function' ? site : () => site;
  const server = createServer();
  // A connection that the server closes just as a client uses it again fails a test for nothing.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const voice = createVoice(
    {
      db,
      clock,
      ids: systemIds,
      log: silentLog,
      provider: tutor.provider,
      publicUrl: () => url,
      sites: {
        bySiteKey: (key) => Promise.resolve(key === present()?.siteKey ? present() : null),
        allows: (one, origin) => origin !== undefined && one.origins.includes(origin),
      },
    },
    { sessionsPerMinute: 10_000, ...options },
  );
  server.on('request', (request, response) => {
    if (!voice.handle(request, response)) response.writeHead(404).end();
  });
  let gone = 0;
  const goneListeners = new Set<() => void>();
  server.on('upgrade', (request, socket, head) => {
    // The gateway's own listener comes after this one, and may take a turn of the loop.
    socket.once('close', () =>
      setImmediate(() => {
        gone += 1;
        for (const listener of [...goneListeners]) listener();
      }),
    );
    if (!voice.handleUpgrade(request, socket, head)) socket.destroy();
  });
  const pages = new Set<WebSocket>();
  const room: VoiceRoom = {
    voice,
    url,
    ask: (body, { origin = ORIGIN, key = SITE.siteKey, method = 'POST' } = {}) =>
      fetch(`${url}/v1/sites/${key}/sessions`, {
        method,
        headers: { 'content-type': 'application/json', ...(origin === null ? {} : { origin }) },
        ...(method === 'GET' || method === 'HEAD'
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    async token() {
      return ((await (await room.ask(WANTED)).json()) as { token: string }).token;
    },
    async connect(origin = ORIGIN) {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/voice`, 'voice-tutor.v1', { origin });
      pages.add(socket);
      const page = watch(socket);
      await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
      socket.on('error', () => undefined);
      return page;
    },
    async join(auth) {
      const right = auth ?? { kind: 'session', token: await room.token() };
      const page = await room.connect();
      page.hello(right);
      const { resumeToken } = await page.first('ready');
      return { ...page, resumeToken };
    },
    lose(page) {
      const wanted = gone + 1;
      return new Promise((resolve) => {
        const look = () => {
          if (gone < wanted) return;
          goneListeners.delete(look);
          resolve();
        };
        goneListeners.add(look);
        page.socket.terminate();
      });
    },
    async stop() {
      for (const page of pages) page.terminate();
      await voice.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return room;
}

function watch(socket: WebSocket): RoomPage {
  const messages: DownMessage[] = [];
  const frames: AudioFrame[] = [];
  const order: string[] = [];
  const waiting = new Set<() => void>();
  let closed: number | null = null;
  let pings = 0;
  const wake = () => {
    for (const look of [...waiting]) look();
  };
  socket.on('message', (data: Buffer, binary) => {
    const frame = binary ? parseAudioFrame(data) : null;
    if (frame) {
      frames.push(frame);
      order.push(`audio ${frame.sequence}`);
    }
    if (!binary) {
      const message = DownMessage.parse(JSON.parse(data.toString('utf8')));
      messages.push(message);
      order.push('seq' in message ? `${message.type} ${message.seq}` : message.type);
    }
    wake();
  });
  socket.on('close', (code) => {
    closed = code;
    wake();
  });
  const all = <K extends DownMessage['type']>(type: K) =>
    messages.filter((message): message is Extract<DownMessage, { type: K }> => message.type === type);
  const until = (fits: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        const done = fits();
        if (!done && closed === null) return;
        waiting.delete(look);
        if (done) resolve();
        else reject(new Error(`closed with ${closed} after ${order.join(', ')}`));
      };
      waiting.add(look);
      look();
    });
  const send = (message: object) => socket.send(JSON.stringify(message));
  return {
    socket,
    messages,
    frames,
    order,
    send,
    all,
    until,
    hello: (auth) => send({ type: 'hello', auth, isolation: 'worker', release: '0.1.0' }),
    ask: (text) => send({ type: 'text', id: randomUUID(), source: 'typed', text }),
    async first(type) {
      await until(() => all(type).length > 0);
      const [found] = all(type);
      if (!found) throw new Error(`no ${type}`);
      return found;
    },
    async closed() {
      await until(() => closed !== null);
      return closed ?? 0;
    },
    async settled() {
      pings += 1;
      const stamp = -pings;
      send({ type: 'ping', sentAtMs: stamp, lastSeq: 0 });
      await until(() => all('pong').some(({ sentAtMs }) => sentAtMs === stamp));
    },
  };
}
