/** The voice socket: who may open one, what it may send, and what happens when it is lost. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { CLOSE, UpMessage, VOICE_SUBPROTOCOL } from '@voice-tutor/sdk/contracts/voice.js';
import { AUDIO_KIND, AUDIO_FRAME_LIMIT_BYTES, parseAudioFrame } from '@voice-tutor/sdk/contracts/voice-audio.js';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Clock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import type { SessionBook } from './session-book.js';
import { createBucket, type VoiceOptions } from './session-rules.js';
import type { VoiceSession, Wire } from './voice-session.js';

/** What the gateway needs. */
export interface VoiceGatewayDeps {
  readonly book: SessionBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly options: VoiceOptions;
}

/** Outcomes since start. */
export interface VoiceCounters {
  sockets: number;
  frames: number;
  droppedFrames: number;
  droppedAudio: number;
  garbage: number;
  unknown: number;
  resumed: number;
}

/** The gateway. */
export interface VoiceGateway {
  readonly counters: VoiceCounters;
  /** True when the upgrade was taken (or refused) here. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Tells every page to move within `withinMs`, then closes with 1012. */
  drain(withinMs: number): void;
}

/** Creates the gateway. */
export function createVoiceGateway({ book, clock, log, options }: VoiceGatewayDeps): VoiceGateway {
  const counters: VoiceCounters = {
    sockets: 0,
    frames: 0,
    droppedFrames: 0,
    droppedAudio: 0,
    garbage: 0,
    unknown: 0,
    resumed: 0,
  };
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 65_536,
    handleProtocols: () => VOICE_SUBPROTOCOL,
  });
  const joined = new Map<VoiceSession, WebSocket>();

  const wireOf = (socket: WebSocket): Wire => ({
    text: (data) => socket.send(data),
    binary(data) {
      if (socket.bufferedAmount > options.bufferedBytes) counters.droppedAudio += 1;
      else socket.send(data);
    },
  });
  const accept = (socket: WebSocket, origin: string) => {
    counters.sockets += 1;
    let session: VoiceSession | null = null;
    let garbage = 0;
    const mayFrame = createBucket(options.framesPerSecond);
    const mayTalk = createBucket(options.messagesPerSecond);
    let stopWaiting = clock.after(options.helloMs, () => socket.close(CLOSE.timeout, 'no hello'));
    const heard = () => {
      stopWaiting();
      stopWaiting = clock.after(options.silentMs, () => socket.terminate());
    };
    const bad = () => {
      counters.garbage += 1;
      garbage += 1;
      if (garbage > options.garbage) socket.close(CLOSE.protocol, 'not of the protocol');
    };
    const refuse = (code: number, reason: string, error: 'VT_SESSION_EXPIRED' | 'VT_PROTOCOL') => {
      socket.send(JSON.stringify({ type: 'error', seq: 0, code: error, retryable: error === 'VT_SESSION_EXPIRED' }));
      socket.close(code, reason);
    };
    const join = async ({ auth }: Extract<UpMessage, { type: 'hello' }>) => {
      const found = auth.kind === 'session' ? book.take(auth.token, origin) : await book.resume(auth.token, origin);
      if (socket.readyState !== socket.OPEN) return;
      if (!found) return refuse(CLOSE.unauthorized, 'unknown or used token', 'VT_SESSION_EXPIRED');
      const before = joined.get(found);
      if (before) {
        joined.delete(found);
        before.close(CLOSE.replaced, 'another socket has this session');
      }
      if (
        !found.attach(wireOf(socket), auth.kind === 'resume' ? { seq: auth.lastSeq, turn: auth.lastTurn ?? 0 } : null)
      ) {
        found.close();
        return refuse(CLOSE.unauthorized, 'too old', 'VT_SESSION_EXPIRED');
      }
      if (auth.kind === 'resume') counters.resumed += 1;
      session = found;
      joined.set(found, socket);
    };
    const text = (data: string) => {
      const message = readMessage(data);
      if (message === 'unknown') return void (counters.unknown += 1);
      if (message === 'garbage') return bad();
      if (!mayTalk(clock.monotonicMs())) return socket.close(CLOSE.tooMuch, 'too many messages');
      if (message.type === 'ping') return socket.send(JSON.stringify({ type: 'pong', sentAtMs: message.sentAtMs }));
      if (message.type === 'hello') {
        if (session) return bad();
        return void join(message).catch((error: unknown) => {
          log.error({ error: error as Error }, 'a session could not be joined');
          socket.close(CLOSE.failed, 'failed');
        });
      }
      if (!session) return bad();
      session.message(message);
      if (message.type === 'bye') socket.close(1000, 'bye');
    };
    const binary = (data: Buffer) => {
      counters.frames += 1;
      const frame = data.length <= AUDIO_FRAME_LIMIT_BYTES ? parseAudioFrame(data) : null;
      if (!frame || frame.kind !== AUDIO_KIND.mic || !session) return bad();
      if (!mayFrame(clock.monotonicMs())) counters.droppedFrames += 1;
      else session.audio(frame.samples);
    };
    socket.on('message', (data: RawData, isBinary: boolean) => {
      heard();
      const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data;
      try {
        if (isBinary) binary(bytes);
        else text(bytes.toString('utf8'));
      } catch (error) {
        // One page's message must not end everybody's lesson.
        log.error({ error: error as Error }, 'a message could not be handled');
        socket.close(CLOSE.failed, 'failed');
      }
    });
    // Also thrown for frames that break RFC 6455 or are too large; `ws` closes the socket itself.
    socket.on('error', () => void (counters.garbage += 1));
    socket.on('close', () => {
      stopWaiting();
      if (!session || joined.get(session) !== socket) return;
      joined.delete(session);
      session.detach();
      book.detached(session);
    });
  };
  return {
    counters,
    handleUpgrade(request, socket, head) {
      if (!/^\/v1\/voice(?:\?|$)/.test(request.url ?? '')) return false;
      const { origin } = request.headers;
      const refuse = (line: string) => socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      socket.on('error', () => socket.destroy());
      const asked = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      if (!asked.includes(VOICE_SUBPROTOCOL)) refuse('400 Bad Request');
      // Only origins that hold a token that waits, or a session, can have business here.
      else if (origin === undefined || !book.knowsOrigin(origin)) {
        book.mayResume(origin).then(
          (may) =>
            may
              ? server.handleUpgrade(request, socket, head, (opened) => accept(opened, origin ?? ''))
              : refuse('403 Forbidden'),
          () => refuse('503 Service Unavailable'),
        );
      } else server.handleUpgrade(request, socket, head, (opened) => accept(opened, origin));
      return true;
    },
    drain(withinMs) {
      for (const [session, socket] of joined) {
        session.drain(withinMs);
        socket.close(1012, 'the server restarts');
      }
    },
  };
}

function readMessage(data: string): UpMessage | 'unknown' | 'garbage' {
  let raw: unknown;
  try {
    raw = JSON.parse(data);
  } catch {
    return 'garbage';
  }
  const parsed = UpMessage.safeParse(raw);
  if (parsed.success) return parsed.data;
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined;
  const known = UpMessage.def.options.some((option) => option.shape.type.def.values.some((value) => value === type));
  return typeof type === 'string' && !known ? 'unknown' : 'garbage';
}
