/** Which lines of a TypeScript source become code: types, comments, blank lines and lone brackets cannot be run or missed. */
import { transformSync } from 'esbuild';

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Numbers of one base64-VLQ segment of a source map (ECMA-426): five bits a digit, low first, sign in the lowest bit. */
function decode(segment) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const letter of segment) {
    const digit = DIGITS.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = shift = 0;
  }
  return numbers;
}

/**
 * @param {string} source TypeScript.
 * @returns {Set<number>} numbers, from 1, of the lines that something of the compiled code comes from.
 */
export function codeLines(source) {
  const { map, code } = transformSync(source, { loader: 'ts', sourcemap: 'external', sourcesContent: false });
  const lines = new Set();
  if (code.trim() === '') return lines;
  let line = 0;
  for (const segment of JSON.parse(map).mappings.split(/[;,]/)) {
    const [, , moved] = decode(segment);
    if (moved === undefined) continue;
    line += moved;
    lines.add(line + 1);
  }
  return lines;
}

/**
 * Lines of a source that ran, of those that could.
 *
 * @param {string} source the TypeScript.
 * @param {Readonly<Record<string, number | string>>} hits how often each line ran, by number from 1; a text says "in part" (it ran).
 */
export function countLines(source, hits) {
  const runnable = [...codeLines(source)].filter((line) => hits[line] !== undefined);
  return { total: runnable.length, covered: runnable.filter((line) => hits[line] !== 0).length };
}
