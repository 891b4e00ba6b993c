/** Server-sent events (WHATWG HTML 9.2) on a bare response: the writer, its heartbeat and its bound. */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.js';

/** A comment line this often keeps proxies from closing a quiet stream. */
const HEARTBEAT_MS = 20_000;
/** A client that leaves more than this unread is closed; it reconnects and gets the newest state. */
const BUFFER_LIMIT_BYTES = 1_048_576;

/** One open stream. */
export interface SseStream {
  /** Sends one event; `data` is one line of JSON. */
  send(event: string, data: string, id?: number | string): void;
  /** Ends the stream. Harmless twice. */
  close(): void;
}

/** Starts a stream; `onClose` runs once, whoever ends it. `retryMs` tells the client when to come back. */
export function openSse(
  response: ServerResponse,
  {
    clock,
    onClose,
    retryMs = 1000,
  }: { readonly clock: Clock; readonly onClose: () => void; readonly retryMs?: number },
): SseStream {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${retryMs}\n\n`);
  let open = true;
  const write = (text: string) => {
    if (!open) return;
    response.write(text);
    if (response.writableLength > BUFFER_LIMIT_BYTES) response.destroy();
  };
  let stopHeartbeat = () => {};
  const beat = () => {
    write(':\n\n');
    stopHeartbeat = clock.after(HEARTBEAT_MS, beat);
  };
  stopHeartbeat = clock.after(HEARTBEAT_MS, beat);
  response.on('close', () => {
    if (!open) return;
    open = false;
    stopHeartbeat();
    onClose();
  });
  return {
    send: (event, data, id) => write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`),
    close: () => {
      if (open) response.end();
    },
  };
}
