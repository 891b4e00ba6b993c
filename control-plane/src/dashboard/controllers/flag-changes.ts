/** What differs between two readings of the flag list, in words. Pure. */
import type { FlagRow } from '@voice-tutor/sdk/contracts/operator.js';

/** One sentence for each flag that differs, in the order of keys; empty when nothing does. */
export function describeFlagChanges(before: readonly FlagRow[], after: readonly FlagRow[]): readonly string[] {
  const was = new Map<string, FlagRow>(before.map((flag) => [flag.flagKey, flag]));
  const is = new Map<string, FlagRow>(after.map((flag) => [flag.flagKey, flag]));
  const keys = [...new Set([...was.keys(), ...is.keys()])].sort();
  return keys.flatMap((flagKey) => {
    const change = changeOf(was.get(flagKey), is.get(flagKey));
    return change === null ? [] : [`${flagKey} was ${change}`];
  });
}

function changeOf(was: FlagRow | undefined, is: FlagRow | undefined): string | null {
  if (!was) return 'added';
  if (!is) return 'removed';
  if (was.enabled !== is.enabled) return is.enabled ? 'turned on' : 'turned off';
  return was.changedAtMs === is.changedAtMs ? null : 'edited';
}
