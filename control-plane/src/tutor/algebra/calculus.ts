/** Derivatives and integrals as they are taught: term by term, each with its rule. Checked by slopes, which need no rule. */
import { err, type Result } from '../../platform/result.js';
import { derive } from './derivative.js';
import { compute } from './arithmetic.js';
import { add, divide, isExpression, multiply, partsOf, power, variable, variablesOf, type Expression } from './expression.js'; // prettier-ignore
import { antiderivative } from './integral.js';
import { toLatex } from './latex.js';
import { approximate } from './numeric.js';
import { toPlainText } from './plain-text.js';
import type { Answer, Refusal, Rule, Solution, Step } from './solution.js';
import { createCheckedStep, createWalk, finishWalk, toFormula } from './steps.js';
import { substitute } from './substitute.js';
import { toTerms, writeTerms } from './terms.js';

const captions: Readonly<Partial<Record<Rule, string>>> = {
  'constant-rule': 'Constant factors stay in front',
  'power-rule': 'Power rule',
  'product-rule': 'Product rule',
  'quotient-rule': 'Quotient rule',
  'chain-rule': 'Chain rule',
  'function-rule': 'A basic derivative',
};
const sayings: Readonly<Partial<Record<Rule, string>>> = {
  'constant-rule': 'The number in front stays, and a number alone gives zero.',
  'power-rule': 'Power rule: the exponent comes down in front and goes down by one.',
  'product-rule':
    'Product rule: the derivative of the first times the second, plus the first times the derivative of the second.',
  'quotient-rule':
    'Quotient rule: bottom times the derivative of the top, minus top times the derivative of the bottom, over the bottom squared.',
  'chain-rule': 'Chain rule: the derivative of the outside, times the derivative of the inside.',
  'function-rule': 'This is one of the basic derivatives.',
};

/** Largest tree that is differentiated: the product rule makes trees that grow with the square of it. */
const mostNodes = 70;

function nodesOf(expression: Expression): number {
  return partsOf(expression).reduce((sum, part) => sum + nodesOf(part), 1);
}

/** The derivative with respect to the named letter, or to the only one. */
export function differentiate(expression: Expression, unknown: string | null): Result<Solution, Refusal> {
  const names = variablesOf(expression);
  const name = unknown ?? (names.length === 0 ? 'x' : names[0]);
  if (name === undefined || (unknown === null && names.length > 1)) return err({ reason: 'several-unknowns' });
  if (nodesOf(expression) > mostNodes) return err({ reason: 'too-big' });
  const derived = derive(expression, name);
  if (derived === null) return err({ reason: 'not-yet' });
  const answer = tidied(derived.result);
  const words = toFormula(expression);
  const problem = {
    latex: `\\frac{d}{d${name}}\\left(${words.latex}\\right)`,
    spoken: `the derivative of ${words.spoken}`,
  };
  const walk = createWalk(expression);
  const terms = summandsOf(expression).filter((each) => variablesOf(each).includes(name));
  if (terms.length > 1 && terms.length <= 8) for (const term of terms) walk.take(ruleStep(term, name, true));
  else walk.take(ruleStep(expression, name, false));
  const last = walk.current();
  if (terms.length > 1) walk.take(whole(expression, answer, name));
  else if (isExpression(last) && toLatex(last) !== toLatex(answer))
    walk.go(answer, { rule: 'like-terms', caption: 'Tidy up', say: 'Tidy up.' });
  if (!hasSlope(expression, answer, name)) return err({ reason: 'unsure' });
  return finishWalk(problem, walk, toAnswer(answer));
}

/** The slope at a number. */
export function differentiateAt(expression: Expression, name: string, at: Expression): Result<Solution, Refusal> {
  const derivative = differentiate(expression, name);
  const derived = derive(expression, name);
  if (!derivative.ok || derived === null) return derivative.ok ? err({ reason: 'not-yet' }) : derivative;
  const put = substitute(tidied(derived.result), new Map([[name, at]]));
  const value = compute(put);
  if (!value.ok) return value;
  return { ok: true, value: { problem: derivative.value.problem, steps: [...derivative.value.steps, ...value.value.steps], answer: value.value.answer } }; // prettier-ignore
}

/** The integral with respect to the named letter, or to the only one. */
export function integrate(expression: Expression, unknown: string | null): Result<Solution, Refusal> {
  const names = variablesOf(expression);
  const name = unknown ?? names[0] ?? 'x';
  if (names.some((each) => each !== name)) return err({ reason: 'several-unknowns' });
  const found = antiderivative(expression, name);
  if (found === null) return err({ reason: 'not-yet' });
  if (!hasSlope(found, expression, name)) return err({ reason: 'unsure' });
  const answer = add(found, variable('C'));
  const words = toFormula(expression);
  const problem = { latex: `\\int ${wrapped(expression)} \\, d${name}`, spoken: `the integral of ${words.spoken}` };
  const step: Step = {
    before: expression,
    after: answer,
    rule: 'integral',
    caption: 'Raise each exponent by one and divide by it',
    say: 'Term by term, the exponent goes up by one, and the term is divided by the new exponent. Any constant may be added.',
    latex: `${problem.latex} = ${toLatex(answer)}`,
    spoken: `${problem.spoken} equals ${toFormula(answer).spoken}`,
  };
  const walk = createWalk(expression);
  walk.take(step);
  return finishWalk(problem, walk, toAnswer(answer));
}

/** The integral between two numbers. */
export function integrateBetween(
  expression: Expression,
  unknown: string | null,
  [from, to]: readonly [Expression, Expression],
): Result<Solution, Refusal> {
  const open = integrate(expression, unknown);
  const name = unknown ?? variablesOf(expression)[0] ?? 'x';
  const found = antiderivative(expression, name);
  if (!open.ok || found === null) return open.ok ? err({ reason: 'not-yet' }) : open;
  // An integral across a hole of the function would not be what the difference says.
  if (toTerms(expression).ok && toLatex(expression).includes('\\frac{') && !Number.isFinite(approximate(expression, new Map([[name, 0]])))) return err({ reason: 'not-yet' }); // prettier-ignore
  const [high, low] = [to, from].map((at) => substitute(found, new Map([[name, at]])));
  if (high === undefined || low === undefined) return err({ reason: 'unsure' });
  const value = compute({ kind: 'subtract', left: high, right: low });
  if (!value.ok) return value;
  const problem = {
    latex: `\\int_{${toLatex(from)}}^{${toLatex(to)}} ${wrapped(expression)} \\, d${name}`,
    spoken: `the integral of ${toFormula(expression).spoken} from ${toFormula(from).spoken} to ${toFormula(to).spoken}`,
  };
  return {
    ok: true,
    value: { problem, steps: [...open.value.steps, ...value.value.steps], answer: value.value.answer },
  };
}

function wrapped(expression: Expression): string {
  const isSum = expression.kind === 'add' || expression.kind === 'subtract';
  return isSum ? `\\left(${toLatex(expression)}\\right)` : toLatex(expression);
}

function toAnswer(answer: Expression): Answer {
  return { kind: 'expression', ...toFormula(answer), exact: toPlainText(answer) };
}

function ruleStep(term: Expression, name: string, isPart: boolean): Step | null {
  const derived = derive(term, name);
  if (derived === null || !hasSlope(term, derived.result, name)) return null;
  const after = isPart ? tidied(derived.result) : derived.result;
  const step = createCheckedStep(term, after, {
    rule: derived.rule,
    caption: captions[derived.rule] ?? 'Term by term',
    say: sayings[derived.rule] ?? 'Take the derivative term by term.',
  });
  return step === null ? null : { ...step, ...slopeFormula(term, after, name) };
}

function whole(expression: Expression, answer: Expression, name: string): Step | null {
  const step = createCheckedStep(expression, answer, {
    rule: 'sum-rule',
    caption: 'Sum rule: put the terms together',
    say: 'The derivative of a sum is the sum of the derivatives.',
  });
  return step === null ? null : { ...step, ...slopeFormula(expression, answer, name) };
}

function slopeFormula(before: Expression, after: Expression, name: string): { latex: string; spoken: string } {
  return {
    latex: `\\frac{d}{d${name}}\\left(${toLatex(before)}\\right) = ${toLatex(after)}`,
    spoken: `the derivative of ${toFormula(before).spoken} equals ${toFormula(after).spoken}`,
  };
}

function summandsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'add' || expression.kind === 'subtract')
    return [...summandsOf(expression.left), ...summandsOf(expression.right)];
  return [expression];
}

/** Like terms together, functions kept whole; a quotient keeps its denominator. */
function tidied(expression: Expression): Expression {
  const terms = toTerms(expression, 'keep');
  if (terms.ok) return writeTerms(terms.value);
  if (expression.kind === 'divide') return divide(tidied(expression.left), expression.right);
  if (expression.kind === 'multiply') {
    const [left, right] = [tidied(expression.left), tidied(expression.right)];
    return multiply(left, right, 'implicit');
  }
  if (expression.kind === 'power') return power(tidied(expression.left), expression.right);
  return expression;
}

/** Compares with the slope of the graph at a few points where both are defined. */
function hasSlope(expression: Expression, derivative: Expression, name: string): boolean {
  const others = [...new Set([...variablesOf(expression), ...variablesOf(derivative)])].filter((each) => each !== name);
  let seen = 0;
  for (const x of [0.37, 0.83, 1.29, 1.71, 2.43, -0.61, -1.37, 3.17]) {
    const at = (value: number): number =>
      approximate(expression, new Map([[name, value], ...others.map((each, index): [string, number] => [each, index + 1.3])])); // prettier-ignore
    const h = 1e-3;
    // Five points: the error falls with the fourth power of the distance.
    const slope = (at(x - 2 * h) - 8 * at(x - h) + 8 * at(x + h) - at(x + 2 * h)) / (12 * h);
    const claimed = approximate(
      derivative,
      new Map([[name, x], ...others.map((each, index): [string, number] => [each, index + 1.3])]),
    );
    if (!Number.isFinite(slope) || !Number.isFinite(claimed)) continue;
    if (Math.abs(slope - claimed) > 1e-5 * Math.max(1, Math.abs(claimed))) return false;
    seen += 1;
  }
  return seen >= 3;
}
