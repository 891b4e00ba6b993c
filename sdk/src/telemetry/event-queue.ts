/** Events on their way: bounded, sampled, sent in batches, every loss counted by its reason. */
import { BATCH_LIMIT, type DropReason, type TelemetryEvent } from '../contracts/telemetry.js';
import { ReleaseVersion, SiteKey } from '../contracts/ids.js';
import type { Clock, Ids, Random } from '../protected-core/ports.js';
import { formBatch, type Envelope } from './batch.js';

/** How a batch left. */
export type SendOutcome = 'sent' | 'retry' | 'refused';

/** What the queue asks of outside. */
export interface EventQueueDeps {
  readonly clock: Clock;
  readonly random: Random;
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
  /** This page load's place among all, in [0, 1), drawn once: it reports where the site's ratio is above it. */
  readonly samplePoint: number;
}

/** Where every event that was ever added is now: `added = sent + dropped + waiting + inFlight`. */
export interface EventCounts {
  readonly added: number;
  readonly sent: number;
  readonly waiting: number;
  readonly inFlight: number;
  readonly dropped: Readonly<Partial<Record<DropReason, number>>>;
}

/** The queue. */
export interface EventQueue {
  /** Adds one; `id` and `atMs` are filled in. */
  add(event: NewEvent): void;
  /** Sends what waits. With `leaving` the page is going away and gets no answer: all of it goes at once, as far as it may. */
  flush(leaving?: boolean): Promise<void>;
  setFlushMs(flushMs: number): void;
  /**
   * Says which share of page loads reports. Until it is known events wait and nothing is sent, not even when the page goes: a site
   * that asked for silence must never be reported on. A page that turns out not to report drops what waits as `sampled-out`.
   */
  setSampleRatio(ratio: number): void;
  counts(): EventCounts;
  /** Ends it: what still waits, and what a sender brings back later, is counted as `send-failed`. */
  stop(): void;
}
/** An event without what the queue fills in. */
export type NewEvent = TelemetryEvent extends infer E
  ? E extends TelemetryEvent
    ? Omit<E, 'id' | 'atMs'>
    : never
  : never;

/** Most a retry waits; a server that was away is not hurried. */
export const LONGEST_WAIT_MS = 300_000;
/** Bytes a page that goes away may leave: Chromium allows 64 KiB for all beacons of a page together, the host's own included. */
export const LEAVING_BYTES = 60_000;
/** The contract's bound for a count. */
const COUNT_LIMIT = 1_000_000;

/** Creates an empty queue. */
export function createEventQueue(
  { clock, random, ids, send, variants }: EventQueueDeps,
  options: EventQueueOptions,
): EventQueue {
  const [siteKey, release] = [SiteKey.safeParse(options.siteKey), ReleaseVersion.safeParse(options.release)];
  let phase: 'undecided' | 'reporting' | 'silent' | 'stopped' = 'undecided';
  let waiting: TelemetryEvent[] = [];
  let unreported: Partial<Record<DropReason, number>> = {};
  const dropped: Partial<Record<DropReason, number>> = {};
  let [added, sent, inFlight, failures] = [0, 0, 0, 0];
  let { flushMs } = options;
  let cancel: (() => void) | null = null;
  let sending = false;

  const owe = (reason: DropReason, count: number) => {
    unreported[reason] = Math.min(COUNT_LIMIT, (unreported[reason] ?? 0) + count);
  };
  const drop = (reason: DropReason, count: number) => {
    if (count <= 0) return;
    dropped[reason] = (dropped[reason] ?? 0) + count;
    owe(reason, count);
  };
  const dropWaiting = (reason: DropReason) => {
    drop(reason, waiting.length);
    waiting = [];
  };
  const trim = () => {
    const over = waiting.length - options.capacity;
    if (over <= 0) return;
    waiting = waiting.slice(over);
    drop('queue-overflow', over);
  };
  const schedule = () => {
    if (phase !== 'reporting' || waiting.length === 0 || cancel) return;
    const waitMs = Math.min(LONGEST_WAIT_MS, flushMs * 2 ** failures);
    // After a failure pages come back apart, not in one moment.
    cancel = clock.after(failures > 0 ? waitMs * (0.5 + random.next() / 2) : waitMs, () => {
      cancel = null;
      void flush();
    });
  };
  /** Takes a batch from the front; null when nothing waits or fits. */
  const take = (limitBytes: number) => {
    while (waiting.length > 0 && siteKey.success && release.success) {
      const envelope: Envelope = {
        batchId: ids.uuid(),
        siteKey: siteKey.data,
        release: release.data,
        cohort: options.cohort,
        variants: variants(),
        dropped: unreported,
      };
      const { body, bytes, taken } = formBatch(envelope, waiting, limitBytes);
      const events = waiting.slice(0, taken);
      waiting = waiting.slice(taken);
      if (taken > 0) {
        const counted = unreported;
        unreported = {};
        return { body, bytes, events, counted };
      }
      if (limitBytes < BATCH_LIMIT.bytes) return null;
      waiting = waiting.slice(1);
      drop('too-large', 1);
    }
    return null;
  };
  const deliver = async ({ body, events, counted }: NonNullable<ReturnType<typeof take>>, leaving: boolean) => {
    inFlight += events.length;
    let outcome: SendOutcome;
    try {
      outcome = await send(body, leaving);
    } catch {
      outcome = 'retry';
    }
    inFlight -= events.length;
    if (outcome === 'sent') {
      sent += events.length;
      return true;
    }
    for (const [reason, count] of Object.entries(counted)) owe(reason as DropReason, count);
    if (outcome === 'refused' || phase === 'stopped') drop('send-failed', events.length);
    else if (phase === 'silent') drop('sampled-out', events.length);
    else {
      // The same events with the same ids go out again, so that a batch that did arrive is not counted twice.
      waiting = [...events, ...waiting];
      trim();
    }
    return outcome === 'refused';
  };
  const flush = async (leaving = false) => {
    if (phase !== 'reporting' || (sending && !leaving)) return;
    const deliveries: Promise<boolean>[] = [];
    // Within this one moment, because a page that goes may never get another.
    for (let budget = LEAVING_BYTES; ;) {
      const batch = take(leaving ? budget : BATCH_LIMIT.bytes);
      if (!batch) break;
      budget -= batch.bytes;
      deliveries.push(deliver(batch, leaving));
      if (!leaving) break;
    }
    if (deliveries.length > 0) {
      if (!leaving) sending = true;
      const arrived = await Promise.all(deliveries);
      if (!leaving) sending = false;
      failures = arrived.every(Boolean) ? 0 : Math.min(20, failures + 1);
    }
    schedule();
  };
  return {
    add(event) {
      added += 1;
      if (!siteKey.success || !release.success) return drop('invalid', 1);
      if (phase === 'silent') return drop('sampled-out', 1);
      if (phase === 'stopped') return drop('send-failed', 1);
      waiting.push({ ...event, id: ids.uuid(), atMs: clock.nowMs() });
      trim();
      schedule();
    },
    flush,
    setFlushMs(next) {
      flushMs = next;
    },
    setSampleRatio(ratio) {
      if (phase === 'stopped') return;
      phase = options.samplePoint < ratio ? 'reporting' : 'silent';
      if (phase === 'silent') dropWaiting('sampled-out');
      schedule();
    },
    counts: () => ({ added, sent, inFlight, waiting: waiting.length, dropped: { ...dropped } }),
    stop() {
      phase = 'stopped';
      cancel?.();
      cancel = null;
      dropWaiting('send-failed');
    },
  };
}
