/** Equations with one absolute value, `|x − 3| = 5`: the inside is the number or its opposite. */
import { err, type Result } from '../../platform/result.js';
import { equation, fromRational, negate, type Either, type Equation, type Expression } from './expression.js';
import { coefficient, toPolynomial } from './polynomial.js';
import { fromNumber } from './radical.js';
import { compare, isNegative, isZero, minus, opposite, over } from './rational.js';
import { createSolutionStep } from './solution-step.js';
import { oneOf, toSolutions } from './solutions.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, inWords, toFormula } from './steps.js';
import { getAlone } from './undo.js';

/** Solves `a·|inside| + b = c` with a linear inside; null where the equation has another shape. */
export function solveAbsolute(problem: Equation, name: string): Result<Solution, Refusal> | null {
  const isBars = (part: Expression): boolean => part.kind === 'call' && part.name === 'abs';
  const shape = getAlone(problem.left, problem.right, isBars) ?? getAlone(problem.right, problem.left, isBars);
  if (shape?.part.kind !== 'call') return null;
  const { part: bars, value } = shape;
  const inside = bars.value;
  const read = toPolynomial(inside, name);
  if (!read.ok || read.value.length !== 2) return err({ reason: 'not-yet' });
  const [constant, slope] = [coefficient(read.value, 0), coefficient(read.value, 1)];
  const walk = createWalk(problem);
  walk.go(equation(bars, fromRational(value)), {
    rule: 'both-sides-number',
    caption: 'Get the absolute value alone',
    say: 'Get the absolute value alone on one side.',
  });
  if (isNegative(value))
    return finishWalk(toFormula(problem), walk, inWords('no-solution', 'no solution', 'An absolute value is never negative.')); // prettier-ignore
  const values = isZero(value) ? [value] : [opposite(value), value];
  const roots = values.map((each) => over(minus(each, constant), slope)).sort(compare);
  const either: Either = {
    kind: 'either',
    equations: [equation(inside, fromRational(value)), equation(inside, negate(fromRational(value)))],
  };
  const split = isZero(value) ? equation(inside, fromRational(value)) : either;
  const line = oneOf(
    name,
    roots.map((each) => fromRational(each)),
  );
  const places = roots.map(fromNumber);
  // Bars and products are no constant multiple of each other: the numbers themselves are put in instead.
  walk.take(
    createSolutionStep(walk.current(), split, [name, places], {
      rule: 'absolute-value',
      caption: 'The inside is the number or its opposite',
      say: 'What stands between the bars is the number itself or its opposite.',
    }),
  );
  walk.go(line, { rule: 'divide-both-sides', caption: 'Solve each one', say: 'Solve each one.' });
  return toSolutions(problem, name, walk, places);
}
