/** KaTeX as nodes, its rules and its fonts. A lazy chunk: arrives with the first formula. */
import katex from 'katex';
import { faces, rules } from 'katex-css:';

/** KaTeX's tree builder: works in quirks mode too, where `katex.render` throws. Not in its types. */
const { __renderToDomTree } = katex as unknown as {
  __renderToDomTree(latex: string, options: object): { toNode(): Node };
};

/** Style rules for the shadow root that shows formulas. */
export const mathRules = rules;

/** The nodes of a formula; throws what KaTeX throws. Never markup, so that every content policy is kept. */
export function typeset(latex: string, displayMode: boolean): Node {
  // A new macros object each time: `\gdef` would leak through a shared one.
  return __renderToDomTree(latex, {
    displayMode,
    output: 'htmlAndMathml',
    throwOnError: true,
    strict: 'ignore',
    trust: false,
    maxSize: 20,
    maxExpand: 1000,
    macros: {},
  }).toNode();
}

/** Registers KaTeX's faces on the document once; faces inside a shadow root are ignored by browsers. Fetched only when used. */
export function registerFonts(base: string): void {
  const loaded = new Set(
    [...document.fonts].map((face) => `${face.family.replaceAll('"', '')} ${face.style} ${face.weight}`),
  );
  for (const { family, style, weight, file } of faces) {
    const wide = weight === '400' ? 'normal' : weight === '700' ? 'bold' : weight;
    if (loaded.has(`${family} ${style} ${wide}`) || loaded.has(`${family} ${style} ${weight}`)) continue;
    document.fonts.add(
      new FontFace(family, `url(${JSON.stringify(`${base}${file}`)}) format("woff2")`, {
        style,
        weight,
        display: 'block',
      }),
    );
  }
}
