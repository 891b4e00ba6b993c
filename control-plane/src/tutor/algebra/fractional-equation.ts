/** Equations with the unknown below a line: clear the denominators, solve what is left, drop what would divide by zero. */
import { err, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { commonMultiple, dividePolynomials, multiplyPolynomials, toWholeCoefficients } from './division.js';
import { fromRadical } from './exact.js';
import { equation, fromRational, type Equation } from './expression.js';
import { withoutUnknown } from './linear.js';
import { coefficient, fromPolynomial, scalePolynomial, subtractPolynomials, type Polynomial } from './polynomial.js';
import { realRoots } from './quadratic.js';
import { fromNumber, nearly, type Radical } from './radical.js';
import { leastCommonMultiple, opposite, over, rational, zero } from './rational.js';
import { toRationalFunction } from './rational-function.js';
import { toReason } from './rewrite.js';
import { oneOf, solves, toSolutions } from './solutions.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, inWords, toFormula } from './steps.js';
import { toFactored } from './factors.js';

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
  const roots = rootsOfAny(difference);
  if (roots === null) return err({ reason: 'not-yet' });
  if (roots.length === 0) return finishWalk(words, walk, inWords('no-solution', 'no real solution', 'What is left has no real solution.')); // prettier-ignore
  const line = oneOf(name, roots.map(fromRadical));
  walk.go(equation(fromPolynomial(toWholeCoefficients(difference), name), fromRational(zero)), {
    rule: 'standard-form',
    caption: 'Bring everything to one side',
    say: 'Bring everything to one side.',
  });
  walk.go(line, { rule: 'zero-product', caption: 'Solve what is left', say: 'Solve what is left.' });
  const kept = roots.filter((root) => solves(problem, name, root));
  if (kept.length === roots.length) return toSolutions(problem, name, walk, kept);
  if (kept.length === 0)
    return finishWalk(words, walk, inWords('no-solution', 'no solution', 'What is left would make a denominator zero, so it is not a solution.')); // prettier-ignore
  const rest = oneOf(name, kept.map(fromRadical));
  walk.take({
    before: line,
    after: rest,
    rule: 'exclude',
    caption: 'Leave out what makes a denominator zero',
    say: 'Leave out the number that makes a denominator zero.',
    ...toFormula(rest),
  });
  return toSolutions(problem, name, walk, kept);
}

/** All real zeros, ascending and each once; null where not all are certain. */
export function rootsOfAny(polynomial: Polynomial): readonly Radical[] | null {
  const factored = toFactored(polynomial);
  if (factored === null) return null;
  const roots: Radical[] = [];
  for (const factor of factored.factors) {
    if (factor.length > 3) return null;
    const [c, b, a] = [coefficient(factor, 0), coefficient(factor, 1), coefficient(factor, 2)];
    const found = factor.length === 2 ? [fromNumber(over(opposite(c), b))] : realRoots(a, b, c);
    if (found === null) return null;
    roots.push(...found);
  }
  return roots
    .filter((each, index) => roots.findIndex((other) => Math.abs(nearly(other) - nearly(each)) < 1e-12) === index)
    .sort((x, y) => nearly(x) - nearly(y));
}
