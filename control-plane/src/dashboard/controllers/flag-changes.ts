/** What differs between two readings of the flag list, in words. Pure. */
import type { FlagRow } from '@voice-tutor/sdk/contracts/operator.js';

/** One sentence for each flag that differs, in the order of keys; empty when nothing does. */
export function describeFlagChanges(before: readonly FlagRow[], after: readonly FlagRow[]): readonly string[] {
  const old = new Map(before.map((flag) => [flag.flagKey, flag]));
  const present = new Set(after.map(({ flagKey }) => flagKey));
  const sentences = after.flatMap((flag) => {
    const was = old.get(flag.flagKey);
    if (!was) return [[flag.flagKey, `${flag.flagKey} was added`] as const];
    if (was.enabled !== flag.enabled)
      return [[flag.flagKey, `${flag.flagKey} was turned ${flag.enabled ? 'on' : 'off'}`] as const];
    return was.changedAtMs === flag.changedAtMs ? [] : [[flag.flagKey, `${flag.flagKey} was edited`] as const];
  });
  const gone = before.flatMap(({ flagKey }) =>
    present.has(flagKey) ? [] : [[flagKey, `${flagKey} was removed`] as const],
  );
  return [...sentences, ...gone].sort(([a], [b]) => a.localeCompare(b)).map(([, sentence]) => sentence);
}
