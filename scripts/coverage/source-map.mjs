/** Reads the mappings of a source map (ECMA-426). */

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Numbers of one base64-VLQ segment: five bits a digit, low first, sign in the lowest bit. */
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
 * Where each piece of generated code comes from, in the order of that code.
 *
 * @param {string} mappings the map's member of this name.
 * @returns {Generator<{ line: number, column: number, source: number, sourceLine: number }>} `line` and `column` from 0, of the
 *   generated code; `source` is the index of a source, `sourceLine` its line from 1.
 */
export function* segmentsOf(mappings) {
  let source = 0;
  let sourceLine = 1;
  for (const [line, text] of mappings.split(';').entries()) {
    let column = 0;
    for (const segment of text === '' ? [] : text.split(',')) {
      const [byColumn, bySource, byLine] = decode(segment);
      column += byColumn;
      if (bySource === undefined || byLine === undefined) continue;
      source += bySource;
      sourceLine += byLine;
      yield { line, column, source, sourceLine };
    }
  }
}
