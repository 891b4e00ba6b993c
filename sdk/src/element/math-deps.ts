/** What formulas draw with: the lazy chunk, asked for once for each element, and once more after it failed to come. */
import type { MathChunk, MathDeps } from '../transcript/math/math-view.js';
import type { Parts } from './assemble.js';

/**
 * Dependencies of an element's formulas.
 *
 * @param parts those in force when a formula is drawn.
 * @param onDrawn called after each, since it is higher than its source was.
 */
export function createMathDeps(parts: () => Parts | null, onDrawn: () => void): MathDeps {
  let chunk: Promise<MathChunk> | null = null;
  return {
    load: () =>
      (chunk ??= import('../transcript/math/math-chunk.js').then(
        ({ prepareMath }) => prepareMath(parts()?.fontBase ?? ''),
        (error: unknown) => {
          chunk = null;
          throw error;
        },
      )),
    nowMs: () => parts()?.clock.monotonicMs() ?? 0,
    onDrawn: ({ ok, tookMs }) => {
      parts()?.telemetry.add({ kind: 'math.drawn', ok, tookMs });
      onDrawn();
    },
  };
}
