/** Checks that a step keeps what it must keep: the value, or the solution set. Independent of how steps are made. */
import { evaluate } from './evaluate.js';
import {
  expressionsOf,
  isExpression,
  subtract,
  variablesOf,
  type Expression,
  type Line,
  type Relation,
} from './expression.js';
import { approximate, isNear } from './numeric.js';
import { compare, equals, isZero, one, rational, toNumber, times, type Rational } from './rational.js';

/** More points than any polynomial handled here has degree, so agreement at all of them is proof for polynomials. */
const whole: readonly Rational[] = Array.from({ length: 27 }, (_, index) => rational(BigInt(index - 13)));
/** For several unknowns: points that no small polynomial treats alike. */
const spread: readonly Rational[] = [3n, -5n, 7n, 2n, -11n, 13n, 17n, -4n, 9n, 23n, -19n, 6n, 29n, -8n].map(
  (top, index) => rational(top, index % 3 === 2 ? 5n : 1n),
);
/** Fewer agreeing points than this prove nothing, since the others were outside the domain. */
const fewest = 3;
/** Most unknowns in one line. */
const mostUnknowns = 6;

/** A place to look at a line: exact, and the same in floating point. */
interface Point {
  readonly exact: ReadonlyMap<string, Rational>;
  readonly near: ReadonlyMap<string, number>;
}

type Seen = Rational | number | null;

/**
 * May `after` follow `before`?
 *
 * Expressions must have the same value everywhere. Equations must have differences in a constant ratio, so that they
 * hold for the same numbers; "either" counts as the product of its equations, once more squared for a double root.
 * Inequalities must be true and false at the same numbers.
 *
 * @param factor what both sides of an equation were multiplied by, where that holds an unknown
 */
export function isSameLine(before: Line, after: Line, factor?: Expression): boolean {
  const names = [...new Set([...variablesOf(before), ...variablesOf(after)])];
  if (names.length > mostUnknowns || isExpression(before) !== isExpression(after)) return false;
  if (before.kind === 'system' || after.kind === 'system') return false;
  if (isInequality(before) || isInequality(after)) return isSameTruth(before, after, names);
  const points = pointsFor(names);
  const needed = names.length === 0 ? 1 : fewest;
  const first = points.map((point) => differenceAt(before, point));
  const second = points.map((point) => differenceAt(after, point));
  if (isExpression(before)) {
    const pairs = first.map((value, index) => [value, second[index] ?? null] as const);
    const seen = pairs.filter(([a, b]) => a !== null && b !== null);
    return seen.length >= needed && seen.every(([a, b]) => isSame(a, b));
  }
  const by = factor === undefined ? null : points.map((point) => valueAt(factor, point));
  const scaled = by === null ? first : first.map((value, index) => product(value, by[index] ?? null));
  return (
    inRatio(scaled, second, needed) ||
    inRatio(
      scaled,
      second.map((value) => product(value, value)),
      needed,
    )
  );
}

/** Does the number make both sides of every given equation equal? */
export function holdsAt(left: Expression, right: Expression, name: string, value: Rational): boolean {
  const point: Point = { exact: new Map([[name, value]]), near: new Map([[name, toNumber(value)]]) };
  const [a, b] = [valueAt(left, point), valueAt(right, point)];
  return a !== null && b !== null && isSame(a, b);
}

/** The same for a number known only nearly, such as a root. */
export function holdsNear(left: Expression, right: Expression, name: string, value: number): boolean {
  const values = new Map([[name, value]]);
  const [a, b] = [approximate(left, values), approximate(right, values)];
  return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a - b) <= 1e-7 * Math.max(1, Math.abs(a), Math.abs(b));
}

/**
 * Do both lines hold for the same numbers? For steps that change the form too much for a constant ratio: bars that
 * were split, a root that was undone. Looked at wherever `whole` looks, and at the given places: the solutions.
 */
export function isTrueTogether(before: Line, after: Line, name: string, places: readonly Rational[]): boolean {
  const points = pointsFor([name], [...whole, ...places]);
  return points.every((point) => (truthAt(before, point) === true) === (truthAt(after, point) === true));
}

/** Does the relation hold between the two numbers? */
export function holds(relation: Relation, difference: number): boolean {
  switch (relation) {
    case '<':
      return difference < 0;
    case '>':
      return difference > 0;
    case '<=':
      return difference <= 0;
    case '>=':
      return difference >= 0;
  }
}

function isInequality(line: Line): boolean {
  return line.kind === 'chain' || (line.kind === 'either' && line.equations.some((each) => each.kind === 'chain'));
}

function pointsFor(names: readonly string[], values: readonly Rational[] = whole): readonly Point[] {
  const at = (choose: (index: number) => Rational): Point => {
    const exact = new Map(names.map((name, index) => [name, choose(index)]));
    return { exact, near: new Map([...exact].map(([name, value]) => [name, toNumber(value)])) };
  };
  if (names.length === 0) return [at(() => one)];
  if (names.length === 1) return values.map((value) => at(() => value));
  return spread.map((_, start) => at((index) => spread[(start * 5 + index * 3) % spread.length] ?? one));
}

function valueAt(expression: Expression, point: Point): Seen {
  const exact = evaluate(expression, point.exact);
  if (exact.ok) return exact.value;
  if (exact.error === 'undefined' || exact.error === 'not-real' || exact.error === 'unknown') return null;
  const near = approximate(expression, point.near);
  return Number.isFinite(near) ? near : null;
}

function differenceAt(line: Line, point: Point): Seen {
  if (line.kind === 'either') return line.equations.map((each) => differenceAt(each, point)).reduce(product);
  if (line.kind === 'equation') return valueAt(subtract(line.left, line.right), point);
  return isExpression(line) ? valueAt(line, point) : null;
}

function isSame(a: Seen, b: Seen): boolean {
  if (a === null || b === null) return false;
  if (typeof a !== 'number' && typeof b !== 'number') return equals(a, b);
  return isNear(asNumber(a), asNumber(b));
}

function asNumber(value: Rational | number): number {
  return typeof value === 'number' ? value : toNumber(value);
}

function product(a: Seen, b: Seen): Seen {
  if (a === null || b === null) return null;
  return typeof a !== 'number' && typeof b !== 'number' ? times(a, b) : asNumber(a) * asNumber(b);
}

function isNothing(value: Rational | number): boolean {
  return typeof value === 'number' ? Math.abs(value) < 1e-9 : isZero(value);
}

function inRatio(first: readonly Seen[], second: readonly Seen[], needed: number): boolean {
  const pairs = first.flatMap((a, index) => {
    const b = second[index] ?? null;
    return a === null || b === null ? [] : [[a, b] as const];
  });
  if (pairs.length < needed) return false;
  const pivot = pairs.find(([a]) => !isNothing(a));
  if (pivot === undefined) return pairs.every(([, b]) => isNothing(b));
  const [a, b] = pivot;
  if (isNothing(b)) return false;
  return pairs.every(([x, y]) => isSame(product(x, b), product(y, a)));
}

function isSameTruth(before: Line, after: Line, names: readonly string[]): boolean {
  if (names.length !== 1) return false;
  // The bounds themselves are looked at, so that < and ≤ cannot be mixed up.
  const bounds = [before, after].flatMap(expressionsOf).flatMap((side) => {
    const value = evaluate(side);
    return value.ok ? [value.value] : [];
  });
  const steps = Array.from({ length: 161 }, (_, index) => rational(BigInt(index - 80), 2n));
  const far = [rational(-100_000n), rational(100_000n), rational(1n, 1000n), rational(-1n, 1000n)];
  const points = pointsFor(names, [...steps, ...far, ...bounds]);
  const truths = points.map((point) => [truthAt(before, point), truthAt(after, point)] as const);
  const seen = truths.filter(([a, b]) => a !== null && b !== null);
  return seen.length >= fewest && seen.every(([a, b]) => a === b);
}

function truthAt(line: Line, point: Point): boolean | null {
  if (line.kind === 'either') {
    const each = line.equations.map((part) => truthAt(part, point));
    return each.includes(null) ? null : each.includes(true);
  }
  if (line.kind === 'equation') {
    const difference = differenceAt(line, point);
    return difference === null ? null : isNothing(difference);
  }
  if (line.kind !== 'chain') return null;
  const sides = line.sides.map((side) => valueAt(side, point));
  let truth = true;
  for (const [index, relation] of line.relations.entries()) {
    const [a, b] = [sides[index] ?? null, sides[index + 1] ?? null];
    if (a === null || b === null) return null;
    const exact = typeof a !== 'number' && typeof b !== 'number';
    truth &&= holds(relation, exact ? compare(a, b) : asNumber(a) - asNumber(b));
  }
  return truth;
}
