/** The one door to the algebra: a problem in, a checked solution or an honest refusal out. */
import { err, type Result } from '../../platform/result.js';
import { compute } from './arithmetic.js';
import { differentiate, differentiateAt, integrate, integrateBetween } from './calculus.js';
import { convert, convertTwo } from './convert.js';
import { findShared } from './divisors.js';
import { solveEquation } from './equation.js';
import { evaluateAt } from './evaluate-at.js';
import { expressionsOf, partsOf, variablesOf, type Expression } from './expression.js';
import { factor } from './factor.js';
import { solveInequality } from './inequality.js';
import { round, writeAs } from './number-forms.js';
import { factorInteger, findRemainder, judgeDivisible, judgePrime, listFactors } from './number-theory.js';
import { changeByPercent, percentChange, percentOfWhat, whatPercent } from './percent.js';
import { rewrite } from './rewrite.js';
import type { Problem, Refusal, Solution } from './solution.js';
import { findStatistic, pickExtreme } from './statistics.js';
import { isShowable } from './steps.js';
import { solveSystem } from './system.js';

/** Most nodes of a tree that is worked on; a question of 300 characters has fewer than this unless it is hostile. */
const mostNodes = 220;

/**
 * Solves a problem exactly. Every step of the result has been checked by evaluation; what does not check is refused.
 *
 * Pure and bounded: exponents up to 10,000, numbers up to sixty digits, degree up to 12, factoring up to 10^12.
 */
export function solve(problem: Problem): Result<Solution, Refusal> {
  if (sizeOfProblem(problem) > mostNodes) return err({ reason: 'too-big' });
  const solution = dispatch(problem);
  if (!solution.ok) return solution;
  const { problem: asked, answer } = solution.value;
  return isShowable(asked) && isShowable(answer) ? solution : err({ reason: 'too-big' });
}

function dispatch(problem: Problem): Result<Solution, Refusal> {
  switch (problem.task) {
    case 'compute':
      return variablesOf(problem.expression).length === 0
        ? compute(problem.expression)
        : rewrite('simplify', problem.expression);
    case 'simplify':
    case 'expand':
      return variablesOf(problem.expression).length === 0
        ? compute(problem.expression)
        : rewrite(problem.task, problem.expression);
    case 'factor':
      return factor(problem.expression);
    case 'differentiate':
      return differentiate(problem.expression, problem.unknown);
    case 'differentiate-at':
      return differentiateAt(problem.expression, problem.unknown, problem.at);
    case 'integrate':
      return integrate(problem.expression, problem.unknown);
    case 'integrate-between':
      return integrateBetween(problem.expression, problem.unknown, [problem.from, problem.to]);
    case 'evaluate-at':
      return evaluateAt(problem.expression, problem.values);
    case 'gcd':
    case 'lcm':
      return findShared(problem.task, problem.numbers);
    case 'prime-factors':
      return factorInteger(problem.number);
    case 'is-prime':
      return judgePrime(problem.number);
    case 'factors-of':
      return listFactors(problem.number);
    case 'is-divisible':
      return judgeDivisible(problem.number, problem.by);
    case 'remainder':
      return findRemainder(problem.number, problem.by);
    case 'solve':
      return solveEquation(problem.equation, problem.unknown);
    case 'solve-inequality':
      return solveInequality(problem.inequality);
    case 'solve-system':
      return solveSystem(problem.equations);
    case 'what-percent':
      return whatPercent(problem.part, problem.whole);
    case 'percent-of-what':
      return percentOfWhat(problem.part, problem.percent);
    case 'percent-change':
      return percentChange(problem.from, problem.to);
    case 'change-by-percent':
      return changeByPercent(problem.amount, problem.percent, problem.direction);
    case 'write-as':
      return writeAs(problem.expression, problem.form);
    case 'round':
      return round(problem.expression, problem.places, problem.unit);
    case 'convert':
      return problem.and === undefined
        ? convert(problem.amount, problem.from, problem.to)
        : convertTwo([problem, problem.and], problem.to);
    case 'statistic':
      return findStatistic(problem.statistic, problem.numbers);
    case 'compare':
      return pickExtreme(problem.pick, problem.numbers);
  }
}

function sizeOfProblem(problem: Problem): number {
  const count = (each: Expression): number => partsOf(each).reduce((sum, part) => sum + count(part), 1);
  const trees: readonly Expression[] =
    'expression' in problem
      ? [problem.expression]
      : 'equation' in problem
        ? expressionsOf(problem.equation)
        : 'equations' in problem
          ? problem.equations.flatMap(expressionsOf)
          : 'inequality' in problem
            ? expressionsOf(problem.inequality)
            : [];
  return trees.reduce((sum, tree) => sum + count(tree), 0);
}
