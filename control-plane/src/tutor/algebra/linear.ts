/** Linear equations in one unknown, in the order in which they are taught. Quadratics live next door. */
import { err, ok, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { holdsAt } from './check.js';
import { evaluate } from './evaluate.js';
import { equation, fromRational, integer, usesDecimals, type Equation, type Expression } from './expression.js';
import { toLatex, toPlain } from './latex.js';
import {
  coefficient,
  fromPolynomial,
  scalePolynomial,
  subtractPolynomials,
  sumOf,
  termsOf,
  type Polynomial,
  type Term,
} from './polynomial.js';
import { equals, isInteger, isNegative, isZero, leastCommonMultiple, one, opposite, over, rational, times, toExactDecimal, toRoundedDecimal, toText, zero, type Rational } from './rational.js'; // prettier-ignore
import type { Answer, Refusal, Solution, Step } from './solution.js';
import { createStep, toFormula, type StepWords } from './steps.js';
import { tidySides, type Sides } from './sides.js';

/** Solves an equation whose sides are polynomials of degree at most 1. */
export function solveLinear(problem: Equation, name: string, sides: Sides): Result<Solution, Refusal> {
  const style = usesDecimals(problem) ? 'decimal' : 'fraction';
  const steps: (Step | null)[] = [];
  let current = problem;
  const move = (left: Polynomial, right: Polynomial, words: StepWords): void => {
    const next = equation(fromPolynomial(left, name, style), fromPolynomial(right, name, style));
    if (toLatex(next) === toLatex(current)) return;
    steps.push(createStep(current, next, words));
    current = next;
  };

  const cleared = style === 'fraction' ? withoutFractions(problem, name) : null;
  let { left, right } = sides;
  if (cleared !== null) {
    left = scalePolynomial(left, rational(cleared.factor));
    right = scalePolynomial(right, rational(cleared.factor));
    steps.push(createStep(current, cleared.equation, clearFractions(cleared.factor)));
    current = cleared.equation;
  }
  const tidied = tidySides(current, name, { left, right }, style);
  steps.push(...tidied.steps);
  current = tidied.equation;
  if (isZero(coefficient(left, 1)) && !isZero(coefficient(right, 1))) {
    [left, right] = [right, left];
    move(left, right, {
      rule: 'swap-sides',
      caption: 'Swap the sides',
      say: `Swap the sides, so that ${name} is on the left.`,
    });
  }
  const onRight = coefficient(right, 1);
  if (!isZero(onRight)) {
    const moved: Polynomial = [zero, onRight];
    left = subtractPolynomials(left, moved);
    right = subtractPolynomials(right, moved);
    move(
      left,
      right,
      bothSides(
        fromPolynomial([zero, isNegative(onRight) ? opposite(onRight) : onRight], name, style),
        isNegative(onRight),
        'both-sides-unknown',
      ),
    );
  }
  const slope = coefficient(left, 1);
  if (isZero(slope)) return finish(problem, steps, withoutUnknown(coefficient(left, 0), coefficient(right, 0)));

  const constant = coefficient(left, 0);
  if (!isZero(constant)) {
    left = subtractPolynomials(left, [constant]);
    right = subtractPolynomials(right, [constant]);
    move(
      left,
      right,
      bothSides(
        fromRational(isNegative(constant) ? opposite(constant) : constant, style),
        isNegative(constant),
        'both-sides-number',
      ),
    );
  }
  const value = over(coefficient(right, 0), slope);
  if (!equals(slope, one)) move([zero, one], isZero(value) ? [] : [value], byCoefficient(slope, style));

  if (!holdsAt(problem.left, problem.right, name, value)) return err({ reason: 'unsure' });
  return finish(problem, steps, toAnswer(problem, name, value, fromRational(value, style)));
}

function finish(problem: Equation, steps: readonly (Step | null)[], answer: Answer): Result<Solution, Refusal> {
  const checked = steps.filter((step) => step !== null);
  return checked.length === steps.length
    ? ok({ problem: toFormula(problem), steps: checked, answer })
    : err({ reason: 'unsure' });
}

function toAnswer(problem: Equation, name: string, value: Rational, written: Expression): Answer {
  const line = equation({ kind: 'variable', name }, written);
  const side = evaluate(problem.left, new Map([[name, value]]));
  const both = side.ok ? toSpoken(fromRational(side.value, usesDecimals(problem) ? 'decimal' : 'fraction')) : null;
  const remark =
    both === null ? {} : { remark: `To check, put ${toSpoken(written)} in for ${name}: both sides come to ${both}.` };
  const decimal = toExactDecimal(value);
  const isFraction = !isInteger(value) && toPlain(written) === null;
  const approx = isFraction ? { approx: { text: decimal ?? toRoundedDecimal(value), rounded: decimal === null } } : {};
  return { kind: 'solutions', ...toFormula(line), exact: `${name} = ${toText(value)}`, ...approx, ...remark };
}

/** Both sides times the common denominator, term by term; null when no term with the unknown has a fraction. */
function withoutFractions(
  problem: Equation,
  name: string,
): { readonly equation: Equation; readonly factor: bigint } | null {
  const [left, right] = [termsOf(problem.left, name), termsOf(problem.right, name)];
  if (left === null || right === null) return null;
  const terms = [...left, ...right];
  if (terms.every(({ value, degree }) => degree === 0 || isInteger(value))) return null;
  const factor = terms.reduce((found, { value }) => leastCommonMultiple(found, value.denominator), 1n);
  const scaled = (side: readonly Term[]): Expression =>
    sumOf(
      side
        .map(({ value, degree }) => ({ value: times(value, rational(factor)), degree }))
        .filter(({ value }) => !isZero(value)),
      name,
    );
  return { equation: equation(scaled(left), scaled(right)), factor };
}

/** What a statement without the unknown says: true for every number, or for none. */
export function withoutUnknown(left: Rational, right: Rational): Answer {
  if (equals(left, right)) {
    const words = 'every number is a solution';
    return {
      kind: 'every-number',
      latex: `\\text{${words}}`,
      spoken: words,
      exact: words,
      remark: 'The unknown is gone and what is left is always true.',
    };
  }
  const words = 'no solution';
  return {
    kind: 'no-solution',
    latex: `\\text{${words}}`,
    spoken: words,
    exact: words,
    remark: 'The unknown is gone and what is left is never true.',
  };
}

function clearFractions(denominator: bigint): StepWords {
  const caption = `Multiply both sides by ${denominator.toString()}`;
  return {
    rule: 'clear-fractions',
    caption,
    say: `Multiply both sides by ${toSpoken(integer(denominator))} to clear the fractions.`,
  };
}

function bothSides(
  moved: Expression,
  isNegativeTerm: boolean,
  rule: 'both-sides-unknown' | 'both-sides-number',
): StepWords {
  const verb = isNegativeTerm ? 'Add' : 'Subtract';
  const place = isNegativeTerm ? 'to' : 'from';
  const words = `${verb} ${toSpoken(moved)} ${place} both sides`;
  const digits = toPlain(moved);
  return { rule, caption: digits === null ? words : `${verb} ${digits} ${place} both sides`, say: `${words}.` };
}

function byCoefficient(slope: Rational, style: 'fraction' | 'decimal'): StepWords {
  const written = fromRational(slope, style);
  const words = `Divide both sides by ${toSpoken(written)}`;
  const digits = toPlain(written);
  return {
    rule: 'divide-both-sides',
    caption: digits === null ? words : `Divide both sides by ${digits}`,
    say: `${words}.`,
  };
}
