/** Opening a session over HTTP: `POST /v1/sites/{siteKey}/sessions`. The socket itself: `voice.ts`. */
import * as z from 'zod/mini';
import { LanguageTag, SessionId } from './ids.js';

/** Without NUL, which no database keeps as text. */
const words = (limit: number) => z.string().check(z.maxLength(limit), z.regex(/^[^\u0000]*$/));

/** What the page says of the lesson it wants; consent is checked before anything is opened. */
export const SessionRequest = z.object({
  /** The learner accepted the consent text of this version. */
  consent: z.object({ given: z.literal(true), version: z.int().check(z.gte(1), z.lte(1_000_000)) }),
  lang: LanguageTag,
  topic: z.optional(words(200)),
  grade: z.optional(words(20)),
});
/** What the page says of the lesson it wants. */
export interface SessionRequest extends z.infer<typeof SessionRequest> {}

/** The right to open one socket. */
export const SessionAnswer = z.object({
  sessionId: SessionId,
  /** Single use, valid `expiresInMs`. */
  token: z.string().check(z.minLength(16), z.maxLength(512)),
  expiresInMs: z.int(),
  /** `ws:` or `wss:` address of the gateway. */
  voiceUrl: z.string().check(z.maxLength(500)),
});
/** The right to open one socket. */
export interface SessionAnswer extends z.infer<typeof SessionAnswer> {}
