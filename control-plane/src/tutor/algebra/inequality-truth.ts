/** Inequalities without an unknown are true or not. */
import { err, ok, type Result } from '../../platform/result.js';
import { holds } from './check.js';
import { evaluate } from './evaluate.js';
import type { Chain } from './expression.js';
import { compare } from './rational.js';
import type { Refusal, Solution } from './solution.js';
import { inWords, toFormula } from './steps.js';

/** Says whether it holds; exact numbers only. */
export function compareSides(problem: Chain): Result<Solution, Refusal> {
  const values = problem.sides.map((side) => evaluate(side));
  let truth = true;
  for (const [index, relation] of problem.relations.entries()) {
    const [a, b] = [values[index], values[index + 1]];
    if (a?.ok !== true || b?.ok !== true) return err({ reason: 'not-yet' });
    truth &&= holds(relation, compare(a.value, b.value));
  }
  return ok({ problem: toFormula(problem), steps: [], answer: truth ? inWords('true', 'true') : inWords('false', 'not true') }); // prettier-ignore
}
