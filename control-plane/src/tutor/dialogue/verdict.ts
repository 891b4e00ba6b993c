/** How a learner's line can come out. */
import type { Solution } from '../algebra/solution.js';

/** How an attempt came out. */
export type Verdict =
  /** Right, and so far does it reach; `own` is the rest of the way from the learner's line, where it is not ours; `part`: it is what one operation comes to, not the whole line. */
  | { readonly kind: 'right'; readonly at: number; readonly own: Solution | null; readonly part: boolean }
  /** True, but the line that stands there already. */
  | { readonly kind: 'same' }
  /** True, but no closer to the answer. */
  | { readonly kind: 'detour' }
  /** The right value as a fraction that can be reduced. */
  | { readonly kind: 'unreduced' }
  /** One of several solutions. */
  | { readonly kind: 'some-missing' }
  | { readonly kind: 'wrong' };

/** Right, up to a step of the solution under way. */
export function right(at: number, part = false): Verdict {
  return { kind: 'right', at, own: null, part };
}
