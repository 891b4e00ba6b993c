/** Classic mistakes with factors and derivatives, told from the learner's own line. */
import { isExpression, variablesOf, type Expression, type Line } from '../algebra/expression.js';
import { coefficient, fromPolynomial, toPolynomial, type Polynomial } from '../algebra/polynomial.js';
import { equals, isZero, rational, times, zero } from '../algebra/rational.js';
import { keyOf } from './forms.js';

/** The polynomial of an expression, or of an equation with zero on one side; null for all else. */
function polynomialOf(line: Line): { readonly name: string; readonly value: Polynomial } | null {
  const [name, other] = variablesOf(line);
  if (
    name === undefined ||
    other !== undefined ||
    line.kind === 'either' ||
    line.kind === 'system' ||
    line.kind === 'chain'
  )
    return null;
  const side = isExpression(line) ? line : keyOf(line.right) === '0' ? line.left : null;
  const read = side === null ? null : toPolynomial(side, name);
  return read?.ok ? { name, value: read.value } : null;
}

function isProduct(line: Line): boolean {
  return /^F|(?:^|= )F/.test(keyOf(line));
}

/** The factors multiply to the right number, but the middle term is another one. */
export function sumDoesNotFit(line: Line, right: Line): boolean {
  const [mine, ours] = [polynomialOf(line), polynomialOf(right)];
  if (mine === null || ours === null || !isProduct(line) || mine.value.length !== ours.value.length) return false;
  return equals(coefficient(mine.value, 0), coefficient(ours.value, 0));
}

/** The middle term is right, but the factors do not multiply to the number at the end. */
export function productDoesNotFit(line: Line, right: Line): boolean {
  const [mine, ours] = [polynomialOf(line), polynomialOf(right)];
  if (mine === null || ours === null || !isProduct(line) || mine.value.length !== ours.value.length) return false;
  return mine.value.slice(1).every((value, degree) => equals(value, ours.value[degree + 1] ?? zero));
}

/** Wrong derivatives of a polynomial: each way of doing half of the power rule. */
export function wrongDerivatives(before: Line): {
  readonly keptExponent: readonly Expression[];
  readonly forgotFactor: readonly Expression[];
  readonly keptConstant: readonly Expression[];
} {
  const read = polynomialOf(before);
  if (read === null) return { keptExponent: [], forgotFactor: [], keptConstant: [] };
  const { name, value } = read;
  const counted = value.map((each, degree) => times(each, rational(BigInt(degree))));
  const derived = counted.slice(1);
  const write = (polynomial: Polynomial): readonly Expression[] => {
    const last = polynomial.findLastIndex((each) => !isZero(each));
    return last < 0 ? [] : [fromPolynomial(polynomial.slice(0, last + 1), name)];
  };
  const constant = coefficient(value, 0);
  const withConstant = derived.map((each, degree) =>
    degree === 0 ? rational(each.numerator * constant.denominator + constant.numerator * each.denominator, each.denominator * constant.denominator) : each,
  ); // prettier-ignore
  return {
    keptExponent: write(counted),
    forgotFactor: write(value.slice(1)),
    keptConstant: isZero(constant) ? [] : write(withConstant),
  };
}
