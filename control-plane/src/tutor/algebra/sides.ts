/** The first steps with any polynomial line: multiply the brackets out, gather like terms. */
import { equation, type Equation, type Expression } from './expression.js';
import { toLatex } from './latex.js';
import { fromPolynomial, sumOf, termsOf, type Polynomial } from './polynomial.js';
import { isZero } from './rational.js';
import type { Step } from './solution.js';
import { createStep } from './steps.js';

/** Both sides of an equation as polynomials. */
export interface Sides {
  readonly left: Polynomial;
  readonly right: Polynomial;
}

/** An equation with its sides in order, and the steps to it; a null step did not check. */
export interface Tidied {
  readonly equation: Equation;
  readonly steps: readonly (Step | null)[];
}

/** Multiplies out and gathers both sides, each as one step where it changes anything. */
export function tidySides(problem: Equation, name: string, sides: Sides, style: 'fraction' | 'decimal'): Tidied {
  const steps: (Step | null)[] = [];
  let current = problem;
  const go = (
    next: Equation,
    words: { readonly rule: 'brackets' | 'like-terms'; readonly caption: string; readonly say: string },
  ): void => {
    if (toLatex(next) === toLatex(current)) return;
    steps.push(createStep(current, next, words));
    current = next;
  };
  const [left, right] = [multipliedOut(problem.left, name, style), multipliedOut(problem.right, name, style)];
  const gathered = equation(fromPolynomial(sides.left, name, style), fromPolynomial(sides.right, name, style));
  if (hasBrackets(problem.left) || hasBrackets(problem.right)) {
    const next = equation(
      hasBrackets(problem.left) ? left : problem.left,
      hasBrackets(problem.right) ? right : problem.right,
    );
    go(next, { rule: 'brackets', caption: 'Multiply out the brackets', say: 'Multiply out the brackets.' });
  }
  if (toLatex(gathered) !== toLatex(current))
    go(gathered, {
      rule: 'like-terms',
      caption: 'Tidy each side',
      say: 'Tidy up each side by putting like terms together.',
    });
  return { equation: current, steps };
}

/** The expression with every bracket multiplied out and nothing gathered; itself when it is not a polynomial. */
export function multipliedOut(expression: Expression, name: string, style: 'fraction' | 'decimal'): Expression {
  const terms = termsOf(expression, name);
  if (terms === null) return expression;
  return sumOf(
    terms.filter(({ value }) => !isZero(value)),
    name,
    style,
  );
}

/** Does the expression multiply, divide or raise a sum? */
export function hasBrackets(expression: Expression): boolean {
  const isSum = (each: Expression): boolean => each.kind === 'add' || each.kind === 'subtract';
  switch (expression.kind) {
    case 'add':
      return hasBrackets(expression.left) || hasBrackets(expression.right) || isSum(expression.right);
    case 'subtract':
      return hasBrackets(expression.left) || hasBrackets(expression.right) || isSum(expression.right);
    case 'multiply':
      return (
        isSum(expression.left) ||
        isSum(expression.right) ||
        hasBrackets(expression.left) ||
        hasBrackets(expression.right)
      );
    case 'divide':
    case 'power':
      return isSum(expression.left) || hasBrackets(expression.left);
    case 'negate':
      return isSum(expression.value) || hasBrackets(expression.value);
    default:
      return false;
  }
}
