/** Factors of polynomials over the rational numbers, as products that people write. No steps. */
import { dividePolynomials, rationalZeros, toWholeCoefficients } from './division.js';
import { fromRational, integer, multiply, negate, power, variable, type Expression } from './expression.js';
import { toLatex } from './latex.js';
import { coefficient, fromPolynomial, type Polynomial } from './polynomial.js';
import { equals, exactRoot, isNegative, isZero, minus, one, over, rational, sizeOf, times, zero, type Rational } from './rational.js'; // prettier-ignore

/** A number in front, and factors with whole coefficients that cannot be factored further. */
export interface Factored {
  readonly front: Rational;
  readonly factors: readonly Polynomial[];
}

/** Takes a polynomial apart completely, or null where it is not certain that it is complete. */
export function toFactored(polynomial: Polynomial): Factored | null {
  const whole = toWholeCoefficients(polynomial);
  const leading = whole[whole.length - 1];
  if (leading === undefined) return null;
  const front = over(polynomial[polynomial.length - 1] ?? one, leading);
  const found = rationalZeros(whole);
  if (found === null) return null;
  const linear = found.zeros.map((each): Polynomial => [rational(-each.numerator), rational(each.denominator)]);
  const rest = splitRest(found.rest);
  if (rest === null) return null;
  const factors = [...linear, ...rest.factors];
  return { front: times(front, rest.front), factors };
}

/** What has no rational zero: of degree 2 or 3 it is finished; of degree 4 it may be two quadratics. */
function splitRest(rest: Polynomial): Factored | null {
  if (rest.length === 1) return { front: rest[0] ?? one, factors: [] };
  const whole = toWholeCoefficients(rest);
  const front = over(rest[rest.length - 1] ?? one, whole[whole.length - 1] ?? one);
  if (whole.length <= 4) return { front, factors: [whole] };
  const [c, d, b, e, a] = [0, 1, 2, 3, 4].map((degree) => coefficient(whole, degree));
  if (whole.length !== 5 || a === undefined || b === undefined || c === undefined) return null;
  if (!isZero(d ?? zero) || !isZero(e ?? zero)) return null;
  // a·x⁴ + b·x² + c: first as a quadratic in x², then as a difference of squares.
  const root = exactRoot(minus(times(b, b), times(rational(4n), times(a, c))), 2);
  if (root === null) return isSumOfSquares(a, b, c) ? null : { front, factors: [whole] };
  const pieces: Polynomial[] = [];
  let left: Polynomial = whole;
  for (const sign of [one, rational(-1n)]) {
    const zeroAt = over(minus(times(sign, root), b), times(rational(2n), a));
    const factor: Polynomial = [rational(-zeroAt.numerator), zero, rational(zeroAt.denominator)];
    const divided = dividePolynomials(left, factor);
    if (divided.remainder.length > 0) return null;
    pieces.push(factor);
    left = divided.quotient;
  }
  return left.length === 1 ? { front: times(front, left[0] ?? one), factors: pieces } : null;
}

/** x⁴ + 4 is a product of two quadratics although it has no zero; such cases are left out. */
function isSumOfSquares(a: Rational, b: Rational, c: Rational): boolean {
  return isNegative(b) || (exactRoot(a, 2) !== null && exactRoot(c, 2) !== null) || !isNegative(c);
}

/** Writes the factors as one product; equal ones as a power, a bare unknown in front. */
export function writeFactored({ front, factors }: Factored, name: string): Expression {
  const counted: { text: string; tree: Expression; polynomial: Polynomial; count: number }[] = [];
  for (const polynomial of factors) {
    const tree = fromPolynomial(polynomial, name);
    const known = counted.find(({ text }) => text === toLatex(tree));
    if (known === undefined) counted.push({ text: toLatex(tree), tree, polynomial, count: 1 });
    else known.count += 1;
  }
  const isBare = (each: Polynomial): boolean =>
    each.length === 2 && isZero(coefficient(each, 0)) && equals(coefficient(each, 1), one);
  counted.sort((a, b) => Number(isBare(b.polynomial)) - Number(isBare(a.polynomial)));
  const product = counted
    .map(({ tree, count, polynomial }) => {
      const base = isBare(polynomial) ? variable(name) : tree;
      return count === 1 ? base : power(base, integer(BigInt(count)));
    })
    .reduce<Expression | null>((whole, each) => (whole === null ? each : multiply(whole, each, 'implicit')), null);
  if (product === null) return fromRational(front);
  const size = sizeOf(front);
  if (equals(size, one)) return isNegative(front) ? negate(product) : product;
  const whole = inFront(fromRational(size), product);
  return isNegative(front) ? negate(whole) : whole;
}

/** Puts a number before a product, on its far left, so that no bracket is needed. */
function inFront(number: Expression, product: Expression): Expression {
  return product.kind === 'multiply'
    ? multiply(inFront(number, product.left), product.right, 'implicit')
    : multiply(number, product, 'implicit');
}

/** A polynomial as its product, or null where nothing can be taken apart for certain. */
export function factorPolynomial(polynomial: Polynomial, name: string): Expression | null {
  const found = toFactored(polynomial);
  return found === null ? null : writeFactored(found, name);
}
