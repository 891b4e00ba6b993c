/** Events on their way: bounded, sent in batches, every loss counted by its reason. */
import { BATCH_LIMIT, type Batch, type DropReason, type TelemetryEvent } from '../contracts/telemetry.js';
import { ReleaseVersion, SiteKey } from '../contracts/ids.js';
import type { Clock, Ids } from '../protected-core/ports.js';

/** How a batch left. */
export type SendOutcome = 'sent' | 'retry' | 'refused';

/** What the queue asks of outside. */
export interface EventQueueDeps {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly send: (body: string, leaving: boolean) => Promise<SendOutcome>;
  /** Flags in force, for the batch. */
  readonly variants: () => Readonly<Record<string, string>>;
}

/** Whose events these are, and the queue's bounds. */
export interface EventQueueOptions {
  readonly siteKey: string;
  readonly release: string;
  readonly cohort: number;
  /** Events that wait at most; the oldest goes first. */
  readonly capacity: number;
  readonly flushMs: number;
}

/** The queue. */
export interface EventQueue {
  /** Adds one; `id` and `atMs` are filled in. */
  add(event: NewEvent): void;
  /** Sends what waits. With `leaving` the page is going away and gets no answer. */
  flush(leaving?: boolean): Promise<void>;
  setFlushMs(flushMs: number): void;
  stop(): void;
}
/** An event without what the queue fills in. */
export type NewEvent = TelemetryEvent extends infer E
  ? E extends TelemetryEvent
    ? Omit<E, 'id' | 'atMs'>
    : never
  : never;

/** Most a retry waits; a server that was away is not hurried. */
const LONGEST_WAIT_MS = 300_000;

/** Creates an empty queue. */
export function createEventQueue(
  { clock, ids, send, variants }: EventQueueDeps,
  options: EventQueueOptions,
): EventQueue {
  let waiting: TelemetryEvent[] = [];
  let dropped: Partial<Record<DropReason, number>> = {};
  let { flushMs } = options;
  let waitMs = flushMs;
  let cancel: (() => void) | null = null;
  let sending = false;

  const drop = (reason: DropReason, count = 1) => {
    dropped[reason] = Math.min(1_000_000, (dropped[reason] ?? 0) + count);
  };
  const schedule = () => {
    cancel ??= clock.after(waitMs, () => {
      cancel = null;
      void flush();
    });
  };
  const flush = async (leaving = false) => {
    if (waiting.length === 0 || (sending && !leaving)) return;
    sending = true;
    const events = waiting.slice(0, BATCH_LIMIT.events);
    waiting = waiting.slice(events.length);
    const counted = dropped;
    dropped = {};
    const batch: Batch = {
      batchId: ids.uuid(),
      siteKey: SiteKey.parse(options.siteKey),
      release: ReleaseVersion.parse(options.release),
      cohort: options.cohort,
      variants: variants(),
      dropped: counted,
      events,
    };
    const outcome = await send(JSON.stringify(batch), leaving).catch((): SendOutcome => 'retry');
    sending = false;
    if (outcome === 'sent') waitMs = flushMs;
    else {
      for (const [reason, count] of Object.entries(counted)) drop(reason as DropReason, count);
      if (outcome === 'refused') drop('send-failed', events.length);
      else {
        // The same ids go out again, so that a batch that did arrive is not counted twice.
        waiting = [...events, ...waiting];
        if (waiting.length > options.capacity) {
          drop('queue-overflow', waiting.length - options.capacity);
          waiting = waiting.slice(-options.capacity);
        }
        waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
      }
    }
    if (waiting.length > 0) schedule();
  };
  return {
    add(event) {
      waiting.push({ ...event, id: ids.uuid(), atMs: clock.nowMs() });
      if (waiting.length > options.capacity) {
        waiting.shift();
        drop('queue-overflow');
      }
      schedule();
    },
    flush,
    setFlushMs(next) {
      flushMs = next;
      waitMs = next;
    },
    stop() {
      cancel?.();
      cancel = null;
    },
  };
}
