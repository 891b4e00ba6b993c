/** Quadratic equations: by the square root, by factors, or by the formula; with no real solution said as such. */
import { err, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { toWholeCoefficients } from './division.js';
import { fromRadical } from './exact.js';
import { add, divide, equation, fromRational, integer, multiply, power, root, subtract, usesDecimals, variable, type Either, type Equation, type Expression } from './expression.js'; // prettier-ignore
import { toFactored, writeFactored } from './factors.js';
import { coefficient, fromPolynomial, subtractPolynomials, type Polynomial } from './polynomial.js';
import { addRadicals, fromNumber, negateRadical, rootOfRational, type Radical } from './radical.js';
import { equals, exactRoot, isNegative, isZero, minus, one, opposite, over, plus, rational, times, type Rational } from './rational.js'; // prettier-ignore
import { oneOf, toSolutions } from './solutions.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, inWords, toFormula, type Walk } from './steps.js';
import { tidySides, type Sides } from './sides.js';

/** Solves an equation whose difference is a polynomial of degree 2. */
export function solveQuadratic(problem: Equation, name: string, sides: Sides): Result<Solution, Refusal> {
  const walk = createWalk(problem);
  const tidied = tidySides(problem, name, sides, usesDecimals(problem) ? 'decimal' : 'fraction');
  tidied.steps.forEach(walk.take);
  return finishQuadratic(problem, name, walk, subtractPolynomials(sides.left, sides.right));
}

/** Goes on from a walk that has reached `polynomial = 0` or something that means the same. */
export function finishQuadratic(
  problem: Equation,
  name: string,
  walk: Walk,
  polynomial: Polynomial,
): Result<Solution, Refusal> {
  const whole = toWholeCoefficients(polynomial);
  const [c, b, a] = [coefficient(whole, 0), coefficient(whole, 1), coefficient(whole, 2)];
  const roots = realRoots(a, b, c);
  if (roots === null) return err({ reason: 'too-big' });
  const rationals = rootsOf(a, b, c);
  const words = toFormula(problem);

  if (isZero(b)) {
    const square = fromRational(opposite(over(c, a)));
    walk.go(equation(power(variable(name), integer(2n)), square), {
      rule: 'square-root',
      caption: 'Get the square alone',
      say: `Get ${name} squared alone on one side.`,
    });
    if (roots.length === 0) return finishWalk(words, walk, noReal('A square is never negative.'));
    walk.go(oneOf(name, roots.map(fromRadical)), {
      rule: 'square-root',
      caption: 'Take the square root of both sides',
      say: 'Take the square root of both sides, and remember the negative one.',
    });
    return toSolutions(problem, name, walk, roots);
  }
  walk.go(equation(fromPolynomial(whole, name), integer(0n)), {
    rule: 'standard-form',
    caption: 'Bring everything to one side',
    say: 'Bring everything to one side, so that the other side is zero.',
  });
  if (roots.length === 0) {
    const discriminant = minus(times(b, b), times(rational(4n), times(a, c)));
    return finishWalk(
      words,
      walk,
      noReal(`The discriminant is ${toSpoken(fromRational(discriminant))}, which is negative.`),
    );
  }
  if (rationals === 'irrational') byFormula(walk, name, [a, b, c]);
  else byFactors(walk, name, whole, rationals);
  walk.go(oneOf(name, roots.map(fromRadical)), {
    rule: 'zero-product',
    caption: 'Solve each one',
    say: 'Solve each one.',
  });
  return toSolutions(problem, name, walk, roots);
}

function byFactors(walk: Walk, name: string, whole: Polynomial, roots: readonly Rational[]): void {
  const [c, b, a] = [coefficient(whole, 0), coefficient(whole, 1), coefficient(whole, 2)];
  const factored = toFactored(whole);
  if (factored === null) return;
  walk.go(equation(writeFactored(factored, name), integer(0n)), {
    rule: 'factor',
    caption: 'Factor',
    say: factorWords(a, b, c, roots),
  });
  const bareFirst = [...factored.factors].sort(
    (p, q) => Number(!isZero(coefficient(p, 0))) - Number(!isZero(coefficient(q, 0))),
  );
  const each = roots.length === 1 ? bareFirst.slice(0, 1) : bareFirst;
  const either: Either = {
    kind: 'either',
    equations: each.map((factor) => equation(fromPolynomial(factor, name), integer(0n))),
  };
  walk.go(either, {
    rule: 'zero-product',
    caption: 'A product is zero when a factor is zero',
    say: 'A product is zero when one of its factors is zero.',
  });
}

/** The formula with the numbers put in, both signs written out. */
function byFormula(walk: Walk, name: string, [a, b, c]: readonly [Rational, Rational, Rational]): void {
  const discriminant = minus(times(b, b), times(rational(4n), times(a, c)));
  const under = root(fromRational(discriminant));
  const put = (sum: typeof add): Expression =>
    divide(sum(fromRational(opposite(b)), under), multiply(integer(2n), fromRational(a)));
  walk.go(oneOf(name, [put(subtract), put(add)]), {
    rule: 'quadratic-formula',
    caption: 'Use the quadratic formula',
    say: `It does not factor with whole numbers, so use the quadratic formula: the discriminant is ${toSpoken(fromRational(discriminant))}.`,
  });
}

/** The real roots in ascending order, exact; null when they are too big to write. */
export function realRoots(a: Rational, b: Rational, c: Rational): readonly Radical[] | null {
  const discriminant = minus(times(b, b), times(rational(4n), times(a, c)));
  if (isNegative(discriminant)) return [];
  const twice = times(rational(2n), a);
  const middle = fromNumber(over(opposite(b), twice));
  if (isZero(discriminant)) return [middle];
  const square = rootOfRational(discriminant, 2);
  if (square === null) return null;
  const size = isNegative(twice) ? opposite(twice) : twice;
  const away = square.map((term) => ({ ...term, value: over(term.value, size) }));
  return [addRadicals(middle, negateRadical(away)), addRadicals(middle, away)];
}

/** The rational roots in ascending order, none when no real one exists, or `irrational`. */
export function rootsOf(a: Rational, b: Rational, c: Rational): readonly Rational[] | 'irrational' {
  const discriminant = minus(times(b, b), times(rational(4n), times(a, c)));
  if (isNegative(discriminant)) return [];
  const root = exactRoot(discriminant, 2);
  if (root === null) return 'irrational';
  const twice = times(rational(2n), a);
  const found = [over(minus(opposite(b), root), twice), over(plus(opposite(b), root), twice)];
  if (isZero(root)) return found.slice(0, 1);
  return isNegative(a) ? found.reverse() : found;
}

function factorWords(a: Rational, b: Rational, c: Rational, roots: readonly Rational[]): string {
  if (roots.length === 1) return 'The left side is a perfect square.';
  if (isZero(c)) return 'Every term has the unknown in it, so take it out.';
  if (!equals(a, one)) return 'Factor the left side.';
  const [p, q] = roots.map((root) => toSpoken(fromRational(opposite(root))));
  const product = toSpoken(fromRational(c));
  return `Look for two numbers whose product is ${product} and whose sum is ${toSpoken(fromRational(b))}: they are ${p ?? ''} and ${q ?? ''}.`;
}

/** The answer that no real number fits. */
export function noReal(remark: string): ReturnType<typeof inWords> {
  return inWords('no-solution', 'no real solution', remark);
}
