/** Instructions to pages. What made them and how far they got is the control plane's matter. */
import * as z from 'zod/mini';
import { FlagKey, ReleaseVersion, Revision, Uuid } from './ids.js';

const common = { id: Uuid, revision: Revision, madeAtMs: z.number() };

/** A decision that pages obey. */
export const Decision = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('flag.disabled'), ...common, flagKey: FlagKey }),
  z.object({ kind: z.literal('flags.restored'), ...common, flagKeys: z.array(FlagKey).check(z.maxLength(2000)) }),
  z.object({ kind: z.literal('release.pinned'), ...common, version: ReleaseVersion }),
  z.object({ kind: z.literal('sessions.drained'), ...common }),
]);
/** A decision that pages obey. */
export type Decision = z.infer<typeof Decision>;
