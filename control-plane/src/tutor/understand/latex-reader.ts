/** Turns the simple LaTeX that learners paste into plain typed mathematics. What it does not know it leaves to be refused. */

const replacements: readonly (readonly [RegExp, string])[] = [
  [/\\begin\s*\{cases\}|\\end\s*\{cases\}|\\begin\s*\{aligned\}|\\end\s*\{aligned\}/g, ' '],
  [/\\\\/g, ' , '],
  [/&/g, ' '],
  [/\\left\s*\||\\right\s*\||\\lvert|\\rvert|\\vert(?![a-z])/g, '|'],
  [/\\left(?![a-z])|\\right(?![a-z])|\\,|\\;|\\!|\\:|\\quad(?![a-z])|\\displaystyle(?![a-z])/g, ' '],
  [/\\[dt]frac(?![a-z])/g, '\\frac'],
  [/\\frac\s*\{\s*d\s*\}\s*\{\s*d\s*([a-z])\s*\}/g, ' d/d$1 '],
  [/\\frac\s*\{\s*dy\s*\}\s*\{\s*dx\s*\}/g, ' dy/dx '],
  [/\\int\s*_\s*(?:\{([^{}]*)\}|(\w))\s*\^\s*(?:\{([^{}]*)\}|(\w))(.+)$/g, ' integral of $5 from $1$2 to $3$4 '],
  [/\\(?:cdot|times|ast)(?![a-z])/g, ' * '],
  [/\\div(?![a-z])/g, ' ÷ '],
  [/\\(?:leq?|leqslant)(?![a-z])/g, ' <= '],
  [/\\(?:geq?|geqslant)(?![a-z])/g, ' >= '],
  [/\\lt(?![a-z])/g, ' < '],
  [/\\gt(?![a-z])/g, ' > '],
  [/\\pi(?![a-z])/g, ' pi '],
  [/\^\s*\{?\s*\\circ\s*\}?/g, ' degrees '],
  [/\\(sin|cos|tan|ln|log)(?![a-z])/g, ' $1 '],
  [/\\(?:text|mathrm|operatorname)\s*\{([^{}]*)\}/g, ' $1 '],
  [/\\%/g, '%'],
];

/** Deepest nesting that is followed; each round resolves the innermost braces. */
const rounds = 12;

/**
 * Rewrites `\frac{3}{4}`, `\sqrt{9}`, `x^{2}`, `\cdot` and delimiters as plain text with brackets.
 *
 * A whole number right before a fraction of whole numbers is a mixed number: `2\frac{1}{2}` → `2 1/2`.
 */
export function fromLatex(source: string): string {
  if (!/[\\{}]/.test(source) && !/^\s*\$.*\$\s*$/s.test(source)) return source;
  let text = source.replace(/^\s*(?:\\\(|\\\[|\${1,2})/, ' ').replace(/(?:\\\)|\\\]|\${1,2})\s*([.?!]?)\s*$/, ' $1');
  // A formula inside a sentence keeps its words: "Solve $2x = 4$ for x".
  text = text.replace(/\\\(|\\\)|\\\[|\\\]|\$(?!\d)/g, ' ');
  for (const [pattern, plain] of replacements) text = text.replace(pattern, plain);
  text = text
    .replace(/\\frac\s*(\d)\s*(\d)/g, '\\frac{$1}{$2}')
    .replace(/(\d)\s*\\frac\{(\d+)\}\{(\d+)\}/g, '$1 $2/$3');
  for (let round = 0; round < rounds; round += 1) {
    const next = text
      .replace(/\\frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, '(($1)/($2))')
      .replace(/\\sqrt\s*\[3\]\s*\{([^{}]*)\}/g, ' cbrt($1)')
      .replace(/\\sqrt\s*\[(\d+)\]\s*\{([^{}]*)\}/g, ' (($2)^(1/$1))')
      .replace(/\\sqrt\s*\{([^{}]*)\}/g, ' sqrt($1)')
      .replace(/\\sqrt\s*(\d)/g, ' sqrt($1)')
      .replace(/([_^])\s*\{([^{}]*)\}/g, '$1($2)');
    if (next === text) break;
    text = next;
  }
  return text;
}
