/** Polynomials in one unknown with exact coefficients. Built from trees and written back as trees; solves nothing. */
import { err, ok, type Result } from '../../platform/result.js';
import { evaluate } from './evaluate.js';
import {
  add,
  fromRational,
  integer,
  multiply,
  negate,
  power,
  subtract,
  variable,
  variablesOf,
  type Expression,
} from './expression.js';
import { isNegative, isZero, one, opposite, over, plus, times, zero, type Rational } from './rational.js';

/** Coefficients by degree, lowest first; the last is not 0. No coefficient at all is the number 0. */
export type Polynomial = readonly Rational[];

/** Why an expression is not handled as a polynomial. */
export type NotPolynomial = 'undefined' | 'not-real' | 'irrational' | 'too-big' | 'not-polynomial';

/** Highest degree that is worked with. */
export const highestDegree = 12;

/** Reads a tree as a polynomial in `name`; other unknowns and unknowns below a line or a root are `not-polynomial`. */
export function toPolynomial(expression: Expression, name: string): Result<Polynomial, NotPolynomial> {
  if (variablesOf(expression).length === 0) {
    const value = evaluate(expression);
    if (value.ok) return ok(trimmed([value.value]));
    return err(value.error === 'unknown' ? 'not-polynomial' : value.error);
  }
  switch (expression.kind) {
    case 'variable':
      return expression.name === name ? ok([zero, one]) : err('not-polynomial');
    case 'negate': {
      const value = toPolynomial(expression.value, name);
      return value.ok ? ok(value.value.map(opposite)) : value;
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const left = toPolynomial(expression.left, name);
      if (!left.ok) return left;
      const right = toPolynomial(expression.right, name);
      if (!right.ok) return right;
      return combine(expression.kind, left.value, right.value);
    }
    case 'power':
      return raised(expression.left, expression.right, name);
    default:
      return err('not-polynomial');
  }
}

/** Sum of two polynomials. */
export function addPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  const length = Math.max(a.length, b.length);
  return trimmed(Array.from({ length }, (_, degree) => plus(a[degree] ?? zero, b[degree] ?? zero)));
}

/** Difference of two polynomials. */
export function subtractPolynomials(a: Polynomial, b: Polynomial): Polynomial {
  return addPolynomials(a, b.map(opposite));
}

/** A polynomial times a number. */
export function scalePolynomial(a: Polynomial, factor: Rational): Polynomial {
  return trimmed(a.map((each) => times(each, factor)));
}

/** The coefficient of a power, 0 where there is none. */
export function coefficient(a: Polynomial, degree: number): Rational {
  return a[degree] ?? zero;
}

/** Writes a polynomial in descending powers: `2x^2 - x + 3`. */
export function fromPolynomial(
  polynomial: Polynomial,
  name: string,
  style: 'fraction' | 'decimal' = 'fraction',
): Expression {
  const terms = polynomial.map((value, degree) => ({ value, degree })).filter(({ value }) => !isZero(value));
  return sumOf(terms.reverse(), name, style);
}

/** One term: a number times a power of the unknown. */
export interface Term {
  readonly value: Rational;
  readonly degree: number;
}

/** Writes terms in the order given, without gathering them: `2x + 3x - 4`. */
export function sumOf(terms: readonly Term[], name: string, style: 'fraction' | 'decimal' = 'fraction'): Expression {
  let sum: Expression | null = null;
  for (const { value, degree } of terms) {
    const size = isNegative(value) ? opposite(value) : value;
    const term = writeTerm(size, degree, name, style);
    if (sum === null) sum = isNegative(value) ? negate(term) : term;
    else sum = isNegative(value) ? subtract(sum, term) : add(sum, term);
  }
  return sum ?? integer(0n);
}

/** The terms of an expression multiplied out, in the order in which they arise; null when it is not a polynomial. */
export function termsOf(expression: Expression, name: string): readonly Term[] | null {
  switch (expression.kind) {
    case 'negate': {
      const inner = termsOf(expression.value, name);
      return inner === null ? null : inner.map(({ value, degree }) => ({ value: opposite(value), degree }));
    }
    case 'add':
    case 'subtract': {
      const left = termsOf(expression.left, name);
      const right = termsOf(expression.kind === 'add' ? expression.right : negate(expression.right), name);
      return left === null || right === null ? null : [...left, ...right];
    }
    case 'multiply':
      return products(expression.left, expression.right, name);
    case 'divide': {
      const left = termsOf(expression.left, name);
      const divisor = evaluate(expression.right);
      if (left === null || !divisor.ok || isZero(divisor.value)) return null;
      return left.map(({ value, degree }) => ({ value: over(value, divisor.value), degree }));
    }
    case 'power': {
      const exponent = evaluate(expression.right);
      const isSquare = exponent.ok && exponent.value.numerator === 2n && exponent.value.denominator === 1n;
      if (isSquare && (expression.left.kind === 'add' || expression.left.kind === 'subtract'))
        return products(expression.left, expression.left, name);
      break;
    }
    default:
  }
  const polynomial = toPolynomial(expression, name);
  if (!polynomial.ok) return null;
  const terms = polynomial.value.map((value, degree) => ({ value, degree })).filter(({ value }) => !isZero(value));
  return terms.reverse();
}

function products(left: Expression, right: Expression, name: string): readonly Term[] | null {
  const [first, second] = [termsOf(left, name), termsOf(right, name)];
  if (first === null || second === null || first.length * second.length > 40) return null;
  return first.flatMap((a) => second.map((b) => ({ value: times(a.value, b.value), degree: a.degree + b.degree })));
}

function writeTerm(size: Rational, degree: number, name: string, style: 'fraction' | 'decimal'): Expression {
  if (degree === 0) return fromRational(size, style);
  const unknown = degree === 1 ? variable(name) : power(variable(name), integer(BigInt(degree)));
  return size.numerator === 1n && size.denominator === 1n
    ? unknown
    : multiply(fromRational(size, style), unknown, 'implicit');
}

function combine(
  kind: 'add' | 'subtract' | 'multiply' | 'divide',
  a: Polynomial,
  b: Polynomial,
): Result<Polynomial, NotPolynomial> {
  switch (kind) {
    case 'add':
      return ok(addPolynomials(a, b));
    case 'subtract':
      return ok(subtractPolynomials(a, b));
    case 'multiply':
      return multiplied(a, b);
    case 'divide': {
      if (b.length === 0) return err('undefined');
      const divisor = b.length === 1 ? b[0] : undefined;
      return divisor === undefined ? err('not-polynomial') : ok(scalePolynomial(a, over(one, divisor)));
    }
  }
}

function multiplied(a: Polynomial, b: Polynomial): Result<Polynomial, NotPolynomial> {
  if (a.length + b.length - 2 > highestDegree) return err('too-big');
  const found: Rational[] = Array.from({ length: Math.max(0, a.length + b.length - 1) }, () => zero);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      found[i + j] = plus(found[i + j] ?? zero, times(x, y));
    });
  });
  return ok(trimmed(found));
}

function raised(left: Expression, right: Expression, name: string): Result<Polynomial, NotPolynomial> {
  const exponent = evaluate(right);
  if (!exponent.ok) return err(exponent.error === 'unknown' ? 'not-polynomial' : exponent.error);
  // x^0 and x^-1 have a hole at 0, so they are not treated as polynomials.
  if (exponent.value.denominator !== 1n || exponent.value.numerator < 1n) return err('not-polynomial');
  if (exponent.value.numerator > BigInt(highestDegree)) return err('too-big');
  const base = toPolynomial(left, name);
  if (!base.ok) return base;
  let result: Polynomial = [one];
  for (let count = 0n; count < exponent.value.numerator; count += 1n) {
    const next = multiplied(result, base.value);
    if (!next.ok) return next;
    result = next.value;
  }
  return ok(result);
}

function trimmed(coefficients: readonly Rational[]): Polynomial {
  let length = coefficients.length;
  while (length > 0 && isZero(coefficients[length - 1] ?? zero)) length -= 1;
  return coefficients.slice(0, length);
}
