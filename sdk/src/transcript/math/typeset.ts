/** KaTeX as nodes. The one module that knows KaTeX's inside; a test fails when an upgrade changes it. */
import katex from 'katex';

/** KaTeX's tree builder: works in quirks mode too, where `katex.render` throws. Not in its types. */
type BuildTree = (latex: string, options: object) => { readonly toNode: () => Node };
const inside = katex as unknown as { readonly __renderToDomTree: BuildTree };

/**
 * The nodes of a formula. Never markup, so that every content policy is kept.
 *
 * @param latex source that passed the gate.
 * @returns a new node, not cached.
 * @throws what KaTeX throws: `ParseError`, and for deep nesting `RangeError`.
 */
export function typeset(latex: string, displayMode: boolean): Node {
  const tree = inside.__renderToDomTree(latex, {
    displayMode,
    output: 'htmlAndMathml',
    throwOnError: true,
    strict: 'ignore',
    trust: false,
    maxSize: 20,
    maxExpand: 1000,
    // A new object each time: `\gdef` would leak through a shared one.
    macros: {},
  });
  return tree.toNode();
}
