/** What the control plane tells as it happens: one EventSource, parsed, reopened when it is refused. Keeps no state of the dashboard. */
import { Delivery, FlagList, MetricSeries } from '@voice-tutor/sdk/contracts/operator.js';

/** The part of the browser's `EventSource` that is used here. */
export interface EventStream {
  /** 0 connecting, 1 open, 2 closed for good. */
  readonly readyState: number;
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

/** What the live connection needs. */
export interface LiveDeps {
  readonly openEvents: (path: string) => EventStream;
  /** Runs `task` once after `delayMs`; returns its cancel. */
  readonly after: (delayMs: number, task: () => void) => () => void;
}

/** One minute of a metric. */
export type MetricPoint = MetricSeries['points'][number];

/** Who hears. */
export interface LiveListener {
  onDelivery(delivery: Delivery): void;
  onMetric(name: string, point: MetricPoint): void;
  onRevision(revision: number): void;
  /** The connection is there, again or for the first time: what was missed has to be read anew. */
  onOpen(): void;
  /** The connection is gone and is being tried again. `refused` means that the control plane answered no. */
  onLost(refused: boolean): void;
}

/** First pause after a refusal; doubled each time up to the longest, so that a fleet of open tabs is no load on a server that starts. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;
const CLOSED = 2;

/** Opens the connection; returns its end. */
export function openLive({ openEvents, after }: LiveDeps, listener: LiveListener): () => void {
  let stream: EventStream | null = null;
  let stopPause = () => {};
  let pauseMs = FIRST_PAUSE_MS;
  let ended = false;

  const connect = () => {
    const opened = openEvents('/v1/operator/live');
    stream = opened;
    const hear = (type: string, take: (data: unknown) => void) =>
      opened.addEventListener(type, (event) => {
        if (!ended && event instanceof MessageEvent) take(parse(event.data));
      });
    hear('delivery', (data) => {
      const parsed = Delivery.safeParse(data);
      if (parsed.success) listener.onDelivery(parsed.data);
    });
    hear('metric', (data) => {
      const { name, point } = (data ?? {}) as { readonly name?: unknown; readonly point?: unknown };
      const parsed = MetricSeries.safeParse({ name, points: [point] });
      const [newest] = parsed.success ? parsed.data.points : [];
      if (parsed.success && newest) listener.onMetric(parsed.data.name, newest);
    });
    hear('flags', (data) => {
      const parsed = FlagList.safeParse({ revision: (data as { revision?: unknown } | null)?.revision, flags: [] });
      if (parsed.success) listener.onRevision(parsed.data.revision);
    });
    opened.addEventListener('open', () => {
      if (ended) return;
      pauseMs = FIRST_PAUSE_MS;
      listener.onOpen();
    });
    opened.addEventListener('error', () => {
      if (ended) return;
      const refused = opened.readyState === CLOSED;
      listener.onLost(refused);
      // A broken connection is reopened by the browser, a refused one is not.
      if (!refused) return;
      opened.close();
      stopPause = after(pauseMs, connect);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
  };
  connect();
  return () => {
    ended = true;
    stopPause();
    stream?.close();
  };
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
