/** Calculations step by step: picks what is due next by brackets and precedence. The single operations are in `operate.ts`. */
import { err, ok, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { computeRoots } from './arithmetic-roots.js';
import { evaluate } from './evaluate.js';
import { withoutValue } from './no-value.js';
import {
  fromRational,
  isExpression,
  isNumeral,
  partsOf,
  usesDecimals,
  withParts,
  type Expression,
} from './expression.js';
import { operate } from './operate.js';
import { isInteger, toExactDecimal, toRoundedDecimal, toText, type Rational } from './rational.js';
import type { Answer, Refusal, Solution, Step } from './solution.js';
import { createStep, toFormula } from './steps.js';

/** More single steps than this are shown as one: a learner does not follow forty lines. */
const longestWalk = 14;

/** Calculates an expression without unknowns, with every step shown. */
export function compute(expression: Expression): Result<Solution, Refusal> {
  const value = evaluate(expression);
  if (!value.ok && value.error === 'irrational') return computeRoots(expression);
  if (!value.ok) return withoutValue(expression, value.error);
  if (expression.kind === 'number' || (expression.kind === 'negate' && isNumeral(expression)))
    return err({ reason: 'nothing-to-do' });
  const walked = walk(expression);
  const answer = fromRational(value.value, usesDecimals(expression) ? 'decimal' : 'fraction');
  const steps = walked ?? wholeStep(expression, answer);
  if (steps === null) return err({ reason: 'unsure' });
  return ok({ problem: toFormula(expression), steps, answer: toAnswer(answer, value.value) });
}

/** The answer that is a number, with its decimal form when it is a fraction. */
export function toAnswer(expression: Expression, value: Rational): Answer {
  const answer = { kind: 'value', ...toFormula(expression), exact: toText(value) } as const;
  const written = expression.kind === 'negate' ? expression.value : expression;
  if (isInteger(value) || written.kind === 'number') return answer;
  const exact = toExactDecimal(value);
  return { ...answer, approx: { text: exact ?? toRoundedDecimal(value), rounded: exact === null } };
}

function walk(expression: Expression): readonly Step[] | null {
  const steps: Step[] = [];
  let current = expression;
  while (!isNumeral(current)) {
    if (steps.length >= longestWalk) return null;
    const step = nextStep(current);
    if (step === null) return null;
    steps.push(step);
    if (!isExpression(step.after)) return null;
    current = step.after;
  }
  return steps;
}

/** Rules whose sentence needs no heading: "Seven plus eight is fifteen." */
const plainRules: ReadonlySet<string> = new Set(['add', 'subtract', 'multiply', 'divide', 'power', 'root']);

function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A place in the tree, by part numbers from the root, with how soon it is due. */
interface Place {
  readonly path: readonly number[];
  readonly urgency: number;
}

function nextStep(whole: Expression): Step | null {
  const places: Place[] = [];
  collect(whole, [], 0, places);
  // The first of the most urgent: inner brackets, then powers and roots, then products, then sums, left to right.
  const due = places.reduce<Place | null>(
    (best, each) => (best === null || each.urgency > best.urgency ? each : best),
    null,
  );
  if (due === null) return null;
  const target = due.path.reduce<Expression>((node, index) => partsOf(node)[index] ?? node, whole);
  const done = operate(target);
  if (done === null) return null;
  const after = replaceAt(whole, due.path, done.result);
  const [from, to] = [toSpoken(target), toSpoken(done.result)];
  const say =
    done.say ?? (plainRules.has(done.rule) ? `${capitalised(from)} is ${to}.` : `${done.caption}: ${from} is ${to}.`);
  return createStep(whole, after, { rule: done.rule, caption: done.caption, say });
}

function collect(expression: Expression, path: readonly number[], depth: number, places: Place[]): void {
  if (isNumeral(expression)) return;
  const parts = partsOf(expression);
  if (parts.every(isNumeral)) places.push({ path, urgency: depth * 10 + rankOf(expression) });
  parts.forEach((part, index) => {
    collect(part, [...path, index], depth + (isBracketed(expression, part) ? 1 : 0), places);
  });
}

/** How tightly an operation binds. Signs and rewritings of a single number come first. */
function rankOf(expression: Expression): number {
  switch (expression.kind) {
    case 'add':
    case 'subtract':
      return 1;
    case 'multiply':
      return 2;
    case 'divide':
      return expression.form === 'fraction' ? 3 : 2;
    case 'power':
    case 'root':
    case 'call':
      return 4;
    default:
      return 5;
  }
}

/** Is the part written inside brackets, above or below a line, or under a root? */
function isBracketed(whole: Expression, part: Expression): boolean {
  if (rankOf(part) >= 4) return false;
  const isSum = part.kind === 'add' || part.kind === 'subtract';
  switch (whole.kind) {
    case 'add':
      return isSum && part === whole.right;
    case 'subtract':
      return isSum && part === whole.right;
    case 'multiply':
    case 'negate':
      return isSum || (whole.kind === 'multiply' && part === whole.right);
    case 'divide':
      return whole.form === 'fraction' || isSum || part === whole.right;
    default:
      return true;
  }
}

function replaceAt(expression: Expression, path: readonly number[], replacement: Expression): Expression {
  const [index, ...rest] = path;
  if (index === undefined) return replacement;
  return withParts(
    expression,
    partsOf(expression).map((part, at) => (at === index ? replaceAt(part, rest, replacement) : part)),
  );
}

function wholeStep(expression: Expression, answer: Expression): readonly Step[] | null {
  const step = createStep(expression, answer, {
    rule: 'work-out',
    caption: 'Work it out',
    say: 'Working from the inside out, this comes to the answer.',
  });
  return step === null ? null : [step];
}
