/** Classic mistakes with whole equations, as the wrong lines they lead to. Linear sides and products that are zero. */
import {
  equation,
  fromRational,
  integer,
  variable,
  variablesOf,
  type Equation,
  type Line,
} from '../algebra/expression.js';
import {
  coefficient,
  fromPolynomial,
  subtractPolynomials,
  toPolynomial,
  type Polynomial,
} from '../algebra/polynomial.js';
import { equals, isZero, minus, one, opposite, over, plus, times, zero, type Rational } from '../algebra/rational.js';
import { keyOf, solutionsIn } from './forms.js';

/** A line with its wrong followers. */
export type WrongLines = (before: Line, after: Line) => readonly Line[];

/** `ax + b = cx + d` in numbers. */
interface Linear {
  readonly name: string;
  readonly a: Rational;
  readonly b: Rational;
  readonly c: Rational;
  readonly d: Rational;
}

function asLinear(line: Line): Linear | null {
  const [name, other] = variablesOf(line);
  if (line.kind !== 'equation' || name === undefined || other !== undefined) return null;
  const [left, right] = [toPolynomial(line.left, name), toPolynomial(line.right, name)];
  if (!left.ok || !right.ok || left.value.length > 2 || right.value.length > 2) return null;
  const at = (side: Polynomial, degree: number): Rational => coefficient(side, degree);
  return { name, a: at(left.value, 1), b: at(left.value, 0), c: at(right.value, 1), d: at(right.value, 0) };
}

function line(name: string, left: readonly [Rational, Rational], right: Rational): Equation {
  return equation(fromPolynomial(trimmed([left[0], left[1]]), name), fromRational(right));
}

function trimmed(polynomial: Polynomial): Polynomial {
  const last = polynomial.findLastIndex((each) => !isZero(each));
  return polynomial.slice(0, last + 1);
}

function onLinear(make: (parts: Linear) => readonly Line[]): WrongLines {
  return (before) => {
    const parts = asLinear(before);
    return parts === null ? [] : make(parts);
  };
}

/** A term went to the other side and kept its sign. */
export const keptSign: WrongLines = onLinear(({ name, a, b, c, d }) => [
  ...(isZero(b) ? [] : [line(name, [zero, minus(a, c)], plus(d, b))]),
  ...(isZero(c) ? [] : [line(name, [b, plus(a, c)], d), line(name, [zero, plus(a, c)], minus(d, b))]),
]);

/** The number was taken off one side only. */
export const oneSideOnly: WrongLines = onLinear(({ name, a, b, c, d }) =>
  isZero(b) || !isZero(c) ? [] : [line(name, [zero, a], d)],
);

/** Divided one side, or one term of a side, and left the rest. */
export const dividedOneSide: WrongLines = onLinear(({ name, a, b, c, d }) => {
  if (isZero(a) || equals(a, one) || !isZero(c)) return [];
  if (isZero(b)) return [line(name, [zero, one], d)];
  return [line(name, [b, one], over(d, a)), line(name, [b, one], d), line(name, [over(b, a), one], d)];
});

/** Multiplied by the number in front of the unknown. */
export const multipliedInstead: WrongLines = onLinear(({ name, a, b, c, d }) =>
  equals(a, one) || !isZero(b) || !isZero(c) ? [] : [line(name, [zero, one], times(d, a))],
);

/** Took the number in front of the unknown away. */
export const subtractedCoefficient: WrongLines = onLinear(({ name, a, b, c, d }) =>
  equals(a, one) || !isZero(b) || !isZero(c) ? [] : [line(name, [zero, one], minus(d, a))],
);

/** Divided the wrong way round. */
export const upsideDown: WrongLines = onLinear(({ name, a, b, c, d }) =>
  !isZero(b) || !isZero(c) || isZero(d) || isZero(a) ? [] : [line(name, [zero, one], over(a, d))],
);

/** The solutions with the signs of the factors: -2 and -3 for `(x - 2)(x - 3) = 0`. */
export const signOfRoots: WrongLines = (before, after) => {
  if (asLinear(before) !== null) return [];
  const roots = solutionsIn(after);
  const [name] = variablesOf(after);
  if (roots === null || name === undefined || roots.every(isZero)) return [];
  const flipped = (choose: (index: number) => boolean): Line => ({
    kind: 'either',
    equations: roots.map((root, index) =>
      equation(variable(name), fromRational(choose(index) ? opposite(root) : root)),
    ),
  });
  return roots.length === 1
    ? [equation(variable(name), fromRational(opposite(roots[0] ?? zero)))]
    : [flipped(() => true), ...roots.map((_, index) => flipped((each) => each === index))];
};

/** Halved instead of taking the root: `x^2 = 16` gives 8. */
export const halvedSquare: WrongLines = (before) => {
  const [name] = variablesOf(before);
  if (before.kind !== 'equation' || name === undefined) return [];
  const left = toPolynomial(before.left, name);
  const right = toPolynomial(before.right, name);
  if (!left.ok || !right.ok) return [];
  const [c, b, a] = [0, 1, 2].map((degree) => coefficient(subtractPolynomials(left.value, right.value), degree));
  if (!a || !b || !c || isZero(a) || !isZero(b)) return [];
  return [line(name, [zero, one], over(opposite(c), times(a, fromInteger(2n))))];
};

/** Everything moved to one side, with the number's sign kept. */
export const keptSignToZero: WrongLines = (before, after) => {
  const [name] = variablesOf(after);
  if (before.kind !== 'equation' || after.kind !== 'equation' || name === undefined) return [];
  if (keyOf(after.right) !== '0') return [];
  const [left, right] = [toPolynomial(before.left, name), toPolynomial(before.right, name)];
  if (!left.ok || !right.ok || right.value.length === 0) return [];
  const sum = subtractPolynomials(left.value, right.value.map(opposite));
  return [equation(fromPolynomial(sum, name), integer(0n))];
};

function fromInteger(value: bigint): Rational {
  return { numerator: value, denominator: 1n };
}
