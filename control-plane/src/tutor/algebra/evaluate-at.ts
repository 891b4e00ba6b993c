/** The value of an expression where the unknowns are given: put the numbers in, then calculate. */
import { err, type Result } from '../../platform/result.js';
import { compute, toAnswer } from './arithmetic.js';
import { evaluate } from './evaluate.js';
import { isFinished } from './exact.js';
import { equation, variablesOf, type Expression } from './expression.js';
import { toSpoken } from '../speech/spoken.js';
import type { Refusal, Solution, Step } from './solution.js';
import { isShowable, toFormula } from './steps.js';
import { substitute } from './substitute.js';

/** Evaluates at the given values; every unknown must have one. */
export function evaluateAt(
  expression: Expression,
  values: readonly (readonly [string, Expression])[],
): Result<Solution, Refusal> {
  const given = new Map(values);
  const names = variablesOf(expression);
  if (names.some((name) => !given.has(name)) || values.some(([name]) => !names.includes(name)))
    return err({ reason: 'unknown-missing' });
  const put = substitute(expression, given);
  const formula = toFormula(equation(expression, put));
  if (!isShowable(formula)) return err({ reason: 'too-big' });
  const list = values.map(([name, value]) => `${toSpoken(value)} in for ${name}`).join(' and ');
  const step: Step = {
    before: expression,
    after: put,
    rule: 'substitute',
    caption: `Put ${list}`,
    say: `Put ${list}.`,
    ...formula,
  };
  const problem = toFormula(expression);
  if (isFinished(put)) {
    const value = evaluate(put);
    if (!value.ok) return err({ reason: 'not-yet' });
    return { ok: true, value: { problem, steps: [step], answer: toAnswer(put, value.value) } };
  }
  const solved = compute(put);
  return solved.ok ? { ok: true, value: { ...solved.value, problem, steps: [step, ...solved.value.steps] } } : solved;
}
