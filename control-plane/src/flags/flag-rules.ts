/** Flag documents as pure data: what is acceptable, what a switch means. */
import { MemoryStorage } from '@openfeature/flagd-core';
import { z } from 'zod';
import { err, ok, type Result } from '../platform/result.js';

/** One flag in flagd's form, as far as this service stores it; its own rules are checked by flagd's schema on evaluation. */
export const FlagDocument = z.looseObject({
  state: z.enum(['ENABLED', 'DISABLED']),
  variants: z
    .record(z.string().min(1).max(64), z.union([z.boolean(), z.number(), z.string()]))
    .refine((variants) => Object.keys(variants).length > 0, 'at least one variant'),
  defaultVariant: z.string().max(64),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
/** One flag in flagd's form. */
export interface FlagDocument extends z.infer<typeof FlagDocument> {}

const silent = () => {};

/** What flagd's own strict schema has against a set (unknown operators, variants of mixed types), or null. */
function strictFault(set: object): string | null {
  const storage = new MemoryStorage(
    { error: silent, warn: silent, info: silent, debug: silent },
    { disableDynamicCodeGeneration: true },
  );
  try {
    storage.setConfigurations(JSON.stringify(set), true);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'not a flagd document';
  }
}

/** The set of flags that a new database starts with: strictly flagd's form, every boolean one off. */
export const SeedSet = z
  .object({ flags: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/), FlagDocument) })
  .superRefine(({ flags }, context) => {
    const fault = strictFault({ flags });
    if (fault !== null) context.addIssue({ code: 'custom', path: ['flags'], message: fault.slice(0, 500) });
    for (const [key, flag] of Object.entries(flags)) {
      const value = flag.variants[flag.defaultVariant];
      if (value === undefined)
        context.addIssue({ code: 'custom', path: ['flags', key], message: 'the default variant does not exist' });
      if (value === true)
        context.addIssue({ code: 'custom', path: ['flags', key], message: 'a boolean flag starts off' });
    }
  });

/** True when pages get the `on` variant unless a rule says otherwise. */
export function isEnabled(flag: FlagDocument): boolean {
  return flag.state === 'ENABLED' && flag.variants[flag.defaultVariant] === true;
}

/** The document with its switch turned; only boolean flags have one. Off means off for targeted cohorts too: a disabled flag is not evaluated. */
export function withEnabled(flag: FlagDocument, enabled: boolean): Result<FlagDocument, 'not-boolean'> {
  const variant = Object.entries(flag.variants).find(([, value]) => value === enabled)?.[0];
  if (variant === undefined) return err('not-boolean');
  return ok({ ...flag, state: enabled ? 'ENABLED' : 'DISABLED', defaultVariant: variant });
}
