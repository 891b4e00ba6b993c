/** Everything a formula needs to be drawn: KaTeX, its rules, its faces. A lazy chunk, fetched with the first formula. */
import { faces, rules } from 'katex-css:';
import type { MathChunk } from './math-view.js';
import { registerMathFonts } from './math-fonts.js';
import { typeset } from './typeset.js';

/** One sheet for all formulas of the page: the browser parses its rules once, and a hundred formulas cost no second copy. */
const sheet = new CSSStyleSheet();
sheet.replaceSync(rules);
const chunk: MathChunk = { typeset, sheet };

/**
 * The chunk, ready for this document: always the same object.
 *
 * @param fontBase folder of the fonts, an absolute address with a slash at its end; faces the document has stay as they are.
 */
export function prepareMath(fontBase: string): MathChunk {
  registerMathFonts(faces, fontBase);
  return chunk;
}
