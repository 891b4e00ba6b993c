/** Which topic a problem belongs to, so that "another one" is one like it. */
import { partsOf, variablesOf, type Expression } from '../algebra/expression.js';
import { subtractPolynomials, toPolynomial } from '../algebra/polynomial.js';
import type { Problem } from '../algebra/solution.js';
import type { PracticeTopic } from './topics.js';

/** The topic, or null for problems that are not practised. */
export function topicOfProblem(problem: Problem): PracticeTopic | null {
  switch (problem.task) {
    case 'solve': {
      const { left, right } = problem.equation;
      const name = variablesOf(problem.equation)[0] ?? 'x';
      const [first, second] = [toPolynomial(left, name), toPolynomial(right, name)];
      if (!first.ok || !second.ok) return null;
      return subtractPolynomials(first.value, second.value).length === 3 ? 'quadratic' : 'linear';
    }
    case 'expand':
    case 'factor':
      return problem.task;
    case 'differentiate':
      return 'derivative';
    case 'solve-system':
      return 'system';
    case 'solve-inequality':
      return 'inequality';
    case 'simplify':
      return contains(problem.expression, 'power') ? 'powers' : 'expand';
    case 'compute':
      return ofCalculation(problem.expression);
    default:
      return null;
  }
}

function ofCalculation(expression: Expression): PracticeTopic {
  if (contains(expression, 'percent')) return 'percent';
  if (contains(expression, 'power') || contains(expression, 'root')) return 'powers';
  if (contains(expression, 'divide') && partsOf(expression).some((part) => part.kind === 'divide')) return 'fractions';
  const hasSum = contains(expression, 'add') || contains(expression, 'subtract');
  const hasProduct = contains(expression, 'multiply') || contains(expression, 'divide');
  return hasSum && hasProduct ? 'order' : hasProduct ? 'times' : 'adding';
}

function contains(expression: Expression, kind: Expression['kind']): boolean {
  return expression.kind === kind || partsOf(expression).some((part) => contains(part, kind));
}
