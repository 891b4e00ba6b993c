/** Calculations whose value keeps a root or a special angle: simplify each root, then put like roots together. */
import { err, ok, type Result } from '../../platform/result.js';
import { evaluate } from './evaluate.js';
import { evaluateExactly, fromRadical } from './exact.js';
import { integer, multiply, partsOf, root, withParts, type Expression } from './expression.js';
import { toLatex } from './latex.js';
import { withoutValue } from './no-value.js';
import { approximate, isNear } from './numeric.js';
import { toPlainText } from './plain-text.js';
import { asRational, nearly, rootOfRational, type Radical } from './radical.js';
import { isInteger, type Rational } from './rational.js';
import type { Answer, Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, toFormula } from './steps.js';
import { toTerms, writeTerms } from './terms.js';

/** Calculates with roots; what is not a sum of roots, such as most logarithms, is declined. */
export function computeRoots(expression: Expression): Result<Solution, Refusal> {
  const value = evaluateExactly(expression);
  if (!value.ok && value.error === 'irrational') return computeWithPi(expression);
  if (!value.ok) return withoutValue(expression, value.error);
  const result = fromRadical(value.value);
  const near = nearly(value.value);
  if (!isNear(near, approximate(expression))) return err({ reason: 'unsure' });
  const answer = toRootAnswer(value.value);
  if (toLatex(result) === toLatex(expression)) {
    const remark = 'It has no simpler exact form.';
    return ok({ problem: toFormula(expression), steps: [], answer: { ...answer, remark } });
  }
  const walk = createWalk(expression);
  const apart = rewritten(expression, splitRoot);
  walk.go(apart, {
    rule: 'simplify-root',
    caption: 'Find the square factors under the roots',
    say: 'Look for the largest square factor under each root.',
  });
  walk.go(rewritten(expression, simpleRoot), {
    rule: 'simplify-root',
    caption: 'Take the square factors out of the roots',
    say: 'Take what is a perfect power out of each root.',
  });
  walk.go(rewritten(expression, knownValue), {
    rule: 'known-value',
    caption: 'Use the known values',
    say: 'Put in the known values.',
  });
  walk.go(result, {
    rule: 'like-terms',
    caption: 'Work out what is left',
    say: 'Work out what is left, and keep the roots exact.',
  });
  return finishWalk(toFormula(expression), walk, answer);
}

/** The answer that is a number with roots. */
export function toRootAnswer(value: Radical): Answer {
  const written = fromRadical(value);
  const plain = asRational(value);
  const near = nearly(value);
  const approx = plain === null && Math.abs(near) < 1e12 ? { approx: { text: near.toFixed(4), rounded: true } } : {};
  return { kind: 'value', ...toFormula(written), exact: toPlainText(written), ...approx };
}

/** Multiples of π and e are kept as they are: `2π + 3π` is `5π`. */
function computeWithPi(expression: Expression): Result<Solution, Refusal> {
  const terms = toTerms(expression);
  if (!terms.ok) return err({ reason: terms.error === 'too-big' ? 'too-big' : 'irrational' });
  const result = writeTerms(terms.value);
  const near = approximate(result);
  if (!isNear(near, approximate(expression)) || Math.abs(near) > 1e12) return err({ reason: 'unsure' });
  const answer: Answer = {
    kind: 'value',
    ...toFormula(result),
    exact: toPlainText(result),
    approx: { text: near.toFixed(4), rounded: true },
  };
  const walk = createWalk(expression);
  walk.go(result, { rule: 'like-terms', caption: 'Put like terms together', say: 'Put like terms together.' });
  return finishWalk(toFormula(expression), walk, answer);
}

function rewritten(expression: Expression, change: (each: Expression) => Expression | null): Expression {
  const changed = change(expression);
  if (changed !== null) return changed;
  return withParts(
    expression,
    partsOf(expression).map((part) => rewritten(part, change)),
  );
}

function radicandOf(expression: Expression): Rational | null {
  if (expression.kind !== 'root') return null;
  const value = evaluate(expression.value);
  return value.ok && !evaluate(expression).ok ? value.value : null;
}

/** √50 → √(25·2), where something comes out. */
function splitRoot(expression: Expression): Expression | null {
  const value = radicandOf(expression);
  if (value === null || expression.kind !== 'root' || !isInteger(value)) return null;
  const [term] = rootOfRational(value, expression.degree) ?? [];
  if (term?.degree !== expression.degree || !isInteger(term.value) || term.value.numerator <= 1n) return expression;
  const outside = term.value.numerator ** BigInt(expression.degree);
  return root(multiply(integer(outside), integer(term.radicand)), expression.degree);
}

function simpleRoot(expression: Expression): Expression | null {
  const value = radicandOf(expression);
  if (value === null || expression.kind !== 'root') return null;
  const simple = rootOfRational(value, expression.degree);
  return simple === null ? expression : fromRadical(simple);
}

function knownValue(expression: Expression): Expression | null {
  if (expression.kind !== 'call' && expression.kind !== 'root') return null;
  const value = evaluateExactly(expression);
  return value.ok ? fromRadical(value.value) : null;
}
