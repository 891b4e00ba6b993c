/** Cuts normalised text into tokens: numbers (digits or words), letters, operations, and what is unknown. */
import { integer, type Expression } from '../algebra/expression.js';
import { rational } from '../algebra/rational.js';
import { readNumber, readOrdinal } from './number-words.js';
import { readLetter, readOperator, signs, soundsLike, type Operator } from './vocabulary.js';

/** One piece of a question. `start` and `end` are offsets in the text; `spaced` tells a blank before it. */
export type Token = { readonly start: number; readonly end: number; readonly spaced: boolean } & (
  | { readonly type: 'number'; readonly expression: Expression; readonly spelled: boolean }
  | { readonly type: 'letter'; readonly name: string }
  | { readonly type: 'operator'; readonly operator: Operator; readonly spelled: boolean }
  | { readonly type: 'ordinal-power'; readonly exponent: bigint }
  | { readonly type: 'unknown' }
);

interface Raw {
  readonly kind: 'number' | 'word' | 'sign';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly spaced: boolean;
}

/** Most words that one number may take. */
const longestNumberWords = 24;

/** Cuts the text completely: every character but blanks belongs to a token. */
export function tokenise(text: string): readonly Token[] {
  const raws = cut(text);
  const tokens: Token[] = [];
  for (let at = 0; at < raws.length;) {
    const raw = raws[at];
    if (raw === undefined) break;
    const { token, count } = read(raws, at, tokens);
    const last = raws[at + count - 1] ?? raw;
    tokens.push({ ...token, start: raw.start, end: last.end, spaced: raw.spaced });
    at += count;
  }
  return tokens;
}

/** A token without its place. */
type Content = Token extends infer Each ? (Each extends Token ? Omit<Each, 'start' | 'end' | 'spaced'> : never) : never;

interface Taken {
  readonly token: Content;
  readonly count: number;
}

function cut(text: string): readonly Raw[] {
  const raws: Raw[] = [];
  for (const match of text.matchAll(/(\d+\.\d+|\d+|\.\d+)(?:(st|nd|rd|th)(?![a-z]))?|([a-z]+(?:'[a-z]+)?)|(\S)/gu)) {
    const [whole, number, ordinal, word] = match;
    const start = match.index;
    const spaced = start > 0 && text[start - 1] === ' ';
    const kind =
      number !== undefined && ordinal === undefined
        ? 'number'
        : word !== undefined || ordinal !== undefined
          ? 'word'
          : 'sign';
    raws.push({ kind, text: whole, start, end: start + whole.length, spaced });
  }
  return raws;
}

function read(raws: readonly Raw[], at: number, before: readonly Token[]): Taken {
  const raw = raws[at];
  const previous = before[before.length - 1];
  if (raw === undefined || raw.kind === 'sign') {
    const operator = signs.get(raw?.text ?? '');
    return {
      token: operator === undefined ? { type: 'unknown' } : { type: 'operator', operator, spelled: false },
      count: 1,
    };
  }
  const words = raws.slice(at, at + longestNumberWords).map((each) => (each.kind === 'sign' ? '' : each.text));
  if (raw.kind === 'number') return readTypedNumber(raws, at, words, previous);

  const power = readOrdinalPower(words);
  if (power !== null) return power;
  const operator = readOperator(words);
  if (operator !== null && !(isDue(previous) && soundsLike.has(raw.text))) {
    return { token: { type: 'operator', operator: operator.operator, spelled: true }, count: operator.count };
  }
  const number = readNumber(words);
  if (number !== null)
    return { token: { type: 'number', expression: number.expression, spelled: true }, count: number.count };
  const heard = isDue(previous) ? soundsLike.get(raw.text) : undefined;
  if (heard !== undefined) return { token: { type: 'number', expression: integer(heard), spelled: true }, count: 1 };
  const name = readLetter(raw.text);
  if (name !== null) return { token: { type: 'letter', name }, count: 1 };
  return { token: { type: 'unknown' }, count: 1 };
}

function readTypedNumber(
  raws: readonly Raw[],
  at: number,
  words: readonly string[],
  previous: Token | undefined,
): Taken {
  const raw = raws[at];
  const text = raw?.text ?? '0';
  const afterPower = previous?.type === 'operator' && previous.operator === '^';
  if (/^\d+$/.test(text) && !afterPower) {
    const mixed = readMixed(raws, at);
    if (mixed !== null) return { token: { type: 'number', expression: mixed, spelled: false }, count: 4 };
    const spelled = raws[at + 1]?.kind === 'word' ? readNumber(words) : null;
    if (spelled !== null && spelled.count > 1)
      return { token: { type: 'number', expression: spelled.expression, spelled: true }, count: spelled.count };
  }
  return { token: { type: 'number', expression: readDecimal(text), spelled: false }, count: 1 };
}

/** `2 1/2`: a blank, then a proper fraction written tightly. */
function readMixed(raws: readonly Raw[], at: number): Expression | null {
  const [whole, top, line, below] = raws.slice(at, at + 4);
  if (whole === undefined || top?.kind !== 'number' || line?.text !== '/' || below?.kind !== 'number') return null;
  if (!top.spaced || line.spaced || below.spaced || !/^\d+$/.test(top.text) || !/^\d+$/.test(below.text)) return null;
  const [numerator, denominator] = [BigInt(top.text), BigInt(below.text)];
  if (numerator >= denominator || numerator === 0n) return null;
  return { kind: 'mixed', whole: BigInt(whole.text), numerator, denominator };
}

function readDecimal(text: string): Expression {
  const [whole = '', places = ''] = text.split('.');
  if (places === '') return integer(BigInt(whole));
  const value = rational(BigInt(`${whole}${places}`), 10n ** BigInt(places.length));
  return { kind: 'number', value, decimal: `${BigInt(whole === '' ? '0' : whole).toString()}.${places}` };
}

/** "to the fourth", "to the 4th power". */
function readOrdinalPower(words: readonly string[]): Taken | null {
  const start = words[0] === 'raised' ? 1 : 0;
  if (words[start] !== 'to' || words[start + 1] !== 'the') return null;
  const exponent = readOrdinal(words[start + 2] ?? '');
  if (exponent === null) return null;
  const count = start + 3 + (words[start + 3] === 'power' ? 1 : 0);
  return { token: { type: 'ordinal-power', exponent }, count };
}

/** Is an operand due after this token? Not at the very start, where "for" and "to" are mostly just words. */
function isDue(previous: Token | undefined): boolean {
  if (previous?.type !== 'operator') return false;
  return !['%', ')', 'squared', 'cubed', 'end-quantity'].includes(previous.operator);
}
