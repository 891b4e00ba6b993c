/** Checks that a step keeps what it must keep: the value, or the solution set. Independent of how steps are made. */
import { evaluate } from './evaluate.js';
import { variablesOf, type Expression, type Line } from './expression.js';
import { equals, isZero, minus, one, rational, times, type Rational } from './rational.js';

/** More points than any polynomial handled here has degree, so agreement at all of them is proof. */
const points: readonly Rational[] = Array.from({ length: 27 }, (_, index) => rational(BigInt(index - 13)));

/**
 * May `after` follow `before`?
 *
 * Expressions must have the same value everywhere. Equations must have differences in a constant ratio, so that they
 * hold for the same numbers; "either" counts as the product of its equations, once more squared for a double root.
 */
export function isSameLine(before: Line, after: Line): boolean {
  const names = [...new Set([...variablesOf(before), ...variablesOf(after)])];
  if (names.length > 1) return false;
  const first = sample(before, names[0]);
  const second = sample(after, names[0]);
  if (first === null || second === null) return false;
  if (isExpression(before) !== isExpression(after)) return false;
  if (isExpression(before)) return first.every((value, index) => equals(value, second[index] ?? one));
  return (
    inRatio(first, second) ||
    inRatio(
      first,
      second.map((value) => times(value, value)),
    )
  );
}

/** Does the number make both sides of every given equation equal? */
export function holdsAt(left: Expression, right: Expression, name: string, value: Rational): boolean {
  const values = new Map([[name, value]]);
  const a = evaluate(left, values);
  const b = evaluate(right, values);
  return a.ok && b.ok && equals(a.value, b.value);
}

function isExpression(line: Line): line is Expression {
  return line.kind !== 'equation' && line.kind !== 'either';
}

function sample(line: Line, name: string | undefined): Rational[] | null {
  const found: Rational[] = [];
  for (const point of name === undefined ? points.slice(0, 1) : points) {
    const value = valueOf(line, name === undefined ? new Map() : new Map([[name, point]]));
    if (value === null) return null;
    found.push(value);
  }
  return found;
}

function valueOf(line: Line, values: ReadonlyMap<string, Rational>): Rational | null {
  if (line.kind === 'either') {
    let product = one;
    for (const each of line.equations) {
      const value = valueOf(each, values);
      if (value === null) return null;
      product = times(product, value);
    }
    return product;
  }
  if (line.kind === 'equation') {
    const left = evaluate(line.left, values);
    const right = evaluate(line.right, values);
    return left.ok && right.ok ? minus(left.value, right.value) : null;
  }
  const value = evaluate(line, values);
  return value.ok ? value.value : null;
}

function inRatio(first: readonly Rational[], second: readonly Rational[]): boolean {
  const pivot = first.findIndex((value) => !isZero(value));
  if (pivot < 0) return second.every(isZero);
  const [a, b] = [first[pivot] ?? one, second[pivot] ?? one];
  if (isZero(b)) return false;
  return first.every((value, index) => equals(times(value, b), times(second[index] ?? one, a)));
}
