/** Dividing polynomials in one unknown: remainders, common divisors, rational zeros. Numbers only, no steps. */
import { addPolynomials, coefficient, scalePolynomial, subtractPolynomials, type Polynomial } from './polynomial.js';
import { divisorsOf } from './primes.js';
import { absolute, compare, greatestCommonDivisor, isNegative, isZero, leastCommonMultiple, one, over, plus, rational, times, zero, type Rational } from './rational.js'; // prettier-ignore

/** Largest coefficient whose divisors are tried as zeros. */
const largestTried = 10n ** 9n;
/** Most candidates for a zero. */
const mostCandidates = 2000;

/** Product of two polynomials. */
export function multiplyPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  return b.reduce<Polynomial>(
    (sum, each, degree) =>
      addPolynomials(sum, [...Array.from({ length: degree }, () => zero), ...scalePolynomial(a, each)]),
    [],
  );
}

/** Quotient and remainder; the divisor must not be 0. */
export function dividePolynomials(a: Polynomial, b: Polynomial): { quotient: Polynomial; remainder: Polynomial } {
  const leading = b[b.length - 1] ?? one;
  let remainder = a;
  let quotient: Polynomial = [];
  while (remainder.length >= b.length && remainder.length > 0) {
    const shift = remainder.length - b.length;
    const value = over(remainder[remainder.length - 1] ?? zero, leading);
    const part: Polynomial = [...Array.from({ length: shift }, () => zero), value];
    quotient = addPolynomials(quotient, part);
    remainder = subtractPolynomials(remainder, multiplyPolynomials(b, part));
  }
  return { quotient, remainder };
}

/** The greatest common divisor with leading coefficient 1; 1 where they share nothing. */
export function commonDivisor(a: Polynomial, b: Polynomial): Polynomial {
  let [x, y] = [a, b];
  while (y.length > 0) [x, y] = [y, monic(dividePolynomials(x, y).remainder)];
  return monic(x);
}

/** The least common multiple, leading coefficient 1. */
export function commonMultiple(a: Polynomial, b: Polynomial): Polynomial {
  return monic(dividePolynomials(multiplyPolynomials(a, b), commonDivisor(a, b)).quotient);
}

function monic(a: Polynomial): Polynomial {
  const leading = a[a.length - 1];
  return leading === undefined ? a : scalePolynomial(a, over(one, leading));
}

/** Value at a number. */
export function valueAt(polynomial: Polynomial, x: Rational): Rational {
  return polynomial.reduceRight((sum, each) => plus(times(sum, x), each), zero);
}

/** Multiplies by the denominators and divides by what all coefficients share; the leading one becomes positive. */
export function toWholeCoefficients(polynomial: Polynomial): Polynomial {
  const below = polynomial.reduce((found, each) => leastCommonMultiple(found, each.denominator), 1n);
  const whole = scalePolynomial(polynomial, rational(below));
  const shared = whole.reduce((found, each) => greatestCommonDivisor(found, each.numerator), 0n);
  const leading = whole[whole.length - 1] ?? zero;
  return scalePolynomial(whole, rational(isNegative(leading) ? -1n : 1n, absolute(shared) || 1n));
}

/** Is a polynomial with whole coefficients zero at p/q? All in whole numbers, since hundreds of candidates are tried. */
function isZeroAt(whole: Polynomial, { numerator, denominator }: Rational): boolean {
  let [sum, scale] = [0n, 1n];
  for (const { numerator: each } of [...whole].reverse()) {
    sum = sum * numerator + each * scale;
    scale *= denominator;
  }
  return sum === 0n;
}

/**
 * The rational zeros of a polynomial with whole coefficients, each as often as it counts, ascending, and what is left.
 *
 * @returns null when the coefficients are too big to try their divisors
 */
export function rationalZeros(whole: Polynomial): { zeros: readonly Rational[]; rest: Polynomial } | null {
  const zeros: Rational[] = [];
  let rest = whole;
  while (rest.length > 1 && isZero(coefficient(rest, 0))) {
    zeros.push(zero);
    rest = rest.slice(1);
  }
  if (rest.length <= 1) return { zeros, rest };
  const [last, first] = [absolute(coefficient(rest, 0).numerator), absolute(rest[rest.length - 1]?.numerator ?? 1n)];
  if (last > largestTried || first > largestTried) return null;
  const [above, below] = [divisorsOf(last), divisorsOf(first)];
  if (above.length * below.length > mostCandidates) return null;
  const tried = new Set<string>();
  for (const top of above) {
    for (const bottom of below) {
      for (const candidate of [rational(top, bottom), rational(-top, bottom)]) {
        const name = `${candidate.numerator.toString()}/${candidate.denominator.toString()}`;
        if (tried.has(name)) continue;
        tried.add(name);
        while (rest.length > 1 && isZeroAt(rest, candidate)) {
          zeros.push(candidate);
          rest = dividePolynomials(rest, [rational(-candidate.numerator), rational(candidate.denominator)]).quotient;
        }
      }
    }
  }
  return { zeros: zeros.sort(compare), rest };
}
