/**
 * Marks the schemas of `contracts/` (and of message files) as free of side effects, so that a bundle holds only those it uses.
 * Bundlers must assume that a chain like `z.string().check(…)` does something; these modules do nothing but define.
 */
import ts from 'typescript';

/** Modules that hold nothing but definitions. */
const DEFINITIONS = /[\\/]sdk[\\/]src[\\/](?:contracts[\\/][\w-]+|voice[\\/]transport[\\/]messages)\.ts$/;

/** The source with every top-level `const NAME = call(…)` wrapped in a function whose call is marked pure. */
export function markPure(source, fileName = 'module.ts') {
  // What `zod-sync.mjs` leaves out must stay out of use.
  if (/\b(?:strictObject|looseObject|catchall|refine|superRefine|codec)\(/.test(source))
    throw new Error(`${fileName} uses what scripts/build/zod-sync.mjs leaves out of zod`);
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.ES2022, false);
  let out = source;
  const initialisers = file.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ initializer }) => (initializer && ts.isCallExpression(initializer) ? [initializer] : []));
  // From the end, so that earlier positions stay right.
  for (const { pos, end } of initialisers.reverse())
    out = `${out.slice(0, pos)} /* @__PURE__ */ (() =>${out.slice(pos, end)})()${out.slice(end)}`;
  return out;
}

/** Is this a module of definitions? */
export const isDefinitions = (path) => DEFINITIONS.test(path);

/** Rollup plugin for it; stands before the compiler. */
export const pureContracts = () => ({
  name: 'pure-contracts',
  transform: (code, id) => (isDefinitions(id) ? { code: markPure(code, id), map: null } : null),
});
