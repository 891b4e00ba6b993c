/** Questions about units: "how many inches are in two feet", "five feet six inches in centimetres". The whole sentence or nothing. */
import type { Expression } from '../algebra/expression.js';
import { compare } from '../algebra/rational.js';
import type { Problem } from '../algebra/solution.js';
import { readUnits, unitNames } from '../algebra/units.js';
import { readValue } from './read.js';

const name = unitNames.map((each) => each.replace(/[.*+?^$()|[\]\\/]/g, '\\$&')).join('|');
const unit = `(${name})`;

const asked = new RegExp(`^(?:how )?(?:many |much )?${unit} (?:are |is )?(?:there )?(?:in|make up|make|makes|equal|equals|per|does|is|are in)(?: )?(.*?) ?${unit}(?: have| equal| contain| make)?$`); // prettier-ignore
const told = new RegExp(`^(?:convert |change |express |turn )?(.*?) ?${unit} (?:in|to|into|as|is how many|equals how many|is equal to how many|= how many|are how many|=|is what in|in how many) ${unit}$`); // prettier-ignore
/** "five feet six": an amount with its unit, and the amount of a smaller one. */
const mixed = new RegExp(`^(.+?) ?(?<![a-z])${unit}(?:,? and|,)? (.+)$`);
/** "An hour and a half". */
const andPart = new RegExp(
  `(?<![a-z0-9])(\\S+) ${unit} and (a half|a quarter|one half|one quarter|three quarters)(?![a-z])`,
);

/** A conversion, or null. */
export function readConversion(source: string): Problem | null {
  const text = source.replace(andPart, (_, amount: string, of: string, part: string) => `${/^an?$/.test(amount) ? 'one' : amount} and ${part} ${of}`); // prettier-ignore
  const question = asked.exec(text);
  const first = question === null ? null : convert(question[2] ?? '', question[3] ?? '', question[1] ?? '');
  if (first !== null) return first;
  const statement = told.exec(text);
  return statement === null ? null : convert(statement[1] ?? '', statement[2] ?? '', statement[3] ?? '');
}

function convert(source: string, from: string, to: string): Problem | null {
  const text = source.trim();
  // A lone letter is a unit only behind a number.
  if (text === '' && (from.length === 1 || to.length === 1)) return null;
  const amount = readAmount(text);
  if (amount !== null) return { task: 'convert', amount, from, to };
  const [, large = '', unitName = '', small = ''] = mixed.exec(text) ?? [];
  const [first, second] = [readAmount(large.trim()), small === '' ? null : readAmount(small.trim())];
  if (first === null || second === null || !isLarger(unitName, from)) return null;
  return { task: 'convert', amount: first, from: unitName, to, and: { amount: second, from } };
}

function readAmount(text: string): Expression | null {
  return text === '' || text === 'a' || text === 'an'
    ? readValue('1')
    : readValue(text.replace(/ (?:a|an|of an?)$/, ''));
}

/** Only a larger unit stands before a smaller one: "five feet six inches". */
function isLarger(large: string, small: string): boolean {
  return readUnits(large).some((a) => readUnits(small).some((b) => a.measure === b.measure && a.measure !== 'temperature' && compare(a.size, b.size) > 0)); // prettier-ignore
}
