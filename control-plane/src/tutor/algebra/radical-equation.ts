/** Equations with a square root on one side and the unknown on both: `√x = x − 2`. Squared, solved, and checked at the end. */
import { err, type Result } from '../../platform/result.js';
import { multiplyPolynomials } from './division.js';
import { add, equation, integer, power, type Equation } from './expression.js';
import { withoutUnknown } from './linear.js';
import { coefficient, subtractPolynomials, toPolynomial } from './polynomial.js';
import { zero } from './rational.js';
import { finishRoots } from './remaining-roots.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, toFormula } from './steps.js';

/** Solves such an equation; null where it has another shape. */
export function solveRadical(problem: Equation, name: string): Result<Solution, Refusal> | null {
  const [under, other] = problem.left.kind === 'root' ? [problem.left, problem.right] : [problem.right, problem.left];
  if (under.kind !== 'root' || under.degree !== 2) return null;
  const [inside, outside] = [toPolynomial(under.value, name), toPolynomial(other, name)];
  if (!inside.ok || !outside.ok || inside.value.length > 3 || outside.value.length !== 2) return null;
  const walk = createWalk(problem);
  // √a = b and √a = −b both become a = b²: the product of both differences.
  walk.go(
    equation(under.value, power(other, integer(2n))),
    {
      rule: 'root-both-sides',
      caption: 'Square both sides',
      say: 'Square both sides. That may bring in a number that does not fit, so we check at the end.',
    },
    add(under, other),
  );
  const difference = subtractPolynomials(multiplyPolynomials(outside.value, outside.value), inside.value);
  // √(x²) = x holds for half of all numbers, which is no set that is taught here.
  if (difference.length === 0) return err({ reason: 'not-yet' });
  if (difference.length === 1)
    return finishWalk(toFormula(problem), walk, withoutUnknown(coefficient(difference, 0), zero));
  return finishRoots(problem, name, walk, difference, {
    caption: 'Leave out what does not fit the first line',
    say: 'Put both into the first line, and leave out the one that does not fit.',
    none: 'Put into the first line, what is left does not fit.',
  });
}
