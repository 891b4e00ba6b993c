/** Takes batches in: each event validated on its own, stored in group commits, acknowledged only when durable. */
import { TelemetryEvent, type Batch, type IngestAnswer } from '@voice-tutor/sdk/contracts/telemetry.js';
import type { MetricReader } from '../domain/ports.js';
import type { DomainEvent } from '../domain/events.js';
import type { Bus } from '../platform/bus/bus.js';
import type { Clock } from '../platform/clock.js';
import type { Db } from '../platform/db/db.js';
import { isStorable } from '../platform/db/storable.js';
import type { Log } from '../platform/log.js';
import { insertEvents, readSeries, rollUpDirty, type EventRow } from './telemetry-store.js';

/** Bounds of the group commit: events in one statement, the wait for company, and events that may wait before 503. */
export const telemetryDefaults = { groupEvents: 2000, groupMs: 5, waitingEvents: 100_000, rollupMs: 2000 };

/** The telemetry room. */
export interface TelemetryService extends MetricReader {
  /** Resolves once the events are committed; null when too many wait already. */
  ingest(batch: Batch): Promise<IngestAnswer | null>;
  /** Events refused since start, by reason. */
  readonly counters: { rejected: number; duplicates: number; accepted: number; refusedBatches: number };
  /** Writes what waits, then stops. */
  close(): Promise<void>;
}

interface Waiting {
  readonly rows: readonly EventRow[];
  resolve(fresh: ReadonlySet<string>): void;
  reject(error: unknown): void;
}

/** Creates the service and starts its roll-ups. */
export function createTelemetryService(
  {
    db,
    bus,
    clock,
    log,
  }: { readonly db: Db; readonly bus: Bus<DomainEvent>; readonly clock: Clock; readonly log: Log },
  options: Partial<typeof telemetryDefaults> = {},
): TelemetryService {
  const { groupEvents, groupMs, waitingEvents, rollupMs } = { ...telemetryDefaults, ...options };
  const counters = { rejected: 0, duplicates: 0, accepted: 0, refusedBatches: 0 };
  const waiting: Waiting[] = [];
  let waitingCount = 0;
  let writing: Promise<void> | null = null;
  let closed = false;
  let stopRollup = () => {};

  const writeGroup = async () => {
    while (waiting.length > 0) {
      const group: Waiting[] = [];
      let size = 0;
      while (waiting[0] && size + waiting[0].rows.length <= Math.max(groupEvents, waiting[0].rows.length)) {
        const next = waiting.shift() as Waiting;
        size += next.rows.length;
        group.push(next);
      }
      try {
        const fresh = await db.tx((tx) =>
          insertEvents(
            tx,
            group.flatMap(({ rows }) => rows),
          ),
        );
        group.forEach(({ resolve }) => resolve(fresh));
      } catch (error) {
        group.forEach(({ reject }) => reject(error));
      }
      waitingCount -= size;
    }
    writing = null;
  };
  const store = (rows: readonly EventRow[]) =>
    new Promise<ReadonlySet<string>>((resolve, reject) => {
      waiting.push({ rows, resolve, reject });
      waitingCount += rows.length;
      // The first of a group waits a moment for others; a statement under way gathers the next group by itself.
      writing ??= new Promise<void>((begin) => void clock.after(groupMs, begin)).then(writeGroup);
    });
  const rollUp = async () => {
    const starts = await db.tx((tx) => rollUpDirty(tx));
    for (const startMs of starts) bus.publish({ type: 'rollup.closed', startMs });
  };
  const rollUpForEver = () => {
    stopRollup = clock.after(rollupMs, () => {
      void rollUp()
        .catch((error: unknown) => log.warn({ error: error as Error }, 'rolling up failed; tried again soon'))
        .finally(() => closed || rollUpForEver());
    });
  };
  rollUpForEver();

  return {
    counters,
    async ingest(batch) {
      if (waitingCount + batch.events.length > waitingEvents || closed) {
        counters.refusedBatches += 1;
        return null;
      }
      const rows: EventRow[] = [];
      for (const raw of batch.events) {
        const parsed = TelemetryEvent.safeParse(raw);
        if (!parsed.success || !isStorable(parsed.data)) continue;
        const { id, atMs, kind, ...payload } = parsed.data;
        rows.push({
          id,
          atMs,
          kind,
          payload,
          siteKey: batch.siteKey,
          release: batch.release,
          cohort: batch.cohort,
          variants: batch.variants,
        });
      }
      const fresh = rows.length > 0 ? await store(rows) : new Set<string>();
      const accepted = new Set(rows.filter(({ id }) => fresh.has(id.toLowerCase())).map(({ id }) => id)).size;
      const answer = { accepted, duplicates: rows.length - accepted, rejected: batch.events.length - rows.length };
      counters.accepted += answer.accepted;
      counters.duplicates += answer.duplicates;
      counters.rejected += answer.rejected;
      return answer;
    },
    async series(name, minutes) {
      return { name, points: await readSeries(db, name, clock.nowMs() - minutes * 60_000) };
    },
    async close() {
      closed = true;
      stopRollup();
      await writing;
    },
  };
}
