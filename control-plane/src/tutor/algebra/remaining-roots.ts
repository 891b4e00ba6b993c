/** The end of an equation that was multiplied or squared: find the roots of what is left, and drop those that do not fit. */
import { err, type Result } from '../../platform/result.js';
import { toWholeCoefficients } from './division.js';
import { fromRadical } from './exact.js';
import { equation, fromRational, type Equation } from './expression.js';
import { toFactored } from './factors.js';
import { coefficient, fromPolynomial, type Polynomial } from './polynomial.js';
import { realRoots } from './quadratic.js';
import { fromNumber, nearly, type Radical } from './radical.js';
import { opposite, over, zero } from './rational.js';
import { haveSameSolutions, createSolutionStep } from './solution-step.js';
import { oneOf, solves, toSolutions } from './solutions.js';
import type { Refusal, Solution } from './solution.js';
import { createCheckedStep, finishWalk, inWords, toFormula, type Walk } from './steps.js';

/** What is said of a root that does not fit. */
export interface Excluded {
  readonly caption: string;
  readonly say: string;
  /** Said when no root is left. */
  readonly none: string;
}

/** Goes on from a walk whose last line means `difference = 0`, a polynomial of degree 1 at least. */
export function finishRoots(
  problem: Equation,
  name: string,
  walk: Walk,
  difference: Polynomial,
  excluded: Excluded,
): Result<Solution, Refusal> {
  const words = toFormula(problem);
  const roots = rootsOfAny(difference);
  if (roots === null) return err({ reason: 'not-yet' });
  if (roots.length === 0) return finishWalk(words, walk, inWords('no-solution', 'no real solution', 'What is left has no real solution.')); // prettier-ignore
  const line = oneOf(name, roots.map(fromRadical));
  walk.go(equation(fromPolynomial(toWholeCoefficients(difference), name), fromRational(zero)), {
    rule: 'standard-form',
    caption: 'Bring everything to one side',
    say: 'Bring everything to one side.',
  });
  walk.take(
    createSolutionStep(walk.current(), line, [name, roots], {
      rule: 'zero-product',
      caption: 'Solve what is left',
      say: 'Solve what is left.',
    }),
  );
  const kept = roots.filter((root) => solves(problem, name, root));
  if (kept.length === roots.length) return toSolutions(problem, name, walk, kept);
  if (kept.length === 0) return finishWalk(words, walk, inWords('no-solution', 'no solution', excluded.none));
  const rest = oneOf(name, kept.map(fromRadical));
  // The line before holds for the excluded number too; what was asked does not.
  const { caption, say } = excluded;
  walk.take(haveSameSolutions(problem, rest, name, roots) ? createCheckedStep(line, rest, { rule: 'exclude', caption, say }) : null); // prettier-ignore
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
