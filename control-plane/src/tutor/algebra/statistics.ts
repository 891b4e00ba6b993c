/** Measures of a list of numbers, and the largest and smallest of one. Exact. */
import { err, type Result } from '../../platform/result.js';
import { toAnswer } from './arithmetic.js';
import { evaluate } from './evaluate.js';
import { add, divide, fromRational, integer, subtract, usesDecimals, type Expression } from './expression.js';
import { toLatex } from './latex.js';
import { compare, equals, plus, rational, zero, over, type Rational } from './rational.js';
import type { Answer, Formula, Refusal, Solution, Statistic, Step } from './solution.js';
import { createStep, toFormula } from './steps.js';

const mostNumbers = 30;
const names: Readonly<Record<Statistic, string>> = { mean: 'mean', median: 'median', mode: 'mode', range: 'range', sum: 'sum' }; // prettier-ignore

/** Finds the measure of a list. */
export function findStatistic(statistic: Statistic, list: readonly Expression[]): Result<Solution, Refusal> {
  const values = valuesOf(list);
  if (values === null || values.length < 2) return err({ reason: 'not-yet' });
  const style = list.some(usesDecimals) ? 'decimal' : 'fraction';
  const sorted = [...values].sort(compare);
  const problem = listFormula(names[statistic], list);
  const total = values.reduce(plus, zero);
  const sum = list.reduce((whole, each) => add(whole, each));
  const count = rational(BigInt(values.length));
  const end = (value: Rational, steps: readonly (Step | null)[], remark?: string): Result<Solution, Refusal> =>
    finish(problem, steps, {
      ...toAnswer(fromRational(value, style), value),
      ...(remark === undefined ? {} : { remark }),
    });
  switch (statistic) {
    case 'sum':
      return end(total, [adding(sum, total, style)]);
    case 'mean': {
      const mean = over(total, count);
      const line = divide(fromRational(total, style), integer(count.numerator));
      const step = createStep(line, fromRational(mean, style), {
        rule: 'average',
        caption: `Divide by how many there are: ${count.numerator.toString()}`,
        say: 'Divide the sum by how many numbers there are.',
      });
      return end(mean, [adding(sum, total, style), ...(toLatex(line) === toLatex(fromRational(mean, style)) ? [] : [step])]); // prettier-ignore
    }
    case 'range': {
      const [low = zero, high = zero] = [sorted[0], sorted[sorted.length - 1]];
      const line = subtract(fromRational(high, style), fromRational(low, style));
      const value = plus(high, { ...low, numerator: -low.numerator });
      const step = createStep(line, fromRational(value, style), {
        rule: 'subtract',
        caption: 'Largest minus smallest',
        say: 'Take the smallest number from the largest.',
      });
      return end(value, [step]);
    }
    case 'median': {
      const middle = Math.floor(sorted.length / 2);
      const [a = zero, b = zero] = [sorted[middle - 1], sorted[middle]];
      if (sorted.length % 2 === 1) return end(b, [], 'It is the middle one when the numbers are put in order.');
      const value = over(plus(a, b), rational(2n));
      const line = divide(add(fromRational(a, style), fromRational(b, style)), integer(2n));
      const step = createStep(line, fromRational(value, style), {
        rule: 'order',
        caption: 'Halfway between the two in the middle',
        say: 'Put the numbers in order and take halfway between the two in the middle.',
      });
      return end(value, [step]);
    }
    case 'mode': {
      const counts = sorted.map((each) => sorted.filter((other) => equals(other, each)).length);
      const most = Math.max(...counts);
      const modes = sorted.filter((each, index) => counts[index] === most && (index === 0 || !equals(each, sorted[index - 1] ?? zero))); // prettier-ignore
      const [mode] = modes;
      if (most === 1 || modes.length !== 1 || mode === undefined) return err({ reason: 'not-yet' });
      return end(mode, [], 'It occurs most often.');
    }
  }
}

function adding(sum: Expression, total: Rational, style: 'fraction' | 'decimal'): Step | null {
  return createStep(sum, fromRational(total, style), {
    rule: 'add',
    caption: 'Add all the numbers',
    say: 'Add all the numbers.',
  });
}

/** The largest or smallest of a list, written as the learner wrote it. */
export function pickExtreme(pick: 'largest' | 'smallest', list: readonly Expression[]): Result<Solution, Refusal> {
  const values = valuesOf(list);
  if (values === null || values.length < 2) return err({ reason: 'not-yet' });
  const sorted = [...values].sort(compare);
  const wanted = pick === 'largest' ? sorted[sorted.length - 1] : sorted[0];
  if (wanted === undefined) return err({ reason: 'not-yet' });
  const at = values.findIndex((each) => equals(each, wanted));
  if (values.filter((each) => equals(each, wanted)).length > 1) {
    const same = values.every((each) => equals(each, wanted));
    if (!same) return err({ reason: 'not-yet' });
  }
  const found = list[at];
  if (found === undefined) return err({ reason: 'unsure' });
  const { approx: _, ...answer } = toAnswer(found, wanted);
  return finish(listFormula(pick === 'largest' ? 'largest' : 'smallest', list), [], {
    ...answer,
    remark: 'Written as decimals, or with the same denominator, they can be compared.',
  });
}

function valuesOf(list: readonly Expression[]): readonly Rational[] | null {
  if (list.length > mostNumbers) return null;
  const values: Rational[] = [];
  for (const each of list) {
    const value = evaluate(each);
    if (!value.ok) return null;
    values.push(value.value);
  }
  return values;
}

function listFormula(name: string, list: readonly Expression[]): Formula {
  return {
    latex: `\\text{${name} of } ${list.map((each) => toLatex(each)).join(', ')}`,
    spoken: `the ${name} of ${joined(list.map((each) => toFormula(each).spoken))}`,
  };
}

function joined(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} and ${words[words.length - 1] ?? ''}`;
}

function finish(problem: Formula, steps: readonly (Step | null)[], answer: Answer): Result<Solution, Refusal> {
  const checked = steps.filter((step) => step !== null);
  return checked.length < steps.length
    ? err({ reason: 'unsure' })
    : { ok: true, value: { problem, steps: checked, answer } };
}
