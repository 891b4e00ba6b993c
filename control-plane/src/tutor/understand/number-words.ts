/** Reads numbers said in words: "fifty two", "three point one four", "five sixths", "two and a half". Tokens in, one number out. */
import { integer, divide, type Expression } from '../algebra/expression.js';
import { rational } from '../algebra/rational.js';

const units = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']; // prettier-ignore
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const scales: ReadonlyMap<string, bigint> = new Map([['thousand', 1000n], ['million', 1_000_000n], ['billion', 1_000_000_000n]]); // prettier-ignore
const parts = ['third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth', 'eleventh', 'twelfth', 'thirteenth', 'fourteenth', 'fifteenth', 'sixteenth', 'seventeenth', 'eighteenth', 'nineteenth', 'twentieth']; // prettier-ignore

/** A number read from the front of a list of words. */
export interface ReadNumber {
  readonly expression: Expression;
  /** How many words it took, at least 1. */
  readonly count: number;
}

/** The denominator that a word such as "thirds" names, and whether it is in the plural; null for other words. */
export function readPart(word: string): { readonly denominator: bigint; readonly plural: boolean } | null {
  if (word === 'half' || word === 'halves') return { denominator: 2n, plural: word === 'halves' };
  const plural = word.endsWith('s');
  const single = plural ? word.slice(0, -1) : word;
  if (single === 'quarter') return { denominator: 4n, plural };
  if (single === 'hundredth') return { denominator: 100n, plural };
  if (single === 'thousandth') return { denominator: 1000n, plural };
  const index = parts.indexOf(single);
  return index < 0 ? null : { denominator: BigInt(index + 3), plural };
}

/** The exponent that "fourth" or "4th" names in "to the fourth"; null for other words. */
export function readOrdinal(word: string): bigint | null {
  const digits = /^(\d{1,4})(?:st|nd|rd|th)$/.exec(word);
  if (digits !== null) return BigInt(digits[1] ?? '0');
  if (word === 'second') return 2n;
  const part = readPart(word);
  return part === null || part.plural || part.denominator > 20n || part.denominator === 2n || word === 'quarter'
    ? null
    : part.denominator;
}

/**
 * Reads the longest number at the start.
 *
 * @param words lower case, digits allowed as a whole number ("5 sixths")
 * @returns null when the words start with no number, or with one that could be two ("twenty fifteen" stops after twenty)
 */
export function readNumber(words: readonly string[]): ReadNumber | null {
  const half = readArticleFraction(words);
  if (half !== null) return half;
  const whole = readDigits(words) ?? readCardinal(words);
  if (whole === null) return readPointFirst(words);
  const { value, count } = whole;
  const next = words[count] ?? '';
  if (next === 'point') return readPlaces(value, words, count);
  const part = readPart(next);
  if (part !== null)
    return isFittingPart(value, part.plural, next)
      ? { expression: divide(integer(value), integer(part.denominator)), count: count + 1 }
      : null;
  if (next === 'and') {
    const fraction = readSmallFraction(words.slice(count + 1));
    if (fraction !== null)
      return { expression: { kind: 'mixed', whole: value, ...fraction.parts }, count: count + 1 + fraction.count };
  }
  return { expression: integer(value), count };
}

interface ReadWhole {
  readonly value: bigint;
  readonly count: number;
}

function readDigits(words: readonly string[]): ReadWhole | null {
  const first = words[0] ?? '';
  return /^\d+$/.test(first) ? { value: BigInt(first), count: 1 } : null;
}

function readCardinal(words: readonly string[]): ReadWhole | null {
  let [total, group, count, level] = [0n, -1n, 0, 1_000_000_000_000n];
  for (;;) {
    const word = words[count] ?? '';
    const scale = scales.get(word);
    if (scale !== undefined && group > 0n && scale < level) {
      total += group * scale;
      [group, level] = [-1n, scale];
      count += 1;
      continue;
    }
    const joined =
      count > 0 && word === 'and' && (group < 0n || group % 100n === 0n) && readBelowHundred(words, count + 1) !== null;
    const at = joined ? count + 1 : count;
    // "three hundred and one half" is a mixed number; only a plain number may follow this "and".
    if (joined && readSmallFraction(words.slice(at)) !== null) break;
    const small = readGroup(words, at);
    if (small === null || (group >= 0n && !(joined && group % 100n === 0n && small.value < 100n && group > 0n))) break;
    if (joined && small.value >= 100n) break;
    group = (group < 0n ? 0n : group) + small.value;
    count = at + small.count;
  }
  return count === 0 ? null : { value: total + (group < 0n ? 0n : group), count };
}

/** "three hundred twelve", "a hundred", "forty": up to 999. */
function readGroup(words: readonly string[], at: number): ReadWhole | null {
  const article = words[at] === 'a' && ['hundred', 'thousand', 'million', 'billion'].includes(words[at + 1] ?? '');
  const first = article ? { value: 1n, count: 1 } : readBelowHundred(words, at);
  if (first === null) return null;
  if (words[at + first.count] !== 'hundred' || first.value === 0n || first.value > 19n) return first;
  const rest = readBelowHundred(words, at + first.count + 1);
  const isPart = rest !== null && rest.value > 0n;
  return { value: first.value * 100n + (isPart ? rest.value : 0n), count: first.count + 1 + (isPart ? rest.count : 0) };
}

function readBelowHundred(words: readonly string[], at: number): ReadWhole | null {
  const word = words[at] ?? '';
  const unit = units.indexOf(word);
  if (unit >= 0) return { value: BigInt(unit), count: 1 };
  const ten = tens.indexOf(word);
  if (ten < 0) return null;
  const digit = units.indexOf(words[at + 1] ?? '');
  const hasDigit = digit > 0 && digit < 10;
  return { value: BigInt((ten + 2) * 10 + (hasDigit ? digit : 0)), count: hasDigit ? 2 : 1 };
}

function readArticleFraction(words: readonly string[]): ReadNumber | null {
  const article = words[0] === 'a' || words[0] === 'an';
  const part = readPart(words[article ? 1 : 0] ?? '');
  if (part === null || part.plural || (!article && part.denominator !== 2n)) return null;
  return { expression: divide(integer(1n), integer(part.denominator)), count: article ? 2 : 1 };
}

function readSmallFraction(
  words: readonly string[],
): { parts: { numerator: bigint; denominator: bigint }; count: number } | null {
  const article = words[0] === 'a' || words[0] === 'an';
  const top = article ? { value: 1n, count: 1 } : (readDigits(words) ?? readBelowHundred(words, 0));
  if (top === null) return null;
  const part = readPart(words[top.count] ?? '');
  if (part === null || top.value >= part.denominator || !isFittingPart(top.value, part.plural, '')) return null;
  return { parts: { numerator: top.value, denominator: part.denominator }, count: top.count + 1 };
}

function isFittingPart(numerator: bigint, plural: boolean, word: string): boolean {
  // "two half" and "twenty fifth" are not fractions anybody means; "one halves" is a slip that can mean nothing else.
  return plural || numerator === 1n || word === 'quarter';
}

function readPointFirst(words: readonly string[]): ReadNumber | null {
  return words[0] === 'point' ? readPlaces(0n, words, 0) : null;
}

function readPlaces(whole: bigint, words: readonly string[], at: number): ReadNumber | null {
  let [digits, count] = ['', at + 1];
  for (; count < words.length; count += 1) {
    const word = words[count] ?? '';
    const digit = word === 'oh' ? 0 : units.indexOf(word);
    if (digit < 0 || digit > 9) break;
    digits += digit.toString();
  }
  const run = words[count] ?? '';
  if (digits === '' && /^\d+$/.test(run)) [digits, count] = [run, count + 1];
  // "three point fourteen" has a tail that is no digit: not read, so that the question is declined.
  if (digits === '' || units.includes(words[count] ?? '') || tens.includes(words[count] ?? '')) return null;
  const value = rational(BigInt(`${whole.toString()}${digits}`), 10n ** BigInt(digits.length));
  return { expression: { kind: 'number', value, decimal: `${whole.toString()}.${digits}` }, count };
}
