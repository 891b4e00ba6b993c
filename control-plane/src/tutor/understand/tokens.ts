/** Cuts normalised text into tokens: numbers (digits or words), letters, operations, and what is unknown. */
import { integer, type Expression, type FunctionName } from '../algebra/expression.js';
import { rational } from '../algebra/rational.js';
import { readNumber, readOrdinal } from './number-words.js';
import { readFunction, readLetter, readOperator, signs, soundsLike, type Operator } from './vocabulary.js';

/** One piece of a question. `start` and `end` are offsets in the text; `spaced` tells a blank before it. */
export type Token = { readonly start: number; readonly end: number; readonly spaced: boolean } & (
  | { readonly type: 'number'; readonly expression: Expression; readonly spelled: boolean }
  | { readonly type: 'letter'; readonly name: string }
  | { readonly type: 'operator'; readonly operator: Operator; readonly spelled: boolean }
  | { readonly type: 'ordinal-power'; readonly exponent: bigint }
  | { readonly type: 'function'; readonly name: FunctionName; readonly base: bigint | null }
  | { readonly type: 'constant'; readonly name: 'pi' | 'e' }
  | { readonly type: 'nth-root'; readonly degree: number }
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

/** Letters that are written together as a product; words such as "by" and units such as "cm" are not among them. */
const lettersTogether = /^(?:[xyz]{2,3}|a[bcxy]|b[cx]|c[xy]|mn|pq|uv)$/;

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
    if (kind === 'word' && lettersTogether.test(whole)) {
      Array.from(whole).forEach((letter, index) => {
        raws.push({ kind, text: letter, start: start + index, end: start + index + 1, spaced: spaced && index === 0 });
      });
      continue;
    }
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
  if (raw.text === 'e' && raws[at + 1]?.text === '^') return { token: { type: 'constant', name: 'e' }, count: 1 };
  const words = raws.slice(at, at + longestNumberWords).map((each) => (each.kind === 'sign' ? '' : each.text));
  if (raw.kind === 'number') return readTypedNumber(raws, at, words, previous);

  const named = readNamedThing(words);
  if (named !== null) return named;
  // A homophone at the very start counts when an operation follows: "to plus for".
  const first = previous === undefined ? soundsLike.get(raw.text) : undefined;
  const after = first === undefined ? null : readOperator(words.slice(1));
  if (
    first !== undefined &&
    after !== null &&
    ['+', '-', '*', '÷', 'over', '^', 'squared', 'cubed'].includes(after.operator)
  )
    return { token: { type: 'number', expression: integer(first), spelled: true }, count: 1 };
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

/** Powers, roots, functions and constants that are spelled out. */
function readNamedThing(words: readonly string[]): Taken | null {
  const power = readOrdinalPower(words);
  if (power !== null) return power;
  const [first = '', second = ''] = words;
  if (first === 'pi' || (first === 'pie' && words.length > 1))
    return { token: { type: 'constant', name: 'pi' }, count: 1 };
  if (first === 'e' && /^(?:to|raised)$/.test(second)) return { token: { type: 'constant', name: 'e' }, count: 1 };
  const skipped = first === 'the' ? 1 : 0;
  const degree = readOrdinal(words[skipped] ?? '');
  if (degree !== null && degree >= 4n && degree <= 12n && words[skipped + 1] === 'root')
    return {
      token: { type: 'nth-root', degree: Number(degree) },
      count: skipped + (words[skipped + 2] === 'of' ? 3 : 2),
    };
  const called = readFunction(words);
  if (called === null) return null;
  if (called.name !== 'log' || words[called.count] !== 'base')
    return { token: { type: 'function', name: called.name, base: null }, count: called.count };
  const base = readNumber(words.slice(called.count + 1));
  if (base?.expression.kind !== 'number' || base.expression.decimal !== null) return null;
  const count = called.count + 1 + base.count;
  return {
    token: { type: 'function', name: 'log', base: base.expression.value.numerator },
    count: count + (words[count] === 'of' ? 1 : 0),
  };
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
  return !['%', ')', 'squared', 'cubed', 'end-quantity', 'all-squared', 'all-cubed', '!', 'degrees'].includes(
    previous.operator,
  );
}
