/** Questions about single tokens that the parser asks. Nothing here looks further than a fraction's three tokens. */
import { asIntegerFraction, divide, type Expression } from '../algebra/expression.js';
import type { Token } from './tokens.js';
import type { Operator } from './vocabulary.js';

/** "squared", "cubed", "to the fourth". */
export function isSpokenPower(token: Token): boolean {
  return (
    token.type === 'ordinal-power' ||
    (token.type === 'operator' && (token.operator === 'squared' || token.operator === 'cubed'))
  );
}

/** May an operand begin here without an operation before it? */
export function startsOperand(token: Token): boolean {
  if (token.type === 'operator') return ['(', 'sqrt', 'cbrt', 'quantity'].includes(token.operator);
  return ['number', 'letter', 'function', 'constant', 'nth-root'].includes(token.type);
}

/** Operations after which a mixed number before them is certainly over. */
export function isLooseAfterMixed(operator: Operator): boolean {
  return ['+', '-', '*', '÷', '=', ')', 'and'].includes(operator);
}

/** The same for any token. */
export function isLooseToken(token: Token): boolean {
  return token.type === 'operator' && isLooseAfterMixed(token.operator);
}

/** `2/5` written without blanks, from its three tokens; null otherwise. */
export function readCloseFraction([top, line, below]: readonly (Token | undefined)[]): Expression | null {
  if (top?.type !== 'number' || below?.type !== 'number' || line?.type !== 'operator' || line.operator !== '/')
    return null;
  if (line.spaced || below.spaced) return null;
  const fraction = divide(top.expression, below.expression);
  return asIntegerFraction(fraction) === null ? null : fraction;
}
