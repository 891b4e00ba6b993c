/** Quotients and powers, whose right ends are not always clear. Called by the parser only. */
import { divide, negate, power, type Expression } from '../algebra/expression.js';
import { bind, type Cursor } from './phrases.js';
import { isLiteralFraction } from './readings.js';
import { isLooseToken, isSpokenPower, readCloseFraction, startsOperand } from './token-kinds.js';

/** `1/2x` and `6÷2(1+2)` are read in two ways by people; only `1/2 x`, with a blank and plain numbers, is clear. */
export function readQuotient(
  cursor: Cursor,
  left: Expression,
  least: number,
  form: 'fraction' | 'divided-by',
): Expression | null | 'done' {
  if (bind.product <= least) return 'done';
  const sign = cursor.token(0);
  cursor.skip();
  const closeFraction = readCloseFraction([cursor.token(0), cursor.token(1), cursor.token(2)]);
  if (closeFraction !== null && sign !== undefined && (form === 'divided-by' || sign.spaced)) {
    // In 3/4 ÷ 2/5 the blanks tell that 2/5 is one number; in 6÷2/3 nothing tells.
    const isClear = form === 'divided-by' && sign.spaced && cursor.token(0)?.spaced === true;
    const after = cursor.token(3);
    const chosen = isClear && (after === undefined || isLooseToken(after)) ? 'far' : cursor.choose();
    if (chosen === null) return null;
    if (chosen === 'far') {
      cursor.rewind(cursor.position() + 3);
      return divide(left, closeFraction, form);
    }
  }
  const start = cursor.position();
  const right = cursor.expression(bind.implicit);
  if (right === null) return null;
  const made = divide(left, right, form);
  const next = cursor.token(0);
  if (next === undefined || !startsOperand(next)) return made;
  const spoken = sign?.type === 'operator' && sign.spelled && form === 'fraction';
  const clear = isLiteralFraction(made) && next.type === 'letter' && (spoken || next.spaced);
  const chosen = clear ? 'near' : cursor.choose();
  if (chosen !== 'far') return chosen === null ? null : made;
  cursor.rewind(start);
  const whole = cursor.expression(bind.product);
  return whole === null ? null : divide(left, whole, form);
}

/** Reads an exponent; where it ends without brackets is sometimes anybody's guess. */
export function readPower(cursor: Cursor, left: Expression, least: number): Expression | null | 'done' {
  if (bind.power < least) return 'done';
  const base = cursor.token(-1);
  cursor.skip();
  const isNegative = cursor.peek() === '-' || cursor.peek() === 'negative';
  if (isNegative) cursor.skip();
  const first = cursor.token(0);
  const start = cursor.position();
  const size = cursor.expression(bind.power - 1);
  if (size === null) return null;
  const right = isNegative ? negate(size) : size;
  const last = cursor.token(-1);
  // "Two to the power of three squared" may square the three or the whole.
  if (last !== undefined && isSpokenPower(last)) {
    const chosen = cursor.choose();
    if (chosen === null) return null;
    return chosen === 'far' && size.kind === 'power' ? power(power(left, size.left), size.right) : power(left, right);
  }
  const wider = (bound: number): Expression | null => {
    cursor.rewind(start);
    const all = cursor.expression(bound);
    return all === null ? null : power(left, isNegative ? negate(all) : all);
  };
  const next = cursor.token(0);
  // 9^1/2 is mostly meant as a root, 2^3x as anything: both are asked about.
  const isOne =
    first?.type === 'number' &&
    right.kind === 'number' &&
    right.value.numerator === 1n &&
    right.value.denominator === 1n;
  if (isOne && next?.type === 'operator' && next.operator === '/' && !next.spaced) {
    const chosen = cursor.choose();
    return chosen === 'near' ? power(left, right) : chosen === null ? null : wider(bind.product - 1);
  }
  const isTight = next !== undefined && startsOperand(next) && !next.spaced && first?.type === 'number';
  if (isTight && base?.type === 'number') {
    const chosen = cursor.choose();
    return chosen === 'near' ? power(left, right) : chosen === null ? null : wider(bind.implicit - 1);
  }
  return power(left, right);
}
