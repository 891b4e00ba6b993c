/** Spoken constructions with an end that has to be found: roots, "the quantity", "the sum of A and B". Called by the parser only. */
import { add, divide, multiply, subtract, type Expression } from '../algebra/expression.js';
import { isCertainlySmaller, isExplicitProduct, isSimpleTerm } from './readings.js';
import { isSpokenPower, startsOperand } from './token-kinds.js';
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
  /** Records the first failure; always null. */
  readonly fail: (reason: ParseFailure['reason'], at?: number) => null;
}

/** What stands under a root; without brackets only where it is certain where that ends. */
export function readRoot(cursor: Cursor, degree: 2 | 3): Expression | null {
  const isBracket = cursor.peek() === '(';
  const inner = isBracket ? cursor.operand(bind.root) : cursor.expression(bind.root);
  if (inner === null) return null;
  const next = cursor.token(0);
  // √4x and "root of nine over four" may end in two places.
  const goesOn =
    next !== undefined &&
    (startsOperand(next) || (next.type === 'operator' && ['*', '÷', '/', 'over'].includes(next.operator)));
  return !isBracket && goesOn ? cursor.fail('ambiguous') : { kind: 'root', degree, value: inner };
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
  return isClear ? inner : cursor.fail('ambiguous', start);
}

/** "The quantity x plus one over two": a fraction line inside may belong to the whole. */
function hasLineInside(cursor: Cursor): boolean {
  for (let offset = -1; ; offset -= 1) {
    const token = cursor.token(offset);
    if (token === undefined || (token.type === 'operator' && token.operator === 'quantity')) return false;
    if (token.type === 'operator' && (token.operator === 'over' || token.operator === '/')) return true;
  }
}

/** An operation said before its operands, the word between them, and where it began. */
export interface NamedOperation {
  readonly kind: 'sum' | 'product' | 'difference' | 'quotient';
  readonly joint: Operator;
  readonly start: number;
}

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
  const isClosed = cursor.token(0) === undefined || next === ')' || next === 'end-quantity';
  if (!isClosed || isExplicitProduct(first) || isExplicitProduct(second)) return cursor.fail('ambiguous', start);
  switch (kind) {
    case 'sum':
      return used === 'to' ? add(second, first) : add(first, second);
    case 'product':
      return multiply(first, second);
    case 'difference':
      if (joint === 'from') return subtract(second, first);
      // "The difference between 3 and 10" is 7 to some and -7 to others.
      return isCertainlySmaller(first, second) ? cursor.fail('ambiguous', start) : subtract(first, second);
    case 'quotient':
      return divide(first, second, 'divided-by');
  }
}
