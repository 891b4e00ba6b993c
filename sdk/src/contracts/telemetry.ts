/** What pages report: `POST /v1/ingest`, batches of bounded events. Never speech, text, a URL or a person. */
import * as z from 'zod/mini';
import { Cohort, FlagKey, ReleaseVersion, SiteKey, Uuid } from './ids.js';
import { ErrorCode } from './errors.js';
import { IsolationMode } from './voice.js';

/** Events of one batch, and bytes of its JSON. */
export const BATCH_LIMIT = { events: 50, bytes: 65_536 } as const;

/** Why an event was lost on its way; each loss is counted. */
export const DropReason = z.enum([
  'queue-overflow',
  'sampled-out',
  'send-failed',
  'too-large',
  'storage-full',
  'invalid',
]);
/** Why an event was lost on its way. */
export type DropReason = z.infer<typeof DropReason>;

const ms = z.number().check(z.gte(0), z.lte(86_400_000));
/** `id` makes a second delivery harmless; `atMs` is epoch milliseconds of the page's clock. */
const common = { id: Uuid, atMs: z.number().check(z.gte(0), z.lte(8_640_000_000_000_000)) };

/** A web vital as web-vitals reports it: value in ms, CLS without unit. */
export const Vital = z.object({
  kind: z.literal('vital'),
  ...common,
  name: z.enum(['LCP', 'INP', 'CLS', 'FCP', 'TTFB']),
  value: z.number().check(z.gte(0), z.lte(86_400_000)),
  rating: z.enum(['good', 'needs-improvement', 'poor']),
});
/** A lesson began. */
export const SessionStarted = z.object({ kind: z.literal('session.started'), ...common, isolation: IsolationMode });
/** Time from the learner's words to the tutor's first sound or text. */
export const FirstAnswer = z.object({ kind: z.literal('session.first-answer'), ...common, waitMs: ms });
/** A lesson ended. */
export const SessionEnded = z.object({
  kind: z.literal('session.ended'),
  ...common,
  how: z.enum(['completed', 'left', 'failed']),
  durationMs: ms,
  turns: z.int().check(z.gte(0), z.lte(100_000)),
  reconnects: z.int().check(z.gte(0), z.lte(100_000)),
  underruns: z.int().check(z.gte(0), z.lte(1_000_000)),
});
/** A formula was drawn or could not be. */
export const MathDrawn = z.object({ kind: z.literal('math.drawn'), ...common, ok: z.boolean(), tookMs: ms });
/** A feature was switched off by its guard. */
export const FeatureFault = z.object({
  kind: z.literal('feature.fault'),
  ...common,
  flagKey: FlagKey,
  variant: z.string().check(z.maxLength(64)),
  reason: z.enum(['error', 'time', 'memory']),
});
/** A learner's thumb. */
export const FeedbackGiven = z.object({ kind: z.literal('feedback.given'), ...common, rating: z.enum(['up', 'down']) });
/** Something of ours failed. */
export const ErrorSeen = z.object({ kind: z.literal('error.seen'), ...common, code: ErrorCode });

/** One fact from a page. */
export const TelemetryEvent = z.discriminatedUnion('kind', [
  Vital,
  SessionStarted,
  FirstAnswer,
  SessionEnded,
  MathDrawn,
  FeatureFault,
  FeedbackGiven,
  ErrorSeen,
]);
/** One fact from a page. */
export type TelemetryEvent = z.infer<typeof TelemetryEvent>;

/** What is sent at once. Events are validated one by one, so that a bad one costs only itself. */
export const Batch = z.object({
  batchId: Uuid,
  siteKey: SiteKey,
  release: ReleaseVersion,
  cohort: Cohort,
  /** Variants in force when the batch was made. */
  variants: z.record(FlagKey, z.string().check(z.maxLength(64))),
  /** Losses since the last batch that arrived. */
  dropped: z.partialRecord(DropReason, z.int().check(z.gte(0), z.lte(1_000_000))),
  events: z.array(z.unknown()).check(z.maxLength(BATCH_LIMIT.events)),
});
/** What is sent at once. */
export interface Batch extends z.infer<typeof Batch> {}

/** Answer of the ingest endpoint, given only once the events are durable. */
export const IngestAnswer = z.object({ accepted: z.int(), duplicates: z.int(), rejected: z.int() });
/** Answer of the ingest endpoint. */
export interface IngestAnswer extends z.infer<typeof IngestAnswer> {}
