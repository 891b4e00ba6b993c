/** Keeps one event stream open: opens it, opens it again when it breaks. Knows nothing of what it carries. */
import type { Clock, Random } from '../protected-core/ports.js';

/** A server-sent event source, as much of it as is used. */
export interface EventStream {
  onEvent(listener: (event: string, data: string) => void): void;
  /** The stream broke; a new one is opened. */
  onBroken(listener: () => void): void;
  close(): void;
}

/** What keeping a stream asks of outside. */
export interface StreamDeps {
  readonly clock: Clock;
  readonly random: Random;
  /** Opens one; null where the browser has none. */
  readonly openStream: (url: string) => EventStream | null;
  readonly onFault: (error: unknown) => void;
}

/** Where the stream is and what happens with it. */
export interface StreamOptions {
  /** Asked at each opening, because it names what is known by then. */
  readonly address: () => string;
  readonly onEvent: (event: string, data: string) => void;
  readonly onLost: () => void;
}

/** First retry comes within this time, each further one within the double. */
export const FIRST_RETRY_MS = 1000;
/** Longest a retry may wait: how late a page can learn of a decision after a long absence of the server. */
export const LONGEST_RETRY_MS = 60_000;
/** A stream that held so long was a good one. A server that greets and dies at once must not be asked every second. */
export const SETTLED_MS = 10_000;

/** Opens a stream and keeps it; returns its stop. A browser without streams is left alone. */
export function keepStream(
  { clock, random, openStream, onFault }: StreamDeps,
  { address, onEvent, onLost }: StreamOptions,
): () => void {
  let stopped = false;
  let closeStream = () => {};
  let cancelRetry = () => {};
  let retryMs = FIRST_RETRY_MS;
  const open = () => {
    let stream: EventStream | null;
    try {
      stream = openStream(address());
    } catch (error) {
      // An address the browser cannot parse will not get better.
      return onFault(error);
    }
    if (!stream) return;
    let broken = false;
    let heardAtMs: number | null = null;
    closeStream = () => stream.close();
    stream.onEvent((event, data) => {
      if (broken || stopped) return;
      heardAtMs ??= clock.monotonicMs();
      onEvent(event, data);
    });
    stream.onBroken(() => {
      if (broken || stopped) return;
      broken = true;
      stream.close();
      onLost();
      if (heardAtMs !== null && clock.monotonicMs() - heardAtMs >= SETTLED_MS) retryMs = FIRST_RETRY_MS;
      // Full jitter: a thousand pages that lost one server must not come back in one moment.
      cancelRetry = clock.after(retryMs * random.next(), open);
      retryMs = Math.min(LONGEST_RETRY_MS, retryMs * 2);
    });
  };
  open();
  return () => {
    stopped = true;
    cancelRetry();
    closeStream();
  };
}
