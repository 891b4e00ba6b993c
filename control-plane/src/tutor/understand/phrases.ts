/** Spoken constructions with an end that has to be found: roots, "the quantity", "the sum of A and B". Called by the parser only. */
import {
  add,
  divide,
  integer,
  multiply,
  power,
  subtract,
  variablesOf,
  type Expression,
} from '../algebra/expression.js';
import { isCertainlySmaller, isExplicitProduct, isSimpleTerm } from './readings.js';
import { isLooseAfterMixed, isSpokenPower, startsOperand } from './token-kinds.js';
import type { Token } from './tokens.js';
import type { Operator } from './vocabulary.js';

/** Why the tokens are not one expression. `at` is the index of the first token that does not fit. */
export interface ParseFailure {
  readonly reason: 'leftover' | 'ambiguous';
  readonly at: number;
}

/** Binding powers, loosest first. */
export const bind = {
  allOver: 5,
  sum: 10,
  product: 20,
  sign: 25,
  implicit: 30,
  root: 35,
  power: 40,
  postfix: 45,
} as const;

/** The parser as a construction sees it. */
export interface Cursor {
  /** Parses on while operations bind tighter than `least`. */
  readonly expression: (least: number) => Expression | null;
  /** Parses one operand. */
  readonly operand: (least: number) => Expression | null;
  /** The operation at the cursor, or null. */
  readonly peek: () => Operator | null;
  /** The token at an offset from the cursor. */
  readonly token: (offset: number) => Token | undefined;
  readonly skip: () => void;
  /** Where the cursor stands, and back to such a place. */
  readonly position: () => number;
  readonly rewind: (place: number) => void;
  /** Which reading to take; null, and a failure, where that must be asked. */
  readonly choose: (place?: number) => 'near' | 'far' | null;
  /** Records the first failure; always null. */
  readonly fail: (reason: ParseFailure['reason'], at?: number) => null;
}

/** What stands under a root; without brackets only where it is certain where that ends. */
export function readRoot(cursor: Cursor, degree: number): Expression | null {
  const start = cursor.position();
  const isBracket = cursor.peek() === '(';
  const inner = isBracket ? cursor.operand(bind.root) : cursor.expression(bind.root);
  if (inner === null) return null;
  const next = cursor.token(0);
  // √4x and "root of nine over four" may end in two places.
  const goesOn =
    next !== undefined &&
    (startsOperand(next) || (next.type === 'operator' && ['*', '÷', '/', 'over'].includes(next.operator)));
  const isLetterSum =
    !isBracket &&
    variablesOf(inner).length > 0 &&
    (cursor.peek() === '+' || cursor.peek() === '-') &&
    isSaid(cursor, start);
  if (isLetterSum) {
    // "Root nine plus one" is the root and one more; with a letter, "root of x plus one" is either.
    const reading = cursor.choose();
    if (reading !== 'near') return reading === null ? null : { kind: 'root', degree, value: inner };
    cursor.rewind(start);
    const whole = cursor.expression(bind.allOver);
    return whole === null ? null : { kind: 'root', degree, value: whole };
  }
  const chosen = !isBracket && goesOn && !isClearEnd(next, cursor) ? cursor.choose() : 'near';
  if (chosen === null) return null;
  if (chosen === 'near') return { kind: 'root', degree, value: inner };
  cursor.rewind(start);
  const wide = cursor.expression(bind.product - 1);
  return wide === null ? null : { kind: 'root', degree, value: wide };
}

/** Was the root said, not written? A sign shows where it ends. */
function isSaid(cursor: Cursor, start: number): boolean {
  const name = cursor.token(start - 1 - cursor.position());
  return name?.type === 'nth-root' || (name?.type === 'operator' && name.spelled);
}

/** "The square root of nine times the square root of four": the second root shows that the first has ended. */
function isClearEnd(next: Token, cursor: Cursor): boolean {
  const after = cursor.token(1);
  const isRoot = (token: Token | undefined): boolean =>
    token?.type === 'operator' && (token.operator === 'sqrt' || token.operator === 'cbrt');
  return isRoot(next) || (next.type === 'operator' && isRoot(after));
}

/** "the quantity x minus two": up to the next end; longer sums must be closed, or nobody can hear where they end. */
export function readQuantity(cursor: Cursor, start: number): Expression | null {
  const inner = cursor.expression(bind.allOver);
  if (inner === null) return null;
  if (cursor.peek() === 'end-quantity') {
    cursor.skip();
    return inner;
  }
  const isPair =
    (inner.kind === 'add' || inner.kind === 'subtract') && isSimpleTerm(inner.left) && isSimpleTerm(inner.right);
  const last = cursor.token(-1);
  const isClear = isPair && !hasLineInside(cursor) && !(last !== undefined && isSpokenPower(last));
  if (isClear) return inner;
  const chosen = cursor.choose(start);
  return chosen === null ? null : chosen === 'near' ? wholeQuantity(inner) : inner;
}

/** The reading in which a power or a line at the end belongs to the whole sum. */
function wholeQuantity(inner: Expression): Expression {
  if ((inner.kind !== 'add' && inner.kind !== 'subtract') || !('left' in inner.right)) return inner;
  const { right } = inner;
  return right.kind === 'power' || right.kind === 'divide'
    ? { ...right, left: { ...inner, right: right.left } }
    : inner;
}

/** "The quantity x plus one over two": a fraction line inside may belong to the whole. */
function hasLineInside(cursor: Cursor): boolean {
  for (let offset = -1; ; offset -= 1) {
    const token = cursor.token(offset);
    if (token === undefined || (token.type === 'operator' && token.operator === 'quantity')) return false;
    if (token.type === 'operator' && (token.operator === 'over' || token.operator === '/')) return true;
  }
}

/** "Twice x", "triple the sum", "the square of x". */
export function readNamedFactor(
  cursor: Cursor,
  operator: 'twice' | 'triple' | 'square-of' | 'cube-of',
): Expression | null {
  if ((operator === 'twice' || operator === 'triple') && cursor.peek() === 'of') cursor.skip();
  const inner = cursor.expression(bind.implicit);
  if (inner === null) return null;
  const number = integer(operator === 'twice' || operator === 'square-of' ? 2n : 3n);
  return operator === 'twice' || operator === 'triple' ? multiply(number, inner) : power(inner, number);
}

/** An operation said before its operands, the word between them, and where it began. */
export interface NamedOperation {
  readonly kind: 'sum' | 'product' | 'difference' | 'quotient';
  readonly joint: Operator;
  readonly start: number;
}

/** Operations said before their operands, with the word between those. */
export const namedOperations: Readonly<Partial<Record<Operator, Omit<NamedOperation, 'start'>>>> = {
  sum: { kind: 'sum', joint: 'and' },
  product: { kind: 'product', joint: 'and' },
  difference: { kind: 'difference', joint: 'and' },
  quotient: { kind: 'quotient', joint: 'and' },
  add: { kind: 'sum', joint: 'to' },
  subtract: { kind: 'difference', joint: 'from' },
  multiply: { kind: 'product', joint: 'by' },
  divide: { kind: 'quotient', joint: 'by' },
};

/** "the sum of A and B", "subtract A from B": only where nothing follows that could belong to B. */
export function readNamed(cursor: Cursor, { kind, joint, start }: NamedOperation): Expression | null {
  const first = cursor.expression(bind.product - 1);
  if (first === null) return null;
  const used = cursor.peek();
  if (used !== joint && !(used === 'and' && (kind === 'sum' || kind === 'product'))) return cursor.fail('leftover');
  cursor.skip();
  const second = cursor.expression(bind.product - 1);
  if (second === null) return null;
  const next = cursor.peek();
  const isClosed = cursor.token(0) === undefined || next === ')' || next === 'end-quantity' || next === 'all-over';
  if ((!isClosed || isExplicitProduct(first) || isExplicitProduct(second)) && cursor.choose(start) === null)
    return null;
  switch (kind) {
    case 'sum':
      return used === 'to' ? add(second, first) : add(first, second);
    case 'product':
      return multiply(first, second);
    case 'difference':
      if (joint === 'from') return subtract(second, first);
      // "The difference between 3 and 10" is 7 to some and -7 to others.
      if (!isCertainlySmaller(first, second)) return subtract(first, second);
      switch (cursor.choose(start)) {
        case 'near':
          return subtract(second, first);
        case 'far':
          return subtract(first, second);
        case null:
          return null;
      }
    case 'quotient':
      return divide(first, second, 'divided-by');
  }
}

/** A mixed number runs to its end: `2 1/2x` and `2 1/2^2` could mean two things. Called with the cursor behind it. */
export function readMixed(cursor: Cursor, expression: Expression): Expression | null {
  const next = cursor.token(0);
  const isOpen =
    next !== undefined &&
    (!next.spaced || next.type === 'letter') &&
    !(next.type === 'operator' && isLooseAfterMixed(next.operator));
  return expression.kind === 'mixed' && isOpen && cursor.choose() === null ? null : expression;
}
