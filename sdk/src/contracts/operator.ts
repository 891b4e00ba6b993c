/** The operators' API under `/v1/operator`: a client like the dashboard needs nothing else. Sessions ride on a cookie. */
import * as z from 'zod/mini';
import { CheckpointId, FlagKey, ReleaseVersion, Revision, SiteKey, Uuid } from './ids.js';

/** `POST sign-in`: the one-time token printed at start. Answers 200 with `Operator` and sets the session cookie. */
export const SignInRequest = z.object({ token: z.string().check(z.minLength(16), z.maxLength(256)) });
/** `GET me`: who is signed in. */
export const Operator = z.object({ name: z.string(), role: z.enum(['viewer', 'operator', 'admin']) });
/** Who is signed in. */
export interface Operator extends z.infer<typeof Operator> {}

/** One flag in the list. */
export const FlagRow = z.object({
  flagKey: FlagKey,
  description: z.string(),
  /** True when the default variant is `on` and the flag is not disabled. */
  enabled: z.boolean(),
  variants: z.array(z.string()),
  changedAtMs: z.number(),
});
/** One flag in the list. */
export interface FlagRow extends z.infer<typeof FlagRow> {}
/** `GET flags`. */
export const FlagList = z.object({ revision: Revision, flags: z.array(FlagRow) });
/** `GET flags`. */
export interface FlagList extends z.infer<typeof FlagList> {}
/** `PUT flags/{flagKey}`: 409 `revision-conflict` when `expectedRevision` is not the present one. */
export const FlagChange = z.object({ enabled: z.boolean(), expectedRevision: Revision });
/** Answer to a change: the new revision and the checkpoint taken before it. */
export const ChangeAnswer = z.object({ revision: Revision, checkpointId: CheckpointId });
/** Answer to a change. */
export interface ChangeAnswer extends z.infer<typeof ChangeAnswer> {}

/** A snapshot of all that operators can change. */
export const CheckpointRow = z.object({
  checkpointId: CheckpointId,
  name: z.string(),
  kind: z.enum(['auto', 'named']),
  /** Revision it holds. */
  revision: Revision,
  takenAtMs: z.number(),
  takenBy: z.string(),
  /** SHA-256 over the whole state, hex. */
  digest: z.string(),
});
/** A snapshot of all that operators can change. */
export interface CheckpointRow extends z.infer<typeof CheckpointRow> {}
/** `GET checkpoints`, newest first, at most 200; `POST checkpoints` takes one by hand. */
export const CheckpointList = z.object({ checkpoints: z.array(CheckpointRow) });
/** `GET checkpoints`. */
export interface CheckpointList extends z.infer<typeof CheckpointList> {}
/** `POST checkpoints`. */
export const CheckpointRequest = z.object({ name: z.string().check(z.minLength(1), z.maxLength(80)) });

/** `GET checkpoints/{id}/preview`: what a rollback would change, true at `revision`. */
export const RollbackPreview = z.object({
  checkpointId: CheckpointId,
  revision: Revision,
  changes: z.array(z.object({ flagKey: FlagKey, from: z.nullable(z.string()), to: z.nullable(z.string()) })),
  connectedPages: z.int(),
});
/** What a rollback would change. */
export interface RollbackPreview extends z.infer<typeof RollbackPreview> {}
/** `POST checkpoints/{id}/rollback`: answers `ChangeAnswer`. */
export const RollbackRequest = z.object({ expectedRevision: Revision });

/** One audit entry as operators read it. */
export const AuditRow = z.object({
  seq: z.int(),
  atMs: z.number(),
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
});
/** One audit entry as operators read it. */
export interface AuditRow extends z.infer<typeof AuditRow> {}
/** `GET audit?before=SEQ`, newest first, 100 a page. `intact` is the verdict of the chain's check. */
export const AuditPage = z.object({ entries: z.array(AuditRow), intact: z.boolean() });
/** A page of the audit log. */
export interface AuditPage extends z.infer<typeof AuditPage> {}

/** One connected page. */
export const PageRow = z.object({
  connection: Uuid,
  siteKey: SiteKey,
  origin: z.string(),
  cohort: z.int(),
  release: z.nullable(ReleaseVersion),
  confirmedRevision: z.nullable(Revision),
  confirmedAtMs: z.nullable(z.number()),
});
/** One connected page. */
export interface PageRow extends z.infer<typeof PageRow> {}
/** `GET delivery`, and each `event: delivery` of `GET live` (SSE): who is connected and who confirmed. At most 200 pages listed. */
export const Delivery = z.object({
  revision: Revision,
  connected: z.int(),
  confirmed: z.int(),
  /** From the change to the confirmation of the newest revision, ms; null before the first. */
  p50Ms: z.nullable(z.number()),
  p99Ms: z.nullable(z.number()),
  pages: z.array(PageRow),
});
/** Who is connected and who confirmed. */
export interface Delivery extends z.infer<typeof Delivery> {}

/** `GET metrics?name=LCP&minutes=60`: one point a minute, from roll-ups only; `live` repeats the newest as `event: metric`. */
export const MetricSeries = z.object({
  name: z.string(),
  points: z.array(
    z.object({ startMs: z.number(), count: z.int(), p50: z.nullable(z.number()), p75: z.nullable(z.number()) }),
  ),
});
/** One metric over time. */
export interface MetricSeries extends z.infer<typeof MetricSeries> {}
/** Metrics the dashboard can draw. */
export const METRIC_NAMES = [
  'LCP',
  'INP',
  'CLS',
  'FCP',
  'TTFB',
  'first-answer',
  'session-duration',
  'sessions',
  'errors',
  'math-failures',
] as const;
