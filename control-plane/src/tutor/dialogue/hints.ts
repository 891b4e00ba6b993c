/** Three hints for a step, each one closer: what to look at, which rule, the operation with its numbers. Never the line itself. */
import { isExpression, variablesOf } from '../algebra/expression.js';
import type { Rule, Step } from '../algebra/solution.js';
import { toSpoken } from '../speech/spoken.js';
import { changedPart } from './forms.js';
import { whyOf } from './reasons.js';

/** How many hints there are before the step itself is shown. */
export const mostHints = 3;

/** What to look at, by rule; the others are looked at as a whole. */
const lookAt: Readonly<Partial<Record<Rule, string>>> = {
  add: 'Look for the part that can be added first.',
  subtract: 'Look for the part that can be subtracted first.',
  multiply: 'Look for the product: it comes before any sum.',
  divide: 'Look for the division, and ask how often the one number fits into the other.',
  power: 'Look at the power first.',
  root: 'Look at the root first.',
  percent: 'Look at the percent sign, and think of what percent means.',
  of: 'Look at the word of, and think of the operation it stands for.',
  'common-denominator': 'Look at the two denominators: they are not the same yet.',
  reciprocal: 'Look at the fraction that you divide by.',
  reduce: 'Look at the top and the bottom: do they share a factor?',
  brackets: 'Look at the brackets, and at what stands in front of them.',
  'like-terms': 'Look for terms of the same kind.',
  'clear-fractions': 'Look at the denominators: it is easier without them.',
  'both-sides-unknown': 'Look at the unknown: it stands on both sides.',
  'both-sides-number': 'Look at what stands beside the unknown on its side.',
  'divide-both-sides': 'Look at the number in front of the unknown.',
  'standard-form': 'Look at the right side: it would be easier if it were zero.',
  'square-root': 'Look at the square: which numbers have that square?',
  flip: 'Look at the sign of the number in front of the unknown.',
  'quadratic-formula': 'Look at the three numbers in the equation: they go into the formula.',
  'simplify-root': 'Look for a square number that divides what stands under the root.',
  substitute: 'Look for an unknown that you know already, as a number or through the other one.',
  eliminate: 'Look at both equations: which unknown could be made to drop out?',
  factor: 'Look at the number at the end and at the one in the middle.',
  'zero-product': 'Look at each factor on its own: when is it zero?',
  'common-factor': 'Look for what all terms have in common.',
  derivative: 'Look at each power on its own, and at its exponent.',
  'power-rule': 'Look at the exponent: it has two things to do.',
  'constant-rule': 'Look at the number in front, and at what it multiplies.',
  'sum-rule': 'Look at each term on its own: you know all of their derivatives now.',
  'product-rule': 'Look at the two factors: both of them change.',
  'quotient-rule': 'Look at what stands above the line and what stands below: both of them change.',
  'chain-rule': 'Look for a function inside another one.',
  'function-rule': 'Look at the name of the function: its derivative is one to know by heart.',
  cancel: 'Look above and below the line: what stands in both places?',
  'sign-chart': 'Look at the numbers where a factor is zero, and try one number on each side of them.',
  'absolute-value': 'Look at the bars: which two numbers are that far from zero?',
  'root-both-sides': 'Look at what is done to the unknown, and undo it on both sides.',
  'clear-denominator': 'Look below the lines: what could you multiply both sides by?',
};

/** Rules whose own sentence would only repeat the reason. */
const inOtherWords: Readonly<Partial<Record<Rule, string>>> = {
  percent: 'Write the number before the percent sign over one hundred.',
  'zero-product': 'Set each factor equal to zero on its own.',
};

/** A hint of depth 1, 2 or 3; one sentence, words only. */
export function hintFor(step: Step, depth: number): string {
  if (depth <= 1) return lookAt[step.rule] ?? 'Look closely at what makes this line difficult.';
  return depth === 2 ? whyOf[step.rule] : operationOf(step);
}

/** The operation with its numbers, but without what comes of it. */
export function operationOf({ before, after, rule, say }: Step): string {
  const isPlain = ['add', 'subtract', 'multiply', 'divide', 'power', 'root', 'work-out', 'of', 'reduce'].includes(rule);
  if (isPlain && isExpression(before) && isExpression(after)) {
    const words = toSpoken(changedPart(before, after).from);
    return words.length <= 120 ? `Work out ${words} first.` : 'Work out the innermost part first.';
  }
  const direct = inOtherWords[rule];
  if (direct !== undefined) return direct;
  const [first = say] = say.split(/: | they are /);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** What is asked for next, in words. */
export function questionFor(step: Step, remaining: number): string {
  if (remaining > 1) return 'What is the next line?';
  const { after, rule } = step;
  const isProduct = rule === 'factor' || rule === 'common-factor' || rule === 'grouping';
  if (isProduct && isExpression(after)) return 'Which product is it?';
  if (after.kind === 'either') return 'Which numbers solve it?';
  if (after.kind === 'equation' && after.left.kind === 'variable') return `So what does ${after.left.name} equal?`;
  return isExpression(after) && variablesOf(after).length === 0 ? 'What does that come to?' : 'What is the last line?';
}
