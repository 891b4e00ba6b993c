/** Compares lines by shape: which line of a solution a learner's line is, however it was written. Decides nothing. */
import { evaluate } from '../algebra/evaluate.js';
import {
  asIntegerFraction,
  isExpression,
  type Chain,
  expressionsOf,
  partsOf,
  variablesOf,
  type Expression,
  type Line,
} from '../algebra/expression.js';
import { toLatex } from '../algebra/latex.js';
import { scalePolynomial, toPolynomial, type Polynomial } from '../algebra/polynomial.js';
import { isZero, one, over, times, toText, zero, type Rational } from '../algebra/rational.js';

/**
 * The shape of a line: the same for `2x + 6 = 14`, `14 = 6 + 2x`, and for factors in any order; different for a sum
 * before and after like terms were put together.
 */
export function keyOf(line: Line): string {
  if (line.kind === 'either') return [...new Set(line.equations.map(keyOf))].sort().join(' | ');
  if (line.kind === 'equation') {
    const keys = [sideKey(line.left), sideKey(line.right)];
    // A number in front of a product that is zero changes nothing.
    return keys.map((key) => (keys.includes('0') && key.startsWith('F') ? key.replace(/^F[^[]*/, 'F') : key)).sort().join(' = '); // prettier-ignore
  }
  if (line.kind === 'system') return line.equations.map(keyOf).sort().join(' and ');
  if (line.kind === 'chain') return chainKey(line);
  return sideKey(line);
}

/** `x > 2` and `2 < x` are one line: read from the small end to the large one. */
function chainKey({ sides, relations }: Chain): string {
  const isFalling = relations[0]?.startsWith('>') ?? false;
  const keys = sides.map(sideKey);
  const signs = relations.map((relation) => relation.replace('>', '<'));
  return (isFalling ? keys.reverse() : keys).join(` ${(isFalling ? signs.reverse() : signs).join(' ')} `);
}

function sideKey(expression: Expression): string {
  const [name, other] = variablesOf(expression);
  if (name === undefined) return numericKey(expression);
  const polynomial = other === undefined ? toPolynomial(expression, name) : null;
  if (!polynomial?.ok) return toLatex(expression);
  return (
    factorsKey(expression, name) ??
    `P${coefficientsKey(polynomial.value)}#${countTerms(expression)}/${countBrackets(expression)}`
  );
}

/** `F2[x - 1][x + 3]` for a product with a sum in it, null for anything else. */
function factorsKey(expression: Expression, name: string): string | null {
  const factors = factorsOf(expression);
  if (!factors.some((each) => each.kind === 'add' || each.kind === 'subtract') || factors.length < 2) return null;
  let front = one;
  const keys: string[] = [];
  for (const factor of factors) {
    const polynomial = toPolynomial(factor, name);
    if (!polynomial.ok) return null;
    const leading = polynomial.value[polynomial.value.length - 1] ?? zero;
    front = times(front, leading);
    if (polynomial.value.length > 1)
      keys.push(`[${coefficientsKey(scalePolynomial(polynomial.value, over(one, leading)))}]`);
    else if (isZero(leading)) return null;
  }
  return `F${toText(front)}${keys.sort().join('')}`;
}

function factorsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'multiply') return [...factorsOf(expression.left), ...factorsOf(expression.right)];
  if (expression.kind === 'negate')
    return [{ ...expression, value: { kind: 'number', value: one, decimal: null } }, ...factorsOf(expression.value)];
  if (expression.kind !== 'power') return [expression];
  const exponent = evaluate(expression.right);
  const count = exponent.ok && exponent.value.denominator === 1n ? Number(exponent.value.numerator) : 0;
  return count >= 2 && count <= 6 ? Array.from({ length: count }, () => expression.left) : [expression];
}

function coefficientsKey(polynomial: Polynomial): string {
  return polynomial.map(toText).join(',');
}

function countTerms(expression: Expression): number {
  return expression.kind === 'add' || expression.kind === 'subtract'
    ? countTerms(expression.left) + countTerms(expression.right)
    : 1;
}

/** How many sums stand inside a product, a power or a quotient: `3(x + 2) - x` is not `2x + 6`. */
function countBrackets(expression: Expression): number {
  const isSum = ({ kind }: Expression): boolean => kind === 'add' || kind === 'subtract';
  const parts = partsOf(expression);
  const here = isSum(expression) ? 0 : parts.filter(isSum).length;
  return parts.reduce((sum, part) => sum + countBrackets(part), here);
}

/** Structure with sums and products in any order; `×`, `of` and nothing at all are one product, `÷` and a line one quotient. */
function numericKey(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return toText(expression.value);
    case 'negate':
      return `-${numericKey(expression.value)}`;
    case 'add':
    case 'multiply':
      return `(${expression.kind} ${partsInOrder(expression, expression.kind).map(numericKey).sort().join(' ')})`;
    case 'divide':
      return asIntegerFraction(expression) === null
        ? `(divide ${numericKey(expression.left)} ${numericKey(expression.right)})`
        : `${numericKey(expression.left)}/${numericKey(expression.right)}`;
    case 'subtract':
    case 'power':
      return `(${expression.kind} ${numericKey(expression.left)} ${numericKey(expression.right)})`;
    default:
      return toLatex(expression);
  }
}

function partsInOrder(expression: Expression, kind: 'add' | 'multiply'): readonly Expression[] {
  return expression.kind === kind
    ? [...partsInOrder(expression.left, kind), ...partsInOrder(expression.right, kind)]
    : [expression];
}

/** The numbers of `x = 2` or `x = 2 or x = 3`, or null for every other line. */
export function solutionsIn(line: Line): readonly Rational[] | null {
  if (line.kind === 'either') {
    const each = line.equations.map(solutionsIn);
    return each.some((found) => found === null) ? null : each.flatMap((found) => found ?? []);
  }
  if (line.kind !== 'equation') return null;
  const [known, unknown] = line.left.kind === 'variable' ? [line.right, line.left] : [line.left, line.right];
  const value = unknown.kind === 'variable' && variablesOf(known).length === 0 ? evaluate(known) : null;
  return value?.ok ? [value.value] : null;
}

/** The value of a line that is a number; null for all else. */
export function valueOf(line: Line): Rational | null {
  if (!isExpression(line) || variablesOf(line).length > 0) return null;
  const value = evaluate(line);
  return value.ok ? value.value : null;
}

/** The smallest part in which two expressions differ: what a step worked on, and what came of it. */
export function changedPart(
  before: Expression,
  after: Expression,
): { readonly from: Expression; readonly to: Expression } {
  const [old, now] = [partsOf(before), partsOf(after)];
  if (before.kind === after.kind && old.length === now.length) {
    const different = old.flatMap((part, index) => {
      const next = now[index];
      return next === undefined || toLatex(part) === toLatex(next) ? [] : [{ part, next }];
    });
    const [only] = different;
    if (only !== undefined && different.length === 1) return changedPart(only.part, only.next);
  }
  return { from: before, to: after };
}

/** How many numbers, letters and operations a line has. */
export function sizeOfLine(line: Line): number {
  const count = (expression: Expression): number => partsOf(expression).reduce((sum, part) => sum + count(part), 1);
  return expressionsOf(line).reduce((sum, side) => sum + count(side), 0);
}

/** The numbers written on a line. */
export function numbersIn(line: Line): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'number') found.add(toText(expression.value));
    partsOf(expression).forEach(visit);
  };
  expressionsOf(line).forEach(visit);
  return found;
}
