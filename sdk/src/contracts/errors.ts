/** The closed list of error codes. `docs/reference/errors.md` says what each means and what to do; a test compares both. */
import * as z from 'zod/mini';

/** Codes that a learner's page may meet. */
export const ERROR_CODES = [
  'VT_MIC_DENIED',
  'VT_MIC_NOT_FOUND',
  'VT_MIC_IN_USE',
  'VT_MIC_LOST',
  'VT_AUDIO_UNAVAILABLE',
  'VT_CONSENT_REQUIRED',
  'VT_SITE_UNKNOWN',
  'VT_ORIGIN_REFUSED',
  'VT_NOT_ALLOWED_BY_PAGE',
  'VT_OFFLINE',
  'VT_UNAVAILABLE',
  'VT_SESSION_EXPIRED',
  'VT_SESSION_REPLACED',
  'VT_TOO_MANY_SESSIONS',
  'VT_TOO_MUCH_INPUT',
  'VT_PROTOCOL',
  'VT_TUTOR_CONFIGURATION',
  'VT_TUTOR_QUOTA',
  'VT_TUTOR_REGION',
  'VT_TUTOR_BLOCKED',
  'VT_TUTOR_TEMPORARY',
  'VT_INTERNAL',
] as const;

/** A code that a learner's page may meet. */
export const ErrorCode = z.enum(ERROR_CODES);
/** A code that a learner's page may meet. */
export type ErrorCode = z.infer<typeof ErrorCode>;

/** Codes of problem bodies (RFC 9457) that the control plane answers. */
export const PROBLEM_CODES = [
  'bad-request',
  'unauthorized',
  'forbidden-origin',
  'forbidden',
  'not-found',
  'method-not-allowed',
  'consent-required',
  'provider-contract-required',
  'revision-conflict',
  'checkpoint-damaged',
  'payload-too-large',
  'unsupported-media-type',
  'too-many-requests',
  'internal',
  'unavailable',
] as const;

/** Code of a problem body. */
export const ProblemCode = z.enum(PROBLEM_CODES);
/** Code of a problem body. */
export type ProblemCode = z.infer<typeof ProblemCode>;

/** Error body, RFC 9457, media type `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: ProblemCode,
  detail: z.optional(z.string()),
  /** Where the input was wrong: path and plain message, at most 20. */
  issues: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});
/** Error body, RFC 9457. */
export interface Problem extends z.infer<typeof Problem> {}
