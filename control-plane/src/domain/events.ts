/** Every event on the bus: past tense, ids rather than objects. The database has the facts; these only wake. */
import { z } from 'zod';

/** Something changed that other rooms or instances want to know. */
export const DomainEvent = z.discriminatedUnion('type', [
  /** The set of things that pages obey changed; `revision` is the new one. */
  z.object({ type: z.literal('flag.changed'), revision: z.number().int(), changedAtMs: z.number() }),
  /** A site's settings changed. */
  z.object({ type: z.literal('site.changed'), siteKey: z.string() }),
  /** A minute's roll-ups were written. */
  z.object({ type: z.literal('rollup.closed'), startMs: z.number() }),
]);
/** Something changed that other rooms or instances want to know. */
export type DomainEvent = z.infer<typeof DomainEvent>;
