/** The voice gateway's door: who may open a socket, and how all of them are sent on when the process stops. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { VOICE_SUBPROTOCOL } from '@voice-tutor/sdk/contracts/voice.js';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '../platform/clock.js';
import type { Log } from '../platform/log.js';
import type { SessionBook } from './session-book.js';
import type { VoiceOptions } from './session-rules.js';
import type { VoiceCounters } from './voice-counters.js';
import type { VoiceSession } from './voice-session.js';
import { serveVoiceSocket } from './voice-socket.js';

/** What the gateway needs. */
export interface VoiceGatewayDeps {
  readonly book: SessionBook;
  readonly clock: Clock;
  readonly log: Log;
  readonly options: VoiceOptions;
  readonly counters: VoiceCounters;
}

/** The gateway. */
export interface VoiceGateway {
  /** True when the upgrade was taken (or refused) here. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  isDraining(): boolean;
  /** Tells every page to move, waits until all have or `withinMs` are over, closes the rest with 1012. Harmless twice. */
  drain(withinMs: number): Promise<void>;
}

/** WebSocket's own code for "service restart" (IANA registry). */
const RESTART = 1012;
/** Whoever is refused because this process is busy or stops may ask again, here or at another one, after so many seconds. */
const RETRY_SECONDS = 1;

/** Creates the gateway. */
export function createVoiceGateway({ book, clock, log, options, counters }: VoiceGatewayDeps): VoiceGateway {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 65_536,
    handleProtocols: () => VOICE_SUBPROTOCOL,
  });
  const sockets = new Set<WebSocket>();
  const joined = new Map<VoiceSession, WebSocket>();
  let draining: Promise<void> | null = null;
  let lookups = 0;
  let onEmpty = () => {};

  const accept = (socket: WebSocket, origin: string) => {
    counters.sockets += 1;
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) onEmpty();
    });
    serveVoiceSocket(socket, origin, { book, clock, log, options, counters, joined });
  };
  /** Resolves when every socket is closed, at the latest after `withinMs`. */
  const empty = (withinMs: number) =>
    new Promise<void>((resolve) => {
      if (sockets.size === 0) return resolve();
      const cancel = clock.after(withinMs, resolve);
      onEmpty = () => {
        cancel();
        resolve();
      };
    });
  const sendOn = async (withinMs: number) => {
    for (const session of joined.keys()) session.drain(withinMs);
    // A socket without a lesson has nothing to move.
    const busy = new Set(joined.values());
    for (const socket of sockets) if (!busy.has(socket)) socket.close(RESTART, 'the server restarts');
    await empty(withinMs);
    counters.cutOff += sockets.size;
    for (const socket of sockets) socket.close(RESTART, 'the server restarts');
    await empty(options.closeMs);
    for (const socket of sockets) socket.terminate();
  };

  return {
    handleUpgrade(request, socket, head) {
      if (!/^\/v1\/voice(?:\?|$)/.test(request.url ?? '')) return false;
      const { origin } = request.headers;
      const refuse = (line: string, header = '') => {
        counters.refusedUpgrades += 1;
        socket.end(`HTTP/1.1 ${line}\r\n${header}Connection: close\r\nContent-Length: 0\r\n\r\n`);
      };
      const refuseForNow = () => refuse('503 Service Unavailable', `Retry-After: ${RETRY_SECONDS}\r\n`);
      const open = (from: string) => {
        // Asking the database took time: the page may have gone, the process may stop.
        if (draining) refuseForNow();
        else server.handleUpgrade(request, socket, head, (opened) => accept(opened, from));
      };
      socket.on('error', () => socket.destroy());
      const asked = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
      if (draining) refuseForNow();
      else if (!asked.includes(VOICE_SUBPROTOCOL)) refuse('400 Bad Request');
      else if (origin === undefined) refuse('403 Forbidden');
      // Only origins that hold a token that waits, or a session, can have business here.
      else if (book.knowsOrigin(origin)) open(origin);
      else if (lookups >= options.lookups) refuseForNow();
      else {
        lookups += 1;
        book
          .mayResume(origin)
          .then(
            (may) => (may ? open(origin) : refuse('403 Forbidden')),
            () => refuseForNow(),
          )
          .catch(() => void socket.destroy())
          .finally(() => (lookups -= 1));
      }
      return true;
    },
    isDraining: () => draining !== null,
    drain: (withinMs) => (draining ??= sendOn(withinMs)),
  };
}
