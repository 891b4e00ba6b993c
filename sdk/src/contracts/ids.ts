/** Branded identifiers and bounded primitives shared by every contract. Holds no message shapes. */
import * as z from 'zod/mini';

/** A site's publishable key as it stands in the embed tag: `pk_` and 1–40 of `a-z 0-9 _`. */
export const SiteKey = z
  .string()
  .check(z.regex(/^pk_[a-z0-9_]{1,40}$/))
  .brand<'SiteKey'>();
/** A site's publishable key. */
export type SiteKey = z.infer<typeof SiteKey>;

/** A UUID of any version, lower or upper case. */
export const Uuid = z.string().check(z.regex(/^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/));

/** Identifies one lesson from consent to end; survives reconnects. */
export const SessionId = Uuid.brand<'SessionId'>();
/** Identifies one lesson. */
export type SessionId = z.infer<typeof SessionId>;

/** A flag's key: a lower-case letter, then up to 63 of `a-z 0-9 -`. */
export const FlagKey = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]{0,63}$/))
  .brand<'FlagKey'>();
/** A flag's key. */
export type FlagKey = z.infer<typeof FlagKey>;

/** Identifies one checkpoint. */
export const CheckpointId = Uuid.brand<'CheckpointId'>();
/** Identifies one checkpoint. */
export type CheckpointId = z.infer<typeof CheckpointId>;

/** A browser's cohort, drawn once and kept: an integer from 0 to 999. Says nothing about the person. */
export const Cohort = z.int().check(z.gte(0), z.lte(999));

/** Counts changes of what pages obey; 0 means that nothing was ever changed. */
export const Revision = z.int().check(z.gte(0));

/** Turns are numbered from 1 within a session; 0 belongs to no turn. Three bytes on the wire. */
export const TurnNumber = z.int().check(z.gte(0), z.lte(0xffffff));

/** A release of the SDK, as semantic version of at most 32 characters, e.g. `1.4.2`. */
export const ReleaseVersion = z.string().check(z.regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}(?:-[0-9A-Za-z.-]{1,14})?$/));

/** A language tag in the short forms of BCP 47, e.g. `en` or `pt-BR`. */
export const LanguageTag = z.string().check(z.regex(/^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,2}$/));

/** A registered origin: scheme, host and optional port, nothing after. */
export const Origin = z.string().check(z.maxLength(255), z.regex(/^https?:\/\/[^/?#@\s]{1,240}$/));
