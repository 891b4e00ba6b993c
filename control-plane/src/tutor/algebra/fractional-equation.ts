/** Equations with the unknown below a line: clear the denominators, solve what is left, drop what would divide by zero. */
import { err, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { commonMultiple, dividePolynomials, multiplyPolynomials, toWholeCoefficients } from './division.js';
import { equation, type Equation } from './expression.js';
import { withoutUnknown } from './linear.js';
import { coefficient, fromPolynomial, scalePolynomial, subtractPolynomials, type Polynomial } from './polynomial.js';
import { leastCommonMultiple, rational, zero } from './rational.js';
import { finishRoots } from './remaining-roots.js';
import { toRationalFunction } from './rational-function.js';
import { toReason } from './rewrite.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, inWords, toFormula } from './steps.js';

/** Solves an equation whose sides are quotients of polynomials. */
export function solveFractional(problem: Equation, name: string): Result<Solution, Refusal> {
  const [left, right] = [toRationalFunction(problem.left, name), toRationalFunction(problem.right, name)];
  if (!left.ok || !right.ok) {
    const failed = left.ok ? right : left;
    return err({ reason: failed.ok ? 'not-yet' : toReason(failed.error) });
  }
  const below = toWholeCoefficients(commonMultiple(left.value.bottom, right.value.bottom));
  const side = ({ top, bottom }: { top: Polynomial; bottom: Polynomial }): Polynomial =>
    multiplyPolynomials(top, dividePolynomials(below, bottom).quotient);
  const [first, second] = [side(left.value), side(right.value)];
  const factor = rational(
    [...first, ...second].reduce((found, each) => leastCommonMultiple(found, each.denominator), 1n),
  );
  const [a, b] = [scalePolynomial(first, factor), scalePolynomial(second, factor)];
  const multiplier = fromPolynomial(scalePolynomial(below, factor), name);
  const walk = createWalk(problem);
  walk.go(
    equation(fromPolynomial(a, name), fromPolynomial(b, name)),
    {
      rule: 'clear-denominator',
      caption: 'Multiply both sides by the common denominator',
      say: `Multiply both sides by ${toSpoken(multiplier)} to clear the fractions. It must not be zero.`,
    },
    multiplier,
  );
  const difference = subtractPolynomials(a, b);
  const words = toFormula(problem);
  if (difference.length === 0)
    return finishWalk(words, walk, inWords('every-number', 'every number that makes no denominator zero is a solution', 'What is left is always true.')); // prettier-ignore
  if (difference.length === 1) return finishWalk(words, walk, withoutUnknown(coefficient(difference, 0), zero));
  return finishRoots(problem, name, walk, difference, {
    caption: 'Leave out what makes a denominator zero',
    say: 'Leave out the number that makes a denominator zero.',
    none: 'What is left would make a denominator zero, so it is not a solution.',
  });
}
