/** The exact value of an expression, with bounds on work. Gives no steps: it is what steps are checked against. */
import { err, ok, type Result } from '../../platform/result.js';
import type { Expression } from './expression.js';
import {
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
  times,
  type Rational,
} from './rational.js';

/** Why an expression has no value that can be given here. */
export type NoValue = 'undefined' | 'not-real' | 'irrational' | 'too-big' | 'unknown';

/** Largest exponent that is looked at. */
const largestExponent = 10_000n;
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

/** A whole power; fractional exponents are `irrational` here, since nothing in the tutor teaches them yet. */
function powerOf(base: Rational, exponent: Rational): Result<Rational, NoValue> {
  if (!isInteger(exponent)) return err('irrational');
  const count = exponent.numerator;
  if (isZero(base)) return count > 0n ? ok(base) : err('undefined');
  if (count > largestExponent || count < -largestExponent) return err('too-big');
  if (isNegative(exponent)) return powerOf(over(one, base), opposite(exponent));
  const bits = Math.max(bitsOf(base.numerator), bitsOf(base.denominator)) - 1;
  if (BigInt(bits) * count > BigInt(largestBits)) return err('too-big');
  return bounded({ numerator: base.numerator ** count, denominator: base.denominator ** count });
}

function rootOf(value: Rational, degree: 2 | 3): Result<Rational, NoValue> {
  if (degree === 2 && isNegative(value)) return err('not-real');
  const root = exactRoot(value, degree);
  return root === null ? err('irrational') : ok(root);
}

function bounded(value: Rational): Result<Rational, NoValue> {
  return bitsOf(value.numerator) > largestBits || bitsOf(value.denominator) > largestBits ? err('too-big') : ok(value);
}

function bitsOf(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length;
}
