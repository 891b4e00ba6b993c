/** Rewriting without an equation: simplify, expand, factor, differentiate. Polynomials in one unknown only. */
import { err, ok, type Result } from '../../platform/result.js';
import { isSameLine } from './check.js';
import { multiply, usesDecimals, variablesOf, type Expression } from './expression.js';
import { toLatex } from './latex.js';
import { coefficient, fromPolynomial, toPolynomial, type NotPolynomial, type Polynomial } from './polynomial.js';
import { equals, isZero, minus, one, over, plus, rational, times, zero, type Rational } from './rational.js';
import { rootsOf, toFactors, toWholeCoefficients, writeFactors } from './quadratic.js';
import type { Answer, Refusal, Solution, Step } from './solution.js';
import { hasBrackets, multipliedOut } from './sides.js';
import { createStep, toFormula, type StepWords } from './steps.js';

/** Rewrites an expression as asked; the answer has been checked to be the same for every number. */
export function rewrite(
  task: 'simplify' | 'expand' | 'factor' | 'differentiate',
  expression: Expression,
): Result<Solution, Refusal> {
  const names = variablesOf(expression);
  const [name] = names;
  if (name === undefined) return err({ reason: 'nothing-to-do' });
  if (names.length > 1) return err({ reason: 'several-unknowns' });
  const read = toPolynomial(expression, name);
  if (!read.ok) return err({ reason: toReason(read.error) });
  if (task === 'differentiate') return differentiate(expression, read.value, name);
  return task === 'factor' ? factor(expression, read.value, name) : gather(expression, read.value, name);
}

function gather(expression: Expression, polynomial: Polynomial, name: string): Result<Solution, Refusal> {
  const style = usesDecimals(expression) ? 'decimal' : 'fraction';
  const answer = fromPolynomial(polynomial, name, style);
  const lines: [Expression, StepWords][] = [];
  if (hasBrackets(expression)) {
    lines.push([
      multipliedOut(expression, name, style),
      {
        rule: 'brackets',
        caption: 'Multiply out the brackets',
        say: 'Multiply out the brackets: every term by every term.',
      },
    ]);
  }
  lines.push([answer, { rule: 'like-terms', caption: 'Put like terms together', say: 'Put like terms together.' }]);
  return through(expression, lines, answer, 'expression');
}

function factor(expression: Expression, polynomial: Polynomial, name: string): Result<Solution, Refusal> {
  const whole = toWholeCoefficients(polynomial);
  const leading = polynomial[polynomial.length - 1] ?? zero;
  const front = over(leading, whole[whole.length - 1] ?? one);
  const lowest = whole.findIndex((each) => !isZero(each));
  const degree = whole.length - 1;
  if (degree === 1 && lowest === 0) {
    if (equals(front, one)) return err({ reason: 'nothing-to-do' });
    const answer = multiply(fromPolynomial([front], name), fromPolynomial(whole, name), 'implicit');
    return through(
      expression,
      [
        [
          answer,
          {
            rule: 'common-factor',
            caption: 'Take out the common factor',
            say: 'Take out the factor that every term shares.',
          },
        ],
      ],
      answer,
      'expression',
    );
  }
  if (degree !== 2) return err({ reason: 'not-yet' });
  const [c, b, a] = [coefficient(whole, 0), coefficient(whole, 1), coefficient(whole, 2)];
  const roots = rootsOf(a, b, c);
  if (roots === 'irrational' || roots.length === 0) return err({ reason: 'not-yet' });
  const answer = writeFactors(toFactors(times(a, front), roots), name);
  const opposites = isZero(b) && !isZero(c);
  const say = opposites
    ? 'This is a difference of two squares: a sum times a difference.'
    : 'Find the two factors whose product this is.';
  return through(
    expression,
    [[answer, { rule: 'factor', caption: opposites ? 'Difference of two squares' : 'Factor', say }]],
    answer,
    'expression',
  );
}

/** The derivative; checked through difference quotients, which need no rule. */
function differentiate(expression: Expression, polynomial: Polynomial, name: string): Result<Solution, Refusal> {
  const derived = polynomial.slice(1).map((value, index) => times(value, rational(BigInt(index + 1))));
  if (!agreesWithSlope(polynomial, derived)) return err({ reason: 'unsure' });
  const answer = fromPolynomial(derived, name, usesDecimals(expression) ? 'decimal' : 'fraction');
  const gathered = fromPolynomial(polynomial, name, usesDecimals(expression) ? 'decimal' : 'fraction');
  const steps: (Step | null)[] = [];
  if (toLatex(gathered) !== toLatex(expression)) {
    steps.push(
      createStep(expression, gathered, {
        rule: 'like-terms',
        caption: 'Write it as a sum of powers',
        say: 'First write it as a sum of powers.',
      }),
    );
  }
  const shown = {
    latex: `\\frac{d}{d${name}}\\left(${toLatex(gathered)}\\right) = ${toLatex(answer)}`,
    spoken: `the derivative of ${toFormula(gathered).spoken} equals ${toFormula(answer).spoken}`,
  };
  const say = `Power rule, term by term: the exponent comes down in front and goes down by one.`;
  steps.push({
    before: gathered,
    after: answer,
    rule: 'derivative',
    caption: 'Power rule for each term',
    say,
    ...shown,
  });
  const checked = steps.filter((step) => step !== null);
  if (checked.length < steps.length) return err({ reason: 'unsure' });
  const problem = toFormula(expression);
  const latex = `\\frac{d}{d${name}}\\left(${problem.latex}\\right)`;
  return ok({
    problem: { latex, spoken: `the derivative of ${problem.spoken}` },
    steps: checked,
    answer: { kind: 'expression', ...toFormula(answer), exact: toLatex(answer) },
  });
}

/**
 * Checks without the power rule: near 0 the difference f(p + h) - f(p) - f'(p)·h of a polynomial starts with h², so
 * divided by h it must vanish at h = 0. Its value there is read off exactly through the points h = 1 … n (Lagrange).
 */
function agreesWithSlope(polynomial: Polynomial, derived: Polynomial): boolean {
  const count = polynomial.length + 1;
  const places = Array.from({ length: count }, (_, index) => rational(BigInt(index + 1)));
  return places.every((p) => {
    const quotients = places.map((h) => over(minus(valueAt(polynomial, plus(p, h)), valueAt(polynomial, p)), h));
    const slope = quotients.reduce((sum, each, i) => plus(sum, times(each, weightAtZero(places, i))), zero);
    return equals(slope, valueAt(derived, p));
  });
}

function weightAtZero(places: readonly Rational[], index: number): Rational {
  const own = places[index] ?? one;
  return places.reduce(
    (product, each, at) => (at === index ? product : times(product, over(each, minus(each, own)))),
    one,
  );
}

function valueAt(polynomial: Polynomial, x: Rational): Rational {
  return polynomial.reduceRight((sum, each) => plus(times(sum, x), each), zero);
}

function through(
  expression: Expression,
  lines: readonly [Expression, StepWords][],
  answer: Expression,
  kind: Answer['kind'],
): Result<Solution, Refusal> {
  const steps: (Step | null)[] = [];
  let current = expression;
  for (const [next, words] of lines) {
    if (toLatex(next) === toLatex(current)) continue;
    steps.push(createStep(current, next, words));
    current = next;
  }
  const checked = steps.filter((step) => step !== null);
  if (checked.length < steps.length || !isSameLine(expression, answer)) return err({ reason: 'unsure' });
  if (checked.length === 0) return err({ reason: 'nothing-to-do' });
  return ok({
    problem: toFormula(expression),
    steps: checked,
    answer: { kind, ...toFormula(answer), exact: toLatex(answer) },
  });
}

/** The refusal for an expression that is not a polynomial. */
export function toReason(reason: NotPolynomial): Refusal['reason'] {
  if (reason === 'too-big' || reason === 'irrational' || reason === 'undefined') return reason;
  return 'not-yet';
}
