/** Quotients of polynomials in one unknown: read from a tree, brought to lowest terms. Solves nothing. */
import { err, ok, type Result } from '../../platform/result.js';
import { evaluate } from './evaluate.js';
import { variablesOf, type Expression } from './expression.js';
import { commonDivisor, dividePolynomials, multiplyPolynomials } from './division.js';
import { addPolynomials, highestDegree, scalePolynomial, subtractPolynomials, toPolynomial, type NotPolynomial, type Polynomial } from './polynomial.js'; // prettier-ignore
import { one, opposite, over } from './rational.js';

/** Top over bottom; the bottom is never 0. */
export interface RationalFunction {
  readonly top: Polynomial;
  readonly bottom: Polynomial;
}

/** Reads a tree as one fraction of polynomials, not reduced, so that no zero of a denominator is lost. */
export function toRationalFunction(expression: Expression, name: string): Result<RationalFunction, NotPolynomial> {
  const plain = toPolynomial(expression, name);
  if (plain.ok) return ok({ top: plain.value, bottom: [one] });
  if (plain.error !== 'not-polynomial') return plain;
  switch (expression.kind) {
    case 'negate': {
      const value = toRationalFunction(expression.value, name);
      return value.ok ? ok({ ...value.value, top: value.value.top.map(opposite) }) : value;
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const left = toRationalFunction(expression.left, name);
      if (!left.ok) return left;
      const right = toRationalFunction(expression.right, name);
      if (!right.ok) return right;
      return bounded(combined(expression.kind, left.value, right.value));
    }
    case 'power': {
      const exponent = evaluate(expression.right);
      if (!exponent.ok || variablesOf(expression.right).length > 0) return err('not-polynomial');
      const base = toRationalFunction(expression.left, name);
      if (!base.ok) return base;
      const { numerator, denominator } = exponent.value;
      if (denominator !== 1n || numerator === 0n) return err('not-polynomial');
      if (numerator > 6n || numerator < -6n) return err('too-big');
      let power: RationalFunction = { top: [one], bottom: [one] };
      const count = Number(numerator < 0n ? -numerator : numerator);
      for (let done = 0; done < count; done += 1) power = combined('multiply', power, base.value) ?? power;
      return bounded(numerator < 0n ? combined('divide', { top: [one], bottom: [one] }, power) : power);
    }
    default:
      return err('not-polynomial');
  }
}

function bounded(value: RationalFunction | null): Result<RationalFunction, NotPolynomial> {
  if (value === null) return err('undefined');
  return value.top.length + value.bottom.length > highestDegree * 2 ? err('too-big') : ok(value);
}

function combined(
  kind: 'add' | 'subtract' | 'multiply' | 'divide',
  a: RationalFunction,
  b: RationalFunction,
): RationalFunction | null {
  switch (kind) {
    case 'multiply':
      return { top: multiplyPolynomials(a.top, b.top), bottom: multiplyPolynomials(a.bottom, b.bottom) };
    case 'divide':
      if (b.top.length === 0) return null;
      return { top: multiplyPolynomials(a.top, b.bottom), bottom: multiplyPolynomials(a.bottom, b.top) };
    default: {
      const join = kind === 'add' ? addPolynomials : subtractPolynomials;
      const shared = commonDivisor(a.bottom, b.bottom);
      const [first, second] = [a, b].map((each) => dividePolynomials(each.bottom, shared).quotient);
      if (first === undefined || second === undefined) return null;
      return {
        top: join(multiplyPolynomials(a.top, second), multiplyPolynomials(b.top, first)),
        bottom: multiplyPolynomials(a.bottom, second),
      };
    }
  }
}

/** In lowest terms, with a leading 1 below where the number can go above. */
export function reduced({ top, bottom }: RationalFunction): RationalFunction {
  const shared = top.length === 0 ? bottom : commonDivisor(top, bottom);
  const [above, below] = [dividePolynomials(top, shared).quotient, dividePolynomials(bottom, shared).quotient];
  return { top: above, bottom: below };
}

/** Both parts with whole coefficients that share nothing. */
export function withWholeParts(value: RationalFunction, toWhole: (each: Polynomial) => Polynomial): RationalFunction {
  const below = toWhole(value.bottom);
  const above = toWhole(value.top);
  const [a, b] = [value.top[value.top.length - 1], value.bottom[value.bottom.length - 1]];
  const [c, d] = [above[above.length - 1], below[below.length - 1]];
  if (a === undefined || b === undefined || c === undefined || d === undefined) return value;
  // The numbers that were taken out above and below are put back as one fraction.
  const front = over(over(a, c), over(b, d));
  return {
    top: scalePolynomial(above, { numerator: front.numerator, denominator: 1n }),
    bottom: scalePolynomial(below, { numerator: front.denominator, denominator: 1n }),
  };
}
