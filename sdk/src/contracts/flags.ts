/** Flags as pages receive them. The documents that give these answers stay in the control plane. */
import * as z from 'zod/mini';
import { FlagKey } from './ids.js';

/** Why a flag has its value (OpenFeature's words). */
export const FlagReason = z.enum([
  'STATIC',
  'DEFAULT',
  'TARGETING_MATCH',
  'SPLIT',
  'DISABLED',
  'STALE',
  'ERROR',
  'UNKNOWN',
]);

/** A flag's answer for one cohort. */
export const FlagAnswer = z.object({
  flagKey: FlagKey,
  /** Value to use; its type is the flag's for ever. */
  value: z.union([z.boolean(), z.number(), z.string()]),
  variant: z.string().check(z.maxLength(64)),
  reason: FlagReason,
});
/** A flag's answer for one cohort. */
export interface FlagAnswer extends z.infer<typeof FlagAnswer> {}
