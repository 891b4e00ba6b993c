/**
 * Which lines of the sources a script's run has touched. Each piece of generated code that the source map knows is looked up in
 * V8's ranges, so that builds as different as a module, a bundle and a minified one add up line by line.
 */
import { segmentsOf } from './source-map.mjs';

/** Marks for each character of the script whether it ran: inner ranges are smaller and overrule the outer ones. */
function paint(functions, length) {
  const ran = new Uint8Array(length);
  const ranges = functions.flatMap((each) => each.ranges);
  ranges.sort((a, b) => b.endOffset - b.startOffset - (a.endOffset - a.startOffset));
  for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return ran;
}

/** Offsets at which the lines of a text begin. */
function lineStarts(text) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/**
 * @param {{ functions: readonly object[], source: string, sourceMap: { sources: readonly string[], mappings: string } }} entry
 *   a script as `toEntry` gives it.
 * @returns {Map<string, Set<number>>} for each source the numbers, from 1, of the lines of which something ran.
 */
export function lineHits({ functions, source, sourceMap }) {
  const ran = paint(functions, source.length);
  const starts = lineStarts(source);
  const hits = new Map();
  for (const { line, column, source: index, sourceLine } of segmentsOf(sourceMap.mappings)) {
    if (ran[(starts[line] ?? Infinity) + column] !== 1) continue;
    const path = sourceMap.sources[index];
    if (!hits.has(path)) hits.set(path, new Set());
    hits.get(path).add(sourceLine);
  }
  return hits;
}
