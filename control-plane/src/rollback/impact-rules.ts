/** What going back would change, from two states: pure. */
import type { RollbackPreview } from '@voice-tutor/sdk/contracts/operator.js';
import { FlagKey } from '@voice-tutor/sdk/contracts/ids.js';

type State = Readonly<Record<string, unknown>>;

/** Flags whose documents differ, by key, with the variant pages get by default on both sides; null where there is none. */
export function flagImpact(present: State, target: State): RollbackPreview['changes'] {
  const keys = [...new Set([...Object.keys(present), ...Object.keys(target)])]
    .filter((key) => key.startsWith('flag/'))
    .sort();
  return keys.flatMap((key) => {
    // Both sides are jsonb read by the same driver: equal objects have equal text.
    if (JSON.stringify(present[key]) === JSON.stringify(target[key])) return [];
    return [{ flagKey: FlagKey.parse(key.slice(5)), from: variantOf(present[key]), to: variantOf(target[key]) }];
  });
}

function variantOf(entry: unknown): string | null {
  if (typeof entry !== 'object' || entry === null || !('document' in entry)) return null;
  const { state, defaultVariant } = entry.document as { state?: unknown; defaultVariant?: unknown };
  if (state === 'DISABLED') return 'disabled';
  return typeof defaultVariant === 'string' ? defaultVariant : null;
}
