/** Everything a formula needs to be drawn: KaTeX, its rules, its faces. A lazy chunk, fetched with the first formula. */
import { faces, rules } from 'katex-css:';
import type { MathChunk } from './math-view.js';
import { registerMathFonts } from './math-fonts.js';
import { typeset } from './typeset.js';

/** Prepares the chunk for this document; `fontBase` is the folder of the fonts, with a slash at its end. */
export function createMathChunk(fontBase: string): MathChunk {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  registerMathFonts(faces, fontBase);
  return { typeset, sheet };
}
