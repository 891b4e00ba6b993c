/** Quadratic equations with rational solutions, or with no real one. Irrational ones are declined. */
import { err, ok, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { holdsAt } from './check.js';
import { equation, fromRational, integer, multiply, power, usesDecimals, variable, type Either, type Equation, type Expression, type Line } from './expression.js'; // prettier-ignore
import { toLatex } from './latex.js';
import { coefficient, fromPolynomial, scalePolynomial, subtractPolynomials, type Polynomial } from './polynomial.js';
import { absolute, equals, exactRoot, greatestCommonDivisor, isNegative, isZero, leastCommonMultiple, minus, one, opposite, over, plus, rational, times, toText, zero, type Rational } from './rational.js'; // prettier-ignore
import type { Answer, Refusal, Solution, Step } from './solution.js';
import { createStep, toFormula, type StepWords } from './steps.js';
import { tidySides, type Sides } from './sides.js';

/** Solves an equation whose difference is a polynomial of degree 2. */
export function solveQuadratic(problem: Equation, name: string, sides: Sides): Result<Solution, Refusal> {
  const steps: (Step | null)[] = [];
  const tidied = tidySides(problem, name, sides, usesDecimals(problem) ? 'decimal' : 'fraction');
  steps.push(...tidied.steps);
  let current: Line = tidied.equation;
  const go = (next: Line, words: StepWords): void => {
    if (toLatex(next) === toLatex(current)) return;
    steps.push(createStep(current, next, words));
    current = next;
  };

  const whole = toWholeCoefficients(subtractPolynomials(sides.left, sides.right));
  const [c, b, a] = [coefficient(whole, 0), coefficient(whole, 1), coefficient(whole, 2)];
  const roots = rootsOf(a, b, c);
  if (roots === 'irrational') return err({ reason: 'irrational' });

  if (isZero(b)) {
    const square = equation(power(variable(name), integer(2n)), fromRational(opposite(over(c, a))));
    go(square, { rule: 'square-root', caption: 'Get the square alone', say: `Get ${name} squared alone on one side.` });
    if (roots.length === 0) return finish(problem, steps, noReal('A square is never negative.'));
    go(oneOf(name, roots), {
      rule: 'square-root',
      caption: 'Take the square root of both sides',
      say: 'Take the square root of both sides, and remember the negative one.',
    });
  } else {
    go(equation(fromPolynomial(whole, name), integer(0n)), {
      rule: 'standard-form',
      caption: 'Bring everything to one side',
      say: 'Bring everything to one side, so that the other side is zero.',
    });
    if (roots.length === 0) {
      const discriminant = minus(times(b, b), times(rational(4n), times(a, c)));
      return finish(
        problem,
        steps,
        noReal(`The discriminant is ${toSpoken(fromRational(discriminant))}, which is negative.`),
      );
    }
    const factors = toFactors(a, roots);
    go(equation(writeFactors(factors, name), integer(0n)), {
      rule: 'factor',
      caption: 'Factor',
      say: factorWords(a, b, c, roots),
    });
    const bareFirst = [...factors.linear].sort(
      (p, q) => Number(!isZero(coefficient(p, 0))) - Number(!isZero(coefficient(q, 0))),
    );
    const each = roots.length === 1 ? factors.linear.slice(0, 1) : bareFirst;
    const either: Either = {
      kind: 'either',
      equations: each.map((factor) => equation(fromPolynomial(factor, name), integer(0n))),
    };
    go(either, {
      rule: 'zero-product',
      caption: 'A product is zero when a factor is zero',
      say: 'A product is zero when one of its factors is zero.',
    });
    go(oneOf(name, roots), { rule: 'zero-product', caption: 'Solve each one', say: 'Solve each one.' });
  }
  if (!roots.every((root) => holdsAt(problem.left, problem.right, name, root))) return err({ reason: 'unsure' });
  return finish(problem, steps, toAnswer(name, roots));
}

/** The factors of a polynomial of degree 2 with rational roots: a number in front and two linear ones. */
export interface Factors {
  readonly front: Rational;
  readonly linear: readonly Polynomial[];
}

/** Factors `a(x - r)(x - s)` with whole coefficients in the brackets. */
export function toFactors(a: Rational, roots: readonly Rational[]): Factors {
  const pair = roots.length === 1 ? [...roots, ...roots] : roots;
  const linear = pair.map((root): Polynomial => {
    const below = rational(root.denominator);
    return [opposite(times(root, below)), below];
  });
  const taken = linear.reduce((product, factor) => times(product, coefficient(factor, 1)), one);
  return { front: over(a, taken), linear };
}

/** Writes factors as a product; equal ones as a square. */
export function writeFactors({ front, linear }: Factors, name: string): Expression {
  const [first = [], second = []] = linear;
  const write = (factor: Polynomial): Expression => fromPolynomial(factor, name);
  const same = toLatex(write(first)) === toLatex(write(second));
  // A bare x goes in front of a bracket, as people write it.
  const [left, right] = second.length > 0 && isZero(coefficient(second, 0)) ? [second, first] : [first, second];
  const product = same ? power(write(first), integer(2n)) : multiply(write(left), write(right), 'implicit');
  if (equals(front, one)) return product;
  if (equals(front, rational(-1n))) return { kind: 'negate', value: product };
  const number = fromRational(front);
  if (same) return multiply(number, product, 'implicit');
  return multiply(multiply(number, write(left), 'implicit'), write(right), 'implicit');
}

/** The rational roots in ascending order, none when no real one exists, or `irrational`. */
export function rootsOf(a: Rational, b: Rational, c: Rational): readonly Rational[] | 'irrational' {
  const discriminant = minus(times(b, b), times(rational(4n), times(a, c)));
  if (isNegative(discriminant)) return [];
  const root = exactRoot(discriminant, 2);
  if (root === null) return 'irrational';
  const twice = times(rational(2n), a);
  const found = [over(minus(opposite(b), root), twice), over(plus(opposite(b), root), twice)];
  if (isZero(root)) return found.slice(0, 1);
  return isNegative(a) ? found.reverse() : found;
}

/** Multiplies by the denominators and divides by what all coefficients share; the leading one becomes positive. */
export function toWholeCoefficients(polynomial: Polynomial): Polynomial {
  const below = polynomial.reduce((found, each) => leastCommonMultiple(found, each.denominator), 1n);
  const whole = scalePolynomial(polynomial, rational(below));
  const shared = whole.reduce((found, each) => greatestCommonDivisor(found, each.numerator), 0n);
  const leading = whole[whole.length - 1] ?? zero;
  return scalePolynomial(whole, rational(isNegative(leading) ? -1n : 1n, absolute(shared) || 1n));
}

function factorWords(a: Rational, b: Rational, c: Rational, roots: readonly Rational[]): string {
  if (roots.length === 1) return 'The left side is a perfect square.';
  if (isZero(c)) return 'Every term has the unknown in it, so take it out.';
  if (!equals(a, one)) return 'Factor the left side.';
  const [p, q] = roots.map((root) => toSpoken(fromRational(opposite(root))));
  const product = toSpoken(fromRational(c));
  return `Look for two numbers whose product is ${product} and whose sum is ${toSpoken(fromRational(b))}: they are ${p ?? ''} and ${q ?? ''}.`;
}

function oneOf(name: string, roots: readonly Rational[]): Line {
  const equations = roots.map((root) => equation(variable(name), fromRational(root)));
  const [only] = equations;
  return equations.length === 1 && only !== undefined ? only : { kind: 'either', equations };
}

function toAnswer(name: string, roots: readonly Rational[]): Answer {
  const exact = roots.map((root) => `${name} = ${toText(root)}`).join(' or ');
  const remark =
    roots.length === 1
      ? 'Put it into the equation to check: both sides agree.'
      : 'Put each one into the equation to check: both sides agree.';
  return { kind: 'solutions', ...toFormula(oneOf(name, roots)), exact, remark };
}

function noReal(remark: string): Answer {
  const words = 'no real solution';
  return { kind: 'no-solution', latex: `\\text{${words}}`, spoken: words, exact: words, remark };
}

function finish(problem: Equation, steps: readonly (Step | null)[], answer: Answer): Result<Solution, Refusal> {
  const checked = steps.filter((step) => step !== null);
  return checked.length === steps.length
    ? ok({ problem: toFormula(problem), steps: checked, answer })
    : err({ reason: 'unsure' });
}
