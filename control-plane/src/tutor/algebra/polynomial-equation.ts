/** Equations of degree 3 and more that come apart: `x³ = 8`, `x³ − 4x = 0`. Others are declined. */
import { err, type Result } from '../../platform/result.js';
import { toWholeCoefficients } from './division.js';
import { fromRadical } from './exact.js';
import { equation, fromRational, integer, power, usesDecimals, variable, type Equation } from './expression.js';
import { toFactored, writeFactored } from './factors.js';
import { coefficient, fromPolynomial, subtractPolynomials, type Polynomial } from './polynomial.js';
import { rootsOfAny } from './remaining-roots.js';
import { noReal } from './quadratic.js';
import { rootOfRational } from './radical.js';
import { isNegative, isZero, opposite, over, type Rational } from './rational.js';
import { createSolutionStep } from './solution-step.js';
import { oneOf, toSolutions } from './solutions.js';
import type { Refusal, Solution } from './solution.js';
import { tidySides, type Sides } from './sides.js';
import { createWalk, finishWalk, toFormula, type Walk } from './steps.js';

/** Solves an equation whose difference is a polynomial of degree 3 or more. */
export function solvePolynomial(problem: Equation, name: string, sides: Sides): Result<Solution, Refusal> {
  const walk = createWalk(problem);
  tidySides(problem, name, sides, usesDecimals(problem) ? 'decimal' : 'fraction').steps.forEach(walk.take);
  return finishPolynomial(problem, name, walk, subtractPolynomials(sides.left, sides.right));
}

/** Goes on from a walk that has reached something that means `polynomial = 0`. */
export function finishPolynomial(
  problem: Equation,
  name: string,
  walk: Walk,
  polynomial: Polynomial,
): Result<Solution, Refusal> {
  const whole = toWholeCoefficients(polynomial);
  const degree = whole.length - 1;
  const middle = whole.slice(1, -1);
  if (middle.every(isZero)) return purePower(problem, name, walk, over(opposite(coefficient(whole, 0)), coefficient(whole, degree)), degree); // prettier-ignore
  const factored = toFactored(whole);
  if (factored === null) return err({ reason: 'not-yet' });
  const distinct = rootsOfAny(whole);
  if (distinct === null) return err({ reason: 'not-yet' });
  walk.go(equation(fromPolynomial(whole, name), integer(0n)), {
    rule: 'standard-form',
    caption: 'Bring everything to one side',
    say: 'Bring everything to one side, so that the other side is zero.',
  });
  walk.go(equation(writeFactored(factored, name), integer(0n)), {
    rule: 'factor',
    caption: 'Factor',
    say: 'Factor the left side.',
  });
  if (distinct.length === 0) return finishWalk(toFormula(problem), walk, noReal('No factor can be zero.'));
  const values = distinct.map(fromRadical);
  // Each factor may count several times or have no real zero, so the step is checked by putting the numbers in.
  walk.take(
    createSolutionStep(walk.current(), oneOf(name, values), [name, distinct], {
      rule: 'zero-product',
      caption: 'A product is zero when a factor is zero',
      say: 'A product is zero when one of its factors is zero.',
    }),
  );
  return toSolutions(problem, name, walk, distinct);
}

function purePower(
  problem: Equation,
  name: string,
  walk: Walk,
  value: Rational,
  degree: number,
): Result<Solution, Refusal> {
  const even = degree % 2 === 0;
  walk.go(equation(power(variable(name), integer(BigInt(degree))), fromRational(value)), {
    rule: 'root-both-sides',
    caption: 'Get the power alone',
    say: 'Get the power alone on one side.',
  });
  if (even && isNegative(value))
    return finishWalk(toFormula(problem), walk, noReal('An even power is never negative.'));
  const root = rootOfRational(value, degree);
  if (root === null) return err({ reason: 'too-big' });
  const roots =
    !even || root.length === 0 ? [root] : [root.map((each) => ({ ...each, value: opposite(each.value) })), root];
  const line = oneOf(name, roots.map(fromRadical));
  walk.take(
    createSolutionStep(walk.current(), line, [name, roots], {
      rule: 'root-both-sides',
      caption: 'Take the root of both sides',
      say: even
        ? 'Take the root of both sides, and remember the negative one.'
        : 'Take the root of both sides: an odd root has one value.',
    }),
  );
  return toSolutions(problem, name, walk, roots);
}
