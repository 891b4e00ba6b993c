/** Calculations that have no value: what is said, and why. */
import { err, ok, type Result } from '../../platform/result.js';
import { evaluate, type NoValue } from './evaluate.js';
import { partsOf, type Expression } from './expression.js';
import { toLatex } from './latex.js';
import { isNegative, isZero } from './rational.js';
import type { Refusal, Solution } from './solution.js';
import { inWords, toFormula } from './steps.js';

/** The answer that says that there is none, or the refusal where nothing can be said. */
export function withoutValue(expression: Expression, reason: NoValue): Result<Solution, Refusal> {
  if (reason === 'too-big' || reason === 'irrational') return err({ reason });
  if (reason === 'unknown') return err({ reason: 'not-yet' });
  const answer =
    reason === 'undefined'
      ? inWords('undefined', 'not defined', whyUndefined(expression))
      : inWords('not-real', 'not a real number', whyNotReal(expression));
  return ok({ problem: toFormula(expression), steps: [], answer });
}

function whyNotReal(expression: Expression): string {
  return holds(expression, (each) => each.kind === 'call')
    ? 'The logarithm of a negative number is not a real number.'
    : 'No real number times itself is negative.';
}

function whyUndefined(expression: Expression): string {
  if (holds(expression, dividesByZero))
    return 'Nothing can be divided by zero: no number times zero gives back what was divided.';
  if (holds(expression, (each) => each.kind === 'power' && toLatex(each.left) === '0'))
    return 'Zero to the power of zero, or to a negative power, has no value.';
  if (holds(expression, (each) => each.kind === 'call' && each.name === 'tan'))
    return 'The cosine is zero there, and the tangent divides by it.';
  if (holds(expression, (each) => each.kind === 'call' && each.name === 'factorial'))
    return 'Factorials are for the whole numbers from zero on.';
  if (holds(expression, (each) => each.kind === 'call')) return 'The logarithm of zero is not defined.';
  return 'It asks for a division by zero.';
}

function holds(expression: Expression, test: (each: Expression) => boolean): boolean {
  return test(expression) || partsOf(expression).some((part) => holds(part, test));
}

function dividesByZero(expression: Expression): boolean {
  if (expression.kind !== 'divide') return false;
  const below = evaluate(expression.right);
  return below.ok && !isNegative(below.value) && isZero(below.value);
}
