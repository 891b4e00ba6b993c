/** Which lines of a TypeScript source become code: types, comments and blank lines can neither run nor be missed. */
import { transformSync } from 'esbuild';
import { segmentsOf } from './source-map.mjs';

/**
 * @param {string} source TypeScript.
 * @returns {Set<number>} numbers, from 1, of the lines that something of the compiled code comes from.
 */
export function codeLines(source) {
  const { map, code } = transformSync(source, { loader: 'ts', sourcemap: 'external', sourcesContent: false });
  const lines = new Set();
  if (code.trim() === '') return lines;
  for (const { sourceLine } of segmentsOf(JSON.parse(map).mappings)) lines.add(sourceLine);
  return lines;
}
