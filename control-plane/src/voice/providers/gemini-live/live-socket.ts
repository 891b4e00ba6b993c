/** One connection to the Live service: opens, sets up within its time, passes messages on, says once how it ended. */
import { WebSocket } from 'ws';
import type { Clock } from '../../../platform/clock.js';
import { judgeClose, judgeStatus, type Verdict } from './close-reasons.js';
import { readServerMessage, type ServerMessage } from './messages.js';

const PATH = '/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent';
/** A setup that the service does not like may never be answered. */
const SETUP_MS = 15_000;
/** The service closes in well under this; then the line is cut. */
const CLOSE_MS = 2000;
/** Seconds of sound in base64 are below 1 MiB; a larger message is no answer. */
const MESSAGE_BYTES = 8 * 1_048_576;
/** Unsent bytes above which sound is dropped: about 20 s of it. */
const BUFFERED_BYTES = 1_048_576;

/** What a connection needs. */
export interface LiveSocketDeps {
  readonly clock: Clock;
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly setup: object;
  readonly onReady: () => void;
  readonly onMessage: (message: ServerMessage) => void;
  /** It ended by itself. Not called after `close`. */
  readonly onEnd: (verdict: Verdict, code: number) => void;
}

/** A connection. */
export interface LiveSocket {
  /** Sends an object or its JSON; false when it is not ready. Sound on a line that cannot take it is dropped, not kept. */
  send(message: object | string, kind: 'audio' | 'text'): boolean;
  /** Ends it silently; `done` is called when the line is closed, at the latest after 2 s. */
  close(done?: () => void): void;
}

/** The address of the method under a base URL of http(s) or ws(s). */
export function liveUrl(baseUrl: string): string {
  return baseUrl.replace(/^http/, 'ws').replace(/\/+$/, '') + PATH;
}

/** Opens one; events never come before it returned. */
export function openLiveSocket(deps: LiveSocketDeps): LiveSocket {
  const { clock } = deps;
  let phase: 'connecting' | 'ready' | 'ended' = 'connecting';
  let status: number | null = null;
  let cancelTimer: () => void = () => undefined;
  const end = (verdict: Verdict, code: number) => {
    if (phase === 'ended') return;
    phase = 'ended';
    cancelTimer();
    deps.onEnd(verdict, code);
  };
  let socket: WebSocket;
  try {
    socket = new WebSocket(liveUrl(deps.baseUrl), {
      headers: { 'x-goog-api-key': deps.apiKey },
      maxPayload: MESSAGE_BYTES,
      perMessageDeflate: false,
    });
  } catch {
    // An address that is none, or a key that no header can carry.
    cancelTimer = clock.after(0, () => end({ failure: 'configuration', retry: 'no' }, 0));
    return {
      send: () => false,
      close(done) {
        phase = 'ended';
        cancelTimer();
        done?.();
      },
    };
  }
  cancelTimer = clock.after(SETUP_MS, () => {
    end({ failure: 'temporary', retry: 'resume' }, 0);
    socket.terminate();
  });
  socket.on('open', () => socket.send(JSON.stringify(deps.setup)));
  socket.on('unexpected-response', (_request, response) => {
    status = response.statusCode ?? 0;
    socket.terminate();
  });
  // A close follows each error and tells more.
  socket.on('error', () => undefined);
  socket.on('close', (code, reason) =>
    end(status === null ? judgeClose(code, reason.toString('utf8')) : judgeStatus(status), status ?? code),
  );
  socket.on('message', (data) => {
    if (phase === 'ended') return;
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data);
    const message = readServerMessage(bytes.toString('utf8'));
    if (!message) return;
    if (message.setupComplete && phase === 'connecting') {
      phase = 'ready';
      cancelTimer();
      deps.onReady();
    }
    deps.onMessage(message);
  });
  return {
    send(message, kind) {
      if (phase !== 'ready' || socket.readyState !== WebSocket.OPEN) return false;
      if (kind === 'text' || socket.bufferedAmount < BUFFERED_BYTES)
        socket.send(typeof message === 'string' ? message : JSON.stringify(message));
      return true;
    },
    close(done) {
      phase = 'ended';
      cancelTimer();
      if (socket.readyState === WebSocket.CLOSED) return done?.();
      const cancel = clock.after(CLOSE_MS, () => socket.terminate());
      socket.on('close', () => {
        cancel();
        done?.();
      });
      socket.close(1000);
    },
  };
}
