/** Exact sums of roots, `3 + 2√5`: numbers only, in one canonical form, so that equal ones look equal. */
import { primeFactors } from './primes.js';
import { isNegative, isZero, one, opposite, over, plus, rational, times, toNumber, type Rational } from './rational.js'; // prettier-ignore

/** A rational number times a root of a whole number that cannot be simplified; radicand 1 stands for no root. */
export interface RadicalTerm {
  readonly value: Rational;
  readonly degree: number;
  readonly radicand: bigint;
}

/** A sum of such terms, none of them 0, the rational one first, then by degree and radicand. */
export type Radical = readonly RadicalTerm[];

/** Largest whole number that is taken apart under a root. */
const largestRadicand = 10n ** 12n;
const mostTerms = 6;
const highestRoot = 12;

/** A rational number as a sum without roots. */
export function fromNumber(value: Rational): Radical {
  return isZero(value) ? [] : [{ value, degree: 1, radicand: 1n }];
}

/** The rational number it is, or null. */
export function asRational(sum: Radical): Rational | null {
  const [first] = sum;
  if (first === undefined) return rational(0n);
  return sum.length === 1 && first.radicand === 1n ? first.value : null;
}

/** The root of a rational number in simplest form; null when it is too big to take apart, or not real. */
export function rootOfRational(value: Rational, degree: number): Radical | null {
  if (isZero(value)) return [];
  if (degree < 2 || degree > highestRoot) return null;
  if (isNegative(value)) {
    if (degree % 2 === 0) return null;
    const positive = rootOfRational(opposite(value), degree);
    return positive === null ? null : positive.map((term) => ({ ...term, value: opposite(term.value) }));
  }
  // √(a/b) = √(a·b)/b and so on: no root is left below the line.
  if (value.numerator > largestRadicand || value.denominator > 1_000_000n) return null;
  let outside = 1n;
  const inside = new Map<bigint, number>();
  const powers = new Map<bigint, number>();
  for (const [prime, count] of primeFactors(value.numerator)) powers.set(prime, count);
  for (const [prime, count] of primeFactors(value.denominator)) powers.set(prime, count * (degree - 1));
  for (const [prime, count] of powers) {
    outside *= prime ** BigInt(Math.floor(count / degree));
    if (count % degree > 0) inside.set(prime, count % degree);
  }
  // ⁴√9 is √3: a divisor that the degree shares with every exponent goes.
  const shared = [...inside.values()].reduce(common, degree);
  let radicand = 1n;
  for (const [prime, count] of inside) radicand *= prime ** BigInt(count / shared);
  const front = rational(outside, value.denominator);
  if (radicand > largestRadicand) return null;
  return [{ value: front, degree: radicand === 1n ? 1 : degree / shared, radicand }];
}

function common(a: number, b: number): number {
  return b === 0 ? a : common(b, a % b);
}

/** Sum. */
export function addRadicals(a: Radical, b: Radical): Radical {
  const found = new Map<string, RadicalTerm>();
  for (const term of [...a, ...b]) {
    const key = `${term.degree}:${term.radicand.toString()}`;
    const known = found.get(key);
    found.set(key, known === undefined ? term : { ...term, value: plus(known.value, term.value) });
  }
  return [...found.values()].filter(({ value }) => !isZero(value)).sort(order);
}

/** Whole numbers first, then square roots by radicand, then higher roots. */
function order(a: RadicalTerm, b: RadicalTerm): number {
  return a.degree - b.degree || (a.radicand < b.radicand ? -1 : a.radicand > b.radicand ? 1 : 0);
}

/** Opposite. */
export function negateRadical(a: Radical): Radical {
  return a.map((term) => ({ ...term, value: opposite(term.value) }));
}

/** Product, or null when it is too big. */
export function multiplyRadicals(a: Radical, b: Radical): Radical | null {
  let sum: Radical = [];
  for (const first of a) {
    for (const second of b) {
      const each = multiplyTerms(first, second);
      if (each === null) return null;
      sum = addRadicals(sum, each);
    }
  }
  return sum.length > mostTerms ? null : sum;
}

function multiplyTerms(a: RadicalTerm, b: RadicalTerm): Radical | null {
  const value = times(a.value, b.value);
  if (a.radicand === 1n) return [{ ...b, value }];
  if (b.radicand === 1n) return [{ ...a, value }];
  const degree = (a.degree * b.degree) / common(a.degree, b.degree);
  if (degree > 6) return null;
  const under = a.radicand ** BigInt(degree / a.degree) * b.radicand ** BigInt(degree / b.degree);
  const root = rootOfRational(rational(under), degree);
  return root === null ? null : root.map((term) => ({ ...term, value: times(term.value, value) }));
}

/** Quotient; null when the divisor is 0 or has roots that a conjugate does not remove. */
export function divideRadicals(a: Radical, b: Radical): Radical | null {
  const [first, second] = b;
  if (first === undefined) return null;
  if (second === undefined) {
    // 1/(q·ⁿ√r) = ⁿ√(r^(n-1))/(q·r)
    const up = rootOfRational(rational(first.radicand ** BigInt(first.degree - 1)), Math.max(2, first.degree));
    const inverse = first.radicand === 1n ? fromNumber(over(one, first.value)) : up;
    if (inverse === null) return null;
    const below = first.radicand === 1n ? one : times(first.value, rational(first.radicand));
    return multiplyRadicals(
      a,
      inverse.map((term) => ({ ...term, value: over(term.value, below) })),
    );
  }
  if (b.length > 2 || b.some(({ degree }) => degree > 2)) return null;
  const conjugate: Radical = [first, { ...second, value: opposite(second.value) }];
  const below = multiplyRadicals(b, conjugate);
  const plain = below === null ? null : asRational(below);
  const above = multiplyRadicals(a, conjugate);
  if (plain === null || isZero(plain) || above === null) return null;
  return above.map((term) => ({ ...term, value: over(term.value, plain) }));
}

/** The number nearly, for "about" and for comparing. */
export function nearly(sum: Radical): number {
  return sum.reduce(
    (total, { value, degree, radicand }) => total + toNumber(value) * Number(radicand) ** (1 / degree),
    0,
  );
}

/** The distance between two sums as one; 0 has no terms. */
export function subtractRadicals(a: Radical, b: Radical): Radical {
  return addRadicals(a, negateRadical(b));
}
