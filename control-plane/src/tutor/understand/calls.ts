/** Functions with their arguments: `sin(x)`, "sine of thirty degrees", `sin^2 x`, `ln 2x`. Called by the parser only. */
import { call, divide, integer, multiply, power, variablesOf, type Expression } from '../algebra/expression.js';
import { bind, type Cursor } from './phrases.js';
import { isSpokenPower } from './token-kinds.js';
import type { Token } from './tokens.js';

/** Reads what follows a function's name. */
export function readCall(cursor: Cursor, token: Extract<Token, { type: 'function' }>): Expression | null {
  const exponent = readExponent(cursor);
  if (exponent === 'failed') return null;
  const start = cursor.position();
  const isBracket = cursor.peek() === '(';
  const argument = isBracket ? cursor.operand(bind.root) : readArgument(cursor);
  if (argument === null) return null;
  const made = (value: Expression): Expression =>
    call(token.name, value, token.name === 'log' ? (token.base ?? 10n) : null);
  if (exponent !== null) return power(made(argument), exponent);
  const next = cursor.peek();
  if (!isBracket && mayGoOn(cursor, argument)) return withQuotient(cursor, argument, made);
  if (token.name === 'abs' && !isBracket && (next === '+' || next === '-')) {
    // "The absolute value of x minus two" mostly means the whole of it, but not always.
    const chosen = cursor.choose(start);
    if (chosen !== 'near') return chosen === null ? null : made(argument);
    cursor.rewind(start);
    const whole = cursor.expression(bind.allOver);
    return whole === null ? null : made(whole);
  }
  const last = cursor.token(-1);
  const isOpen = !isBracket && cursor.position() > start + 1 && last !== undefined && isSpokenPower(last);
  if (!isOpen || argument.kind !== 'power') return made(argument);
  // "Sine x squared" may square the angle or the sine.
  const chosen = cursor.choose(start);
  if (chosen === null) return null;
  return chosen === 'near' ? made(argument) : power(made(argument.left), argument.right);
}

/** `sin pi/6`, "the log of one hundred over ten", `cos 2*x`: the line or the product may belong to the argument. */
function mayGoOn(cursor: Cursor, argument: Expression): boolean {
  const [last, next] = [cursor.token(-1), cursor.token(0)];
  if (next?.type !== 'operator' || !['/', 'over', '÷', '*'].includes(next.operator)) return false;
  // Degrees end an angle; so does a blank before a written sign, as in `sin x / x`, but hardly in `sin pi / 6`.
  if (last?.type === 'operator' && last.operator === 'degrees') return false;
  return next.spelled || !next.spaced || variablesOf(argument).length === 0;
}

function withQuotient(
  cursor: Cursor,
  argument: Expression,
  made: (value: Expression) => Expression,
): Expression | null {
  const chosen = cursor.choose();
  if (chosen !== 'far') return chosen === null ? null : made(argument);
  const isProduct = cursor.peek() === '*';
  cursor.skip();
  const other = cursor.expression(bind.implicit);
  if (other === null) return null;
  return made(isProduct ? multiply(argument, other) : divide(argument, other));
}

/** `sin^2 x`, "sine squared x". */
function readExponent(cursor: Cursor): Expression | null | 'failed' {
  const next = cursor.peek();
  if (next === 'squared' || next === 'cubed') {
    cursor.skip();
    return integer(next === 'squared' ? 2n : 3n);
  }
  if (next !== '^') return null;
  cursor.skip();
  const size = cursor.token(0);
  cursor.skip();
  // sin^-1 is the inverse function to most people, which is not taught here.
  return size?.type === 'number' ? size.expression : (cursor.fail('leftover'), 'failed');
}

/** Without brackets: one factor, or a number with the letters that stand right behind it. */
function readArgument(cursor: Cursor): Expression | null {
  let value = cursor.expression(bind.root);
  for (let next = cursor.token(0); value !== null && next !== undefined; next = cursor.token(0)) {
    if ((next.type !== 'letter' && next.type !== 'constant') || cursor.token(-1)?.type !== 'number') break;
    const factor = cursor.expression(bind.root);
    value = factor === null ? null : multiply(value, factor, 'implicit');
  }
  return value;
}
