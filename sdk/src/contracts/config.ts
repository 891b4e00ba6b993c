/**
 * The config answer: everything one page needs, in one cacheable body.
 * `GET /v1/sites/{siteKey}/config?cohort=N` answers it with an ETag; `GET …/stream?cohort=N&since=R` pushes it (SSE).
 */
import * as z from 'zod/mini';
import { Decision } from './decisions.js';
import { FlagAnswer } from './flags.js';
import { Cohort, Revision, SiteKey, Uuid } from './ids.js';
import { ReleaseAnswer } from './releases.js';
import { IsolationMode } from './voice.js';

/** Everything one page needs. */
export const ConfigAnswer = z.object({
  revision: Revision,
  environment: z.string().check(z.maxLength(32)),
  site: z.object({
    siteKey: SiteKey,
    name: z.string().check(z.maxLength(120)),
    audience: z.enum(['adults', 'minors']),
    /** The consent text's version; a stored consent of another version does not count. */
    consentVersion: z.int(),
  }),
  release: ReleaseAnswer,
  flags: z.array(FlagAnswer).check(z.maxLength(2000)),
  /** The newest decisions, at most 50, newest last. */
  decisions: z.array(Decision).check(z.maxLength(50)),
  telemetry: z.object({
    /** Share of page loads that report, 0–1. */
    sampleRatio: z.number().check(z.gte(0), z.lte(1)),
    flushMs: z.int().check(z.gte(1000), z.lte(600_000)),
  }),
  voice: z.object({ isolation: z.array(IsolationMode).check(z.maxLength(4)) }),
});
/** Everything one page needs. */
export interface ConfigAnswer extends z.infer<typeof ConfigAnswer> {}

/** First event of a stream (`event: hello`): names the connection, for confirmations. */
export const StreamHello = z.object({ connection: Uuid, revision: Revision });
/** First event of a stream. */
export interface StreamHello extends z.infer<typeof StreamHello> {}

/** `POST /v1/sites/{siteKey}/confirmations` (text/plain or JSON): the page obeys this revision now. */
export const Confirmation = z.object({ connection: Uuid, revision: Revision });
/** The page obeys this revision now. */
export interface Confirmation extends z.infer<typeof Confirmation> {}

/** Query of config and stream, as strings from the URL. */
export const ConfigQuery = z.object({
  cohort: z.pipe(z.string().check(z.regex(/^\d{1,3}$/)), z.transform(Number)),
  /** Revision the page already has; stream only. */
  since: z.optional(z.pipe(z.string().check(z.regex(/^\d{1,15}$/)), z.transform(Number))),
  /** Release that runs in the page; stream only, shown to operators. */
  release: z.optional(z.string().check(z.maxLength(32))),
});
/** The cohort's bounds, for those who draw one. */
export const cohortSchema = Cohort;
