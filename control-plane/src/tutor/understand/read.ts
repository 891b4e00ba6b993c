/** Reads the pieces of a sentence form: an expression, a whole number, a list, a statement. All of the text or nothing. */
import {
  equation,
  variablesOf,
  type Chain,
  type Equation,
  type Expression,
  type Relation,
} from '../algebra/expression.js';
import { parse } from './parser.js';
import { tokenise, type Token } from './tokens.js';

const relations: readonly string[] = ['<', '>', '<=', '>='];
/** Most items of a list. */
const mostItems = 30;

/** An expression that uses the whole text; null otherwise, also where there are two readings. */
export function readExpression(text: string): Expression | null {
  const parsed = parse(tokenise(text.trim()));
  return parsed.ok ? parsed.value : null;
}

/** The same without unknowns. */
export function readValue(text: string): Expression | null {
  const value = readExpression(text);
  return value === null || variablesOf(value).length > 0 ? null : value;
}

/** A whole number, with its sign. */
export function readInteger(text: string): bigint | null {
  const value = readExpression(text.replace(/^the number /, ''));
  if (value?.kind === 'negate' && value.value.kind === 'number' && value.value.decimal === null)
    return -value.value.value.numerator;
  return value?.kind === 'number' && value.decimal === null ? value.value.numerator : null;
}

/** Numbers joined by commas and "and"; null when one of them is none. */
export function readList(text: string): readonly Expression[] | null {
  const pieces = text
    .replace(/^\((.*)\)$/, '$1')
    .split(/\s*(?:,\s*and(?![a-z])|,|;|(?<![a-z])and(?![a-z]))\s*/)
    .filter((piece) => piece !== '');
  const items = text.includes(',') ? pieces : pieces.flatMap(splitBlanks);
  if (items.length > mostItems) return null;
  const values = items.map(readValue);
  return values.every((each) => each !== null) ? values : null;
}

/** "4 6 8" without commas; "twenty five" may be one number or two, so tens in words are left together. */
function splitBlanks(piece: string): readonly string[] {
  const words = piece.split(' ');
  const single = /^(?:-?\d+(?:\.\d+)?|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)$/;
  return words.every((word) => single.test(word)) ? words : [piece];
}

/** Whole numbers in a list, at least two. */
export function readIntegers(text: string): readonly bigint[] | null {
  const pieces = text
    .replace(/^(?:the )?(?:numbers )?/, '')
    .replace(/^\((.*)\)$/, '$1')
    .split(/\s*(?:,\s*and(?![a-z])|,|(?<![a-z])and(?![a-z]))\s*/);
  const values = (text.includes(',') ? pieces : pieces.flatMap(splitBlanks)).map(readInteger);
  return values.length >= 2 && values.every((each) => each !== null) ? values : null;
}

/** Where the equals signs are. */
export function equalsIn(tokens: readonly Token[]): readonly number[] {
  return tokens.flatMap((token, index) => (token.type === 'operator' && token.operator === '=' ? [index] : []));
}

/** Where the order signs are. */
export function relationsIn(tokens: readonly Token[]): readonly (readonly [number, Relation])[] {
  return tokens.flatMap((token, index): (readonly [number, Relation])[] => {
    if (token.type !== 'operator' || !relations.includes(token.operator)) return [];
    const relation = (['<', '>', '<=', '>='] as const).find((each) => each === token.operator);
    return relation === undefined ? [] : [[index, relation]];
  });
}

/** One equation that uses the whole text. */
export function readEquation(text: string): Equation | null {
  const tokens = tokenise(text.trim());
  const [at, second] = equalsIn(tokens);
  if (at === undefined || second !== undefined || relationsIn(tokens).length > 0) return null;
  const [left, right] = [parse(tokens.slice(0, at)), parse(tokens.slice(at + 1))];
  return left.ok && right.ok ? equation(left.value, right.value) : null;
}

/** One or two inequalities in a row that use all tokens. */
export function readChain(tokens: readonly Token[]): Chain | null {
  const found = relationsIn(tokens);
  if (found.length === 0 || found.length > 2 || equalsIn(tokens).length > 0) return null;
  const cuts = [-1, ...found.map(([index]) => index), tokens.length];
  const sides = cuts.slice(1).map((end, index) => parse(tokens.slice((cuts[index] ?? -1) + 1, end)));
  const read = sides.map((side) => (side.ok ? side.value : null));
  if (!read.every((each) => each !== null)) return null;
  return { kind: 'chain', sides: read, relations: found.map(([, relation]) => relation) };
}
