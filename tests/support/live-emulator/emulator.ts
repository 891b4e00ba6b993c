/** The emulator of the Gemini Live API: one HTTP server that upgrades, refuses, answers text and can be steered. Composition root of this folder. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { judgeCredential } from './admission.js';
import { CLOSES, type Close } from './closes.js';
import { answerControl } from './control-endpoint.js';
import type { Heard } from './listener.js';
import { DEFAULT_MODELS } from './models.js';
import { realClock, realRandom, type Clock, type Random } from './ports.js';
import { parseLiveAddress, parseTextAddress, type LiveAddress } from './request-path.js';
import { createHandleStore } from './resumption.js';
import type { Scenario, Script } from './scenario.js';
import { createScriptBook } from './script.js';
import { createSession, type Session, type SessionOptions } from './session.js';
import { createStatsBook, type EmulatorStats } from './stats.js';
import { answerText } from './text-endpoint.js';
import { paceDefaults, type Pace } from './turn.js';
import { toCloseReason, toFrame } from './wire-format.js';

/** How the emulator behaves; every member has a default. */
export interface LiveEmulatorOptions {
  /** Address to listen on; default `127.0.0.1`. */
  readonly host?: string;
  /** Port to listen on; default 0, a free one. */
  readonly port?: number;
  /** Judges a key; default: every key is good except those that begin with `bad` (`bad-expired…` is called expired). */
  readonly acceptsKey?: (key: string) => boolean;
  /** Live models served, without `models/`; default the three of `DEFAULT_MODELS`. */
  readonly models?: readonly string[];
  /** Words heard in successive spoken turns; the last repeats. Default: the equation 2x + 3 = 11. */
  readonly utterances?: readonly string[];
  /** Asked before the built-in tutor's scenarios; first match answers. */
  readonly scenarios?: readonly Scenario[];
  /** Decides the words of a stretch of speech instead of `utterances`; an empty answer means that nothing was understood. */
  readonly hear?: (heard: Heard) => string;
  /** Parts of the pace that differ from `paceDefaults`. */
  readonly pace?: Partial<Pace>;
  /** From setup to `setupComplete`; default 30. */
  readonly setupDelayMs?: number;
  /** From `setupComplete` to goAway; default 600000 (ten minutes), 0 = never. */
  readonly lifetimeMs?: number;
  /** From goAway to the close; default 50000. */
  readonly goAwayTimeLeftMs?: number;
  /** Several facts in one message, as 3.x models send; default true. */
  readonly bundleFacts?: boolean;
  /** Between two chunks of a text stream; default 15. */
  readonly chunkDelayMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Default: the machine's. */
  readonly random?: Random;
}

/** A running emulator. */
export interface LiveEmulator {
  /** `http://host:port`, without a slash at the end: the `baseUrl` for clients. */
  readonly url: string;
  readonly port: number;
  /** A snapshot of all counters. */
  stats(): EmulatorStats;
  /** The first snapshot that fits, now or as soon as what it counts has happened: no need to ask again and again. */
  until(fits: (stats: EmulatorStats) => boolean): Promise<EmulatorStats>;
  /** Announces the end to every ready session; how many were told. */
  goAway(timeLeftMs?: number): number;
  /** Closes every connection as the service would; how many were open. */
  closeConnections(close: Close): number;
  /** Replaces utterances, scenarios or both, for turns that begin from now on. */
  setScenario(script: Script): void;
  /** Ends all connections (1001) and stops listening. Closing twice is fine. */
  close(): Promise<void>;
}

/** Largest client message taken. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;
/** How long a peer may take to answer a close before its socket is cut. */
const CLOSE_GRACE_MS = 500;

/**
 * Starts an emulator of the Gemini Live API.
 *
 * @returns once it listens. Fails when the port is taken.
 * @example
 * const emulator = await createLiveEmulator({ utterances: ['what is a prime number'] });
 * const client = new GoogleGenAI({ apiKey: 'any', httpOptions: { baseUrl: emulator.url } });
 */
export async function createLiveEmulator(options: LiveEmulatorOptions = {}): Promise<LiveEmulator> {
  const { host = '127.0.0.1', clock = realClock, random = realRandom } = options;
  const acceptsKey = options.acceptsKey ?? ((key: string) => !key.startsWith('bad'));
  const book = createStatsBook();
  const handles = createHandleStore({ clock, random });
  const script = createScriptBook(
    {
      ...(options.utterances === undefined || options.utterances.length === 0
        ? {}
        : { utterances: [...options.utterances] }),
      ...(options.scenarios === undefined ? {} : { scenarios: [...options.scenarios] }),
    },
    options.hear,
  );
  const sessionOptions: SessionOptions = {
    models: options.models ?? DEFAULT_MODELS,
    pace: { ...paceDefaults, ...options.pace },
    setupDelayMs: options.setupDelayMs ?? 30,
    lifetimeMs: options.lifetimeMs ?? 600_000,
    goAwayTimeLeftMs: options.goAwayTimeLeftMs ?? 50_000,
    bundleFacts: options.bundleFacts ?? true,
  };
  const open = new Map<WebSocket, { readonly session: Session; readonly close: (close: Close) => void }>();
  const upgrader = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });

  function connect(socket: WebSocket, address: LiveAddress, path: string): void {
    const { apiVersion, constrained, source } = address;
    const page = book.open({ apiVersion, constrained, keySource: source, path });
    const close = ({ code, reason }: Close): void => {
      if (page.closedBy !== undefined) return;
      page.closedBy = 'emulator';
      socket.close(code, toCloseReason(reason));
      const cancel = clock.after(CLOSE_GRACE_MS, () => socket.terminate());
      socket.once('close', cancel);
    };
    const session = createSession(
      {
        clock,
        random,
        handles,
        script,
        close,
        isOpen: () => socket.readyState === WebSocket.OPEN,
        send: (message) => {
          if (socket.readyState !== WebSocket.OPEN) return;
          page.messagesOut += 1;
          socket.send(toFrame(message), { binary: true });
        },
      },
      sessionOptions,
      page,
    );
    open.set(socket, { session, close });
    socket.on('message', (data: RawData) => {
      session.receive(toText(data));
      book.touched();
    });
    // A protocol violation ends the socket; the close event that follows does the rest.
    socket.on('error', () => undefined);
    socket.on('close', (code, reason) => {
      page.closedBy ??= 'client';
      page.closeCode = code;
      page.closeReason = reason.toString('utf8');
      session.stop();
      open.delete(socket);
    });
    const refusal = judgeCredential(address, acceptsKey);
    if (refusal === undefined) return;
    session.stop();
    close(refusal);
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const target = request.url ?? '';
    const address = parseLiveAddress(target, request.headers);
    if (address === undefined) {
      book.pathsRefused += 1;
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    upgrader.handleUpgrade(request, socket, head, (webSocket) =>
      connect(webSocket, address, target.replace(/\?.*$/, '')),
    );
  }

  function goAway(timeLeftMs?: number): number {
    return [...open.values()].filter(({ session }) => session.goAway(timeLeftMs)).length;
  }

  function closeConnections(reason: Close): number {
    const count = open.size;
    for (const { session, close } of open.values()) {
      session.stop();
      close(reason);
    }
    return count;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.url ?? '';
    const path = target.replace(/\?.*$/, '');
    if (path.startsWith('/__emulator/')) {
      const control = {
        stats: () => book.snapshot(),
        setScenario: (change: Script) => script.set(change),
        goAway,
        closeConnections,
      };
      return answerControl(control, path, request, response);
    }
    const address = request.method === 'POST' ? parseTextAddress(target, request.headers) : undefined;
    if (address !== undefined) {
      book.textRequests += 1;
      return answerText(
        { clock, random, script, acceptsKey },
        { chunkDelayMs: options.chunkDelayMs ?? 15 },
        address,
        request,
        response,
      );
    }
    response.writeHead(404).end();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('upgrade', upgrade);
  const port = await listen(server, options.port ?? 0, host);
  let closing: Promise<void> | undefined;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    stats: () => book.snapshot(),
    until: (fits) => book.until(fits),
    goAway,
    closeConnections,
    setScenario: (change) => script.set(change),
    close() {
      closing ??= new Promise((done) => {
        // The machine's time, whatever clock the sessions live by: a test must be able to stop.
        const cancel = realClock.after(CLOSE_GRACE_MS, () => {
          for (const socket of open.keys()) socket.terminate();
        });
        server.close(() => {
          cancel();
          done();
        });
        closeConnections(CLOSES.stopping);
        server.closeAllConnections();
      });
      return closing;
    },
  };
}

function toText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done((server.address() as AddressInfo).port);
    });
  });
}
