/** Refuses LaTeX that could freeze or spy before KaTeX sees it: KaTeX bounds expansions, not time. Pure. */

/** Characters and depth of braces a formula may have. */
export const TEX_LIMIT = { characters: 2000, depth: 100 };

const REFUSED = new Set(
  'def gdef edef xdef let futurelet newcommand renewcommand providecommand global long message errmessage show href url includegraphics htmlClass htmlId htmlStyle htmlData'.split(
    ' ',
  ),
);

/** Why a formula is not typeset, or null when it may be. */
export function refuseTex(latex: string): 'too-long' | 'too-deep' | 'control-character' | 'command' | null {
  if (latex.length > TEX_LIMIT.characters) return 'too-long';
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(latex))
    return 'control-character';
  let [depth, deepest] = [0, 0];
  for (const [token] of latex.matchAll(/\\(?:[a-zA-Z@]+|[^])|[{}]/g)) {
    if (token === '{') deepest = Math.max(deepest, (depth += 1));
    else if (token === '}') depth -= 1;
    else if (token.includes('@') || REFUSED.has(token.slice(1))) return 'command';
  }
  return deepest > TEX_LIMIT.depth ? 'too-deep' : null;
}
