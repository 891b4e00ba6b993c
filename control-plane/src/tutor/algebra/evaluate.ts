/** The exact value of an expression, with bounds on work. Gives no steps: it is what steps are checked against. */
import { err, ok, type Result } from '../../platform/result.js';
import type { Expression, FunctionName } from './expression.js';
import {
  equals,
  exactRoot,
  isInteger,
  isNegative,
  isZero,
  minus,
  one,
  opposite,
  over,
  plus,
  rational,
  sizeOf,
  times,
  type Rational,
} from './rational.js';

/** Why an expression has no value that can be given here. */
export type NoValue = 'undefined' | 'not-real' | 'irrational' | 'too-big' | 'unknown';

/** Largest exponent that is looked at. */
export const largestExponent = 10_000n;
/** Longest numerator or denominator, in bits: about sixty digits, more than a learner can read. */
const largestBits = 200;

/**
 * Calculates exactly.
 *
 * @param values numbers for the unknowns; an unknown without one gives `unknown`
 */
export function evaluate(
  expression: Expression,
  values: ReadonlyMap<string, Rational> = new Map(),
): Result<Rational, NoValue> {
  switch (expression.kind) {
    case 'number':
      return bounded(expression.value);
    case 'mixed': {
      const { whole, numerator, denominator } = expression;
      return denominator === 0n ? err('undefined') : bounded(plus(rational(whole), rational(numerator, denominator)));
    }
    case 'variable': {
      const value = values.get(expression.name);
      return value === undefined ? err('unknown') : ok(value);
    }
    case 'negate': {
      const value = evaluate(expression.value, values);
      return value.ok ? ok(opposite(value.value)) : value;
    }
    case 'percent': {
      const value = evaluate(expression.value, values);
      return value.ok ? bounded(over(value.value, rational(100n))) : value;
    }
    case 'root': {
      const value = evaluate(expression.value, values);
      return value.ok ? rootOf(value.value, expression.degree) : value;
    }
    case 'constant':
      return err('irrational');
    case 'call': {
      if (expression.name === 'ln' && expression.value.kind === 'constant' && expression.value.name === 'e')
        return ok(one);
      const value = evaluate(expression.value, values);
      return value.ok ? callOf(expression.name, value.value, expression.base) : value;
    }
    default: {
      const left = evaluate(expression.left, values);
      if (!left.ok) return left;
      const right = evaluate(expression.right, values);
      if (!right.ok) return right;
      return combine(expression.kind, left.value, right.value);
    }
  }
}

function combine(
  kind: 'add' | 'subtract' | 'multiply' | 'divide' | 'power',
  a: Rational,
  b: Rational,
): Result<Rational, NoValue> {
  switch (kind) {
    case 'add':
      return bounded(plus(a, b));
    case 'subtract':
      return bounded(minus(a, b));
    case 'multiply':
      return bounded(times(a, b));
    case 'divide':
      return isZero(b) ? err('undefined') : bounded(over(a, b));
    case 'power':
      return powerOf(a, b);
  }
}

/** Functions with a rational value at a rational argument; the others are `irrational`. */
function callOf(name: FunctionName, value: Rational, base: bigint | null): Result<Rational, NoValue> {
  switch (name) {
    case 'abs':
      return ok(sizeOf(value));
    case 'factorial': {
      if (!isInteger(value) || isNegative(value)) return err('undefined');
      if (value.numerator > 40n) return err('too-big');
      let product = 1n;
      for (let factor = 2n; factor <= value.numerator; factor += 1n) product *= factor;
      return bounded(rational(product));
    }
    case 'sin':
    case 'tan':
      return isZero(value) ? ok(value) : err('irrational');
    case 'cos':
      return isZero(value) ? ok(one) : err('irrational');
    case 'degrees':
      return isZero(value) ? ok(value) : err('irrational');
    case 'ln':
      if (isZero(value) || isNegative(value)) return err(isZero(value) ? 'undefined' : 'not-real');
      return equals(value, one) ? ok(rational(0n)) : err('irrational');
    case 'log':
      return logarithm(value, rational(base ?? 10n));
  }
}

/** A whole or negative whole logarithm, found by dividing. */
function logarithm(value: Rational, base: Rational): Result<Rational, NoValue> {
  if (isZero(value) || isNegative(value)) return err(isZero(value) ? 'undefined' : 'not-real');
  if (isNegative(base) || isZero(base) || equals(base, one)) return err('undefined');
  let count = 0n;
  let rest = isInteger(value) ? value : over(one, value);
  for (; isInteger(rest) && rest.numerator > 1n; count += 1n) rest = over(rest, base);
  if (!equals(rest, one)) return err('irrational');
  return ok(rational(isInteger(value) ? count : -count));
}

/** A power with a whole exponent, or with a fractional one where the root is exact. */
export function powerOf(base: Rational, exponent: Rational): Result<Rational, NoValue> {
  if (!isInteger(exponent)) {
    if (isZero(base)) return isNegative(exponent) ? err('undefined') : ok(base);
    if (exponent.denominator > 12n) return err('irrational');
    const lifted = powerOf(base, rational(exponent.numerator));
    return lifted.ok ? rootOf(lifted.value, Number(exponent.denominator)) : lifted;
  }
  const count = exponent.numerator;
  if (isZero(base)) return count > 0n ? ok(base) : err('undefined');
  if (count > largestExponent || count < -largestExponent) return err('too-big');
  if (isNegative(exponent)) return powerOf(over(one, base), opposite(exponent));
  const bits = Math.max(bitsOf(base.numerator), bitsOf(base.denominator)) - 1;
  if (BigInt(bits) * count > BigInt(largestBits)) return err('too-big');
  return bounded({ numerator: base.numerator ** count, denominator: base.denominator ** count });
}

function rootOf(value: Rational, degree: number): Result<Rational, NoValue> {
  if (degree % 2 === 0 && isNegative(value)) return err('not-real');
  const root = exactRoot(value, degree);
  return root === null ? err('irrational') : ok(root);
}

function bounded(value: Rational): Result<Rational, NoValue> {
  return bitsOf(value.numerator) > largestBits || bitsOf(value.denominator) > largestBits ? err('too-big') : ok(value);
}

function bitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}
