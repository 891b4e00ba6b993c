/** Forms batches from waiting events: pure, within a bound of events and of bytes. */
import { BATCH_LIMIT, type Batch, type TelemetryEvent } from '../contracts/telemetry.js';

/** A batch without its events. */
export type Envelope = Omit<Batch, 'events'>;

/** A batch ready to be sent. */
export interface FormedBatch {
  readonly body: string;
  /** Bytes of `body` in UTF-8. */
  readonly bytes: number;
  /** Events taken from the front; 0 when not even the first fits. */
  readonly taken: number;
}

const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;

/**
 * Puts as many events as fit behind an envelope.
 *
 * @param limitBytes at most `BATCH_LIMIT.bytes`. Variants may take half of it; those beyond are left out, last flags first,
 * because a site with a thousand flags must still be able to report.
 */
export function formBatch(envelope: Envelope, waiting: readonly TelemetryEvent[], limitBytes: number): FormedBatch {
  const limit = Math.min(limitBytes, BATCH_LIMIT.bytes);
  const head = JSON.stringify({ ...envelope, variants: fitting(envelope.variants, limit / 2), events: [] });
  let bytes = bytesOf(head);
  const events: string[] = [];
  for (const event of waiting.slice(0, BATCH_LIMIT.events)) {
    const text = JSON.stringify(event);
    const added = bytesOf(text) + (events.length > 0 ? 1 : 0);
    if (bytes + added > limit) break;
    bytes += added;
    events.push(text);
  }
  // `events` is the last key of the head: its empty list is filled instead of writing everything twice.
  return { body: `${head.slice(0, -2)}${events.join(',')}]}`, bytes, taken: events.length };
}

function fitting(variants: Envelope['variants'], limitBytes: number): Envelope['variants'] {
  let bytes = 2;
  const kept: Record<string, string> = {};
  for (const [flagKey, variant] of Object.entries(variants)) {
    bytes += bytesOf(JSON.stringify([flagKey, variant]));
    if (bytes > limitBytes) break;
    kept[flagKey] = variant;
  }
  return kept;
}
