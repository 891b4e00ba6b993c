/** Exact fractions over BigInt. Knows numbers only: no expression, no words, no display. */

/** A fraction in lowest terms; the denominator is positive. */
export interface Rational {
  /** Numerator, carries the sign. */
  readonly numerator: bigint;
  /** Denominator, at least 1. */
  readonly denominator: bigint;
}

/** The absolute value of an integer. */
export function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** The greatest common divisor of two integers, never negative; 0 only for (0, 0). */
export function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [absolute(a), absolute(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** The least common multiple of two integers, never negative; 0 when either is 0. */
export function leastCommonMultiple(a: bigint, b: bigint): bigint {
  if (a === 0n || b === 0n) return 0n;
  return absolute(a / greatestCommonDivisor(a, b)) * absolute(b);
}

/**
 * Builds a fraction in lowest terms.
 *
 * @param numerator any integer
 * @param denominator any integer but 0: a RangeError otherwise, since callers decide about zero first
 */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('a fraction over zero');
  const divisor = greatestCommonDivisor(numerator, denominator);
  const sign = denominator < 0n ? -1n : 1n;
  return { numerator: (sign * numerator) / divisor, denominator: (sign * denominator) / divisor };
}

/** 0 as a fraction. */
export const zero: Rational = { numerator: 0n, denominator: 1n };
/** 1 as a fraction. */
export const one: Rational = { numerator: 1n, denominator: 1n };

/** Sum. */
export function plus(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

/** Opposite. */
export function opposite(a: Rational): Rational {
  return { numerator: -a.numerator, denominator: a.denominator };
}

/** Difference. */
export function minus(a: Rational, b: Rational): Rational {
  return plus(a, opposite(b));
}

/** Product. */
export function times(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Quotient; the divisor must not be 0 (RangeError). */
export function over(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

/** Same number. */
export function equals(a: Rational, b: Rational): boolean {
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

/** Is it 0? */
export function isZero(a: Rational): boolean {
  return a.numerator === 0n;
}

/** Is it a whole number? */
export function isInteger(a: Rational): boolean {
  return a.denominator === 1n;
}

/** Is it below 0? */
export function isNegative(a: Rational): boolean {
  return a.numerator < 0n;
}

/** The exact value as text: `-3`, `5/6`. */
export function toText(a: Rational): string {
  return isInteger(a) ? a.numerator.toString() : `${a.numerator.toString()}/${a.denominator.toString()}`;
}

/** Longest decimal that is written out; a longer one stays a fraction. */
const longestDecimalDigits = 12;

/** The exact decimal, such as `-0.35`, or null when it does not end within twelve places. */
export function toExactDecimal(a: Rational): string | null {
  let scale = 1n;
  for (let places = 0; places <= longestDecimalDigits; places += 1, scale *= 10n) {
    if (scale % a.denominator !== 0n) continue;
    return placePoint(a.numerator * (scale / a.denominator), places);
  }
  return null;
}

/** The value rounded to four places, half away from zero: `0.8333`. Display only, never calculated with. */
export function toRoundedDecimal(a: Rational): string {
  const doubled = absolute(a.numerator) * 20_000n;
  const rounded = (doubled / a.denominator + 1n) / 2n;
  return placePoint(isNegative(a) ? -rounded : rounded, 4);
}

/** The exact integer root of an integer of any size, or null when there is none; degree 2 or 3. */
function exactIntegerRoot(value: bigint, degree: 2 | 3): bigint | null {
  if (value < 0n) {
    if (degree === 2) return null;
    const root = exactIntegerRoot(-value, degree);
    return root === null ? null : -root;
  }
  const power = BigInt(degree);
  let low = 0n;
  let high = 1n << BigInt(Math.ceil(value.toString(2).length / degree) + 1);
  while (low < high) {
    const middle = (low + high + 1n) / 2n;
    if (middle ** power <= value) low = middle;
    else high = middle - 1n;
  }
  return low ** power === value ? low : null;
}

/** The exact rational root, or null when it is irrational or not real. */
export function exactRoot(a: Rational, degree: 2 | 3): Rational | null {
  const numerator = exactIntegerRoot(a.numerator, degree);
  const denominator = exactIntegerRoot(a.denominator, degree);
  return numerator === null || denominator === null ? null : rational(numerator, denominator);
}

function placePoint(scaled: bigint, places: number): string {
  const digits = absolute(scaled)
    .toString()
    .padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places === 0 ? '' : `.${digits.slice(digits.length - places)}`;
  return `${scaled < 0n ? '-' : ''}${whole}${fraction}`;
}
