/** Questions about percentages: which percentage, of what, by how much. All of them end in one exact calculation. */
import { err, type Result } from '../../platform/result.js';
import { compute } from './arithmetic.js';
import { evaluate } from './evaluate.js';
import { add, divide, fromRational, multiply, subtract, usesDecimals, type Expression } from './expression.js'; // prettier-ignore
import { withoutValue } from './no-value.js';
import { isNegative, isZero, over, rational, sizeOf, times, toExactDecimal, toRoundedDecimal, type Rational } from './rational.js'; // prettier-ignore
import type { Answer, Formula, Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, inWords, toFormula } from './steps.js';

/** 12 is what percent of 80? */
export function whatPercent(part: Expression, whole: Expression): Result<Solution, Refusal> {
  const quotient = divide(part, whole);
  const value = evaluate(quotient);
  if (!value.ok) return withoutValue(quotient, value.error);
  const words = [toFormula(part), toFormula(whole)].map(({ spoken }) => spoken);
  const problem: Formula = {
    latex: toFormula(quotient).latex,
    spoken: `what percent of ${words[1] ?? ''} is ${words[0] ?? ''}`,
  };
  const walk = createWalk(quotient);
  const reduced = fromRational(value.value);
  walk.go(reduced, {
    rule: 'divide',
    caption: 'Divide the part by the whole',
    say: 'Divide the part by the whole.',
  });
  walk.go(toPercent(value.value), {
    rule: 'percent',
    caption: 'Write it out of one hundred',
    say: 'Write it out of one hundred: multiply by one hundred.',
  });
  return finishWalk(problem, walk, percentAnswer(value.value));
}

/** The percent change from one number to another; the sign says which way. */
export function percentChange(from: Expression, to: Expression): Result<Solution, Refusal> {
  const change = divide(subtract(to, from), from);
  const value = evaluate(change);
  const start = evaluate(from);
  if (!value.ok) return withoutValue(change, value.error);
  if (!start.ok || isNegative(start.value)) return err({ reason: 'not-yet' });
  const walk = createWalk(change);
  walk.go(fromRational(value.value), {
    rule: 'percent-change',
    caption: 'Divide the change by where it started',
    say: 'Find the change, and divide it by where it started.',
  });
  walk.go(toPercent(value.value), {
    rule: 'percent',
    caption: 'Write it out of one hundred',
    say: 'Write it out of one hundred: multiply by one hundred.',
  });
  const way = isNegative(value.value) ? 'a decrease' : isZero(value.value) ? 'no change' : 'an increase';
  const answer = percentAnswer(value.value);
  return finishWalk(toFormula(change), walk, { ...answer, remark: `That is ${way}.` });
}

/** An amount made larger or smaller by a percentage of itself. */
export function changeByPercent(
  amount: Expression,
  percent: Expression,
  direction: 'up' | 'down',
): Result<Solution, Refusal> {
  const part = multiply({ kind: 'percent', value: percent }, amount, 'of');
  return compute(direction === 'up' ? add(amount, part) : subtract(amount, part));
}

/** 12 is 15 percent of what number? */
export function percentOfWhat(part: Expression, percent: Expression): Result<Solution, Refusal> {
  const share = evaluate(percent);
  if (!share.ok) return err({ reason: 'not-yet' });
  if (isZero(share.value)) return finishZero(part, percent);
  const style = usesDecimals(part) || usesDecimals(percent) ? 'decimal' : 'fraction';
  return compute(divide(part, fromRational(over(share.value, rational(100n)), style), 'divided-by'));
}

function finishZero(part: Expression, percent: Expression): Result<Solution, Refusal> {
  const problem = toFormula(divide(part, { kind: 'percent', value: percent }));
  const value = evaluate(part);
  if (!value.ok) return err({ reason: 'not-yet' });
  const answer = isZero(value.value)
    ? inWords('every-number', 'every number is a solution', 'Zero percent of anything is zero.')
    : inWords('no-solution', 'no solution', 'Zero percent of anything is zero.');
  return { ok: true, value: { problem, steps: [], answer } };
}

/** A number as a percentage: exact as a decimal where it ends, else a mixed number is avoided and a fraction kept. */
export function toPercent(value: Rational): Expression {
  const hundred = times(value, rational(100n));
  const size: Expression = { kind: 'percent', value: fromRational(sizeOf(hundred), 'decimal') };
  return isNegative(hundred) ? { kind: 'negate', value: size } : size;
}

/** The answer as a percentage. */
export function percentAnswer(value: Rational): Answer {
  const hundred = times(value, rational(100n));
  const formula = toFormula(toPercent(value));
  const decimal = toExactDecimal(hundred);
  const text = `${decimal ?? exactText(hundred)}%`;
  const approx = decimal === null ? { approx: { text: toRoundedDecimal(hundred), rounded: true } } : {};
  return { kind: 'value', ...formula, exact: text, ...approx };
}

function exactText(value: Rational): string {
  return `(${value.numerator.toString()}/${value.denominator.toString()})`;
}
