/** Refuses LaTeX that could freeze or spy before KaTeX sees it, in the page and in the control plane alike: KaTeX bounds expansions, not time. Pure. */

/** Most characters (after NFC) and deepest nesting of braces that are typeset. */
export const TEX_LIMIT = { characters: 2000, depth: 100 } as const;

/** Why a formula is not typeset. */
export type TexRefusal = 'too-long' | 'too-deep' | 'control-character' | 'command';

/** Commands that define macros, print to the console, load, link, or name things of the page. */
const REFUSED: ReadonlySet<string> = new Set(
  (
    'def gdef edef xdef let futurelet newcommand renewcommand providecommand global long message errmessage show ' +
    'href url includegraphics'
  ).split(' '),
);

/** C0 and C1 controls but tab and newline; marks, embeddings, overrides and isolates of direction. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Passes a formula that may be typeset.
 *
 * @param latex source without delimiters.
 * @returns the source in NFC under `latex`, or why it is refused; a refused formula is shown as its source.
 */
export function gateTex(latex: string): { readonly latex: string } | { readonly refused: TexRefusal } {
  // Before normalising, which for hostile input is not free; NFC may shorten, never to less than a third.
  if (latex.length > 3 * TEX_LIMIT.characters) return { refused: 'too-long' };
  const source = latex.normalize('NFC');
  if (source.length > TEX_LIMIT.characters) return { refused: 'too-long' };
  if (CONTROL.test(source)) return { refused: 'control-character' };
  let [depth, deepest] = [0, 0];
  // Tokens as TeX sees them: in `\\def` nothing is defined.
  for (const [token] of source.matchAll(/\\(?:[a-zA-Z@]+|[^])|[{}]/g)) {
    if (token === '{') deepest = Math.max(deepest, (depth += 1));
    else if (token === '}') depth -= 1;
    else if (token.includes('@') || token.startsWith('\\html') || REFUSED.has(token.slice(1)))
      return { refused: 'command' };
  }
  return deepest > TEX_LIMIT.depth ? { refused: 'too-deep' } : { latex: source };
}
