/** The one door to the algebra: a problem in, a checked solution or an honest refusal out. */
import { err, ok, type Result } from '../../platform/result.js';
import { compute } from './arithmetic.js';
import { findShared } from './divisors.js';
import { evaluate } from './evaluate.js';
import { equation, integer, subtract, variablesOf, type Equation } from './expression.js';
import { solveLinear } from './linear.js';
import { subtractPolynomials, toPolynomial } from './polynomial.js';
import { equals } from './rational.js';
import { solveQuadratic } from './quadratic.js';
import { rewrite, toReason } from './rewrite.js';
import type { Problem, Refusal, Solution } from './solution.js';
import { createStep, isShowable, toFormula } from './steps.js';

/**
 * Solves a problem exactly. Every step of the result has been checked by evaluation; what does not check is refused.
 *
 * Pure and bounded: exponents up to 10,000, numbers up to sixty digits, degree up to 12.
 */
export function solve(problem: Problem): Result<Solution, Refusal> {
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
    case 'differentiate':
      return rewrite(problem.task, problem.expression);
    case 'gcd':
    case 'lcm':
      return findShared(problem.task, problem.numbers);
    case 'solve':
      return solveEquation(problem.equation, problem.unknown);
  }
}

function solveEquation(asked: Equation, unknown: string | null): Result<Solution, Refusal> {
  const names = variablesOf(asked);
  if (names.length > 1) return err({ reason: 'several-unknowns' });
  const [name] = names;
  if (unknown !== null && name !== unknown) return err({ reason: 'unknown-missing' });
  if (name === undefined) return judge(asked);
  const left = toPolynomial(asked.left, name);
  if (!left.ok) return err({ reason: toReason(left.error) });
  const right = toPolynomial(asked.right, name);
  if (!right.ok) return err({ reason: toReason(right.error) });
  const sides = { left: left.value, right: right.value };
  const degree = subtractPolynomials(sides.left, sides.right).length - 1;
  if (degree === 2) return solveQuadratic(asked, name, sides);
  if (degree > 2) return err({ reason: 'not-yet' });
  return Math.max(sides.left.length, sides.right.length) <= 2
    ? solveLinear(asked, name, sides)
    : solveCancelled(asked, name);
}

/** Higher powers that cancel leave a linear equation; it is solved with everything on one side. */
function solveCancelled(asked: Equation, name: string): Result<Solution, Refusal> {
  const moved = equation(subtract(asked.left, asked.right), integer(0n));
  const say = 'Bring everything to one side, so that the other side is zero.';
  const step = createStep(asked, moved, { rule: 'standard-form', caption: 'Bring everything to one side', say });
  const left = toPolynomial(moved.left, name);
  if (!left.ok || step === null) return err({ reason: 'unsure' });
  const solved = solveLinear(moved, name, { left: left.value, right: [] });
  if (!solved.ok) return solved;
  // The remark speaks of the sides of the moved equation, which the learner did not write.
  const { remark, ...answer } = solved.value.answer;
  const kept = answer.kind === 'solutions' || remark === undefined ? answer : { ...answer, remark };
  return ok({ problem: toFormula(asked), steps: [step, ...solved.value.steps], answer: kept });
}

/** An equation without an unknown is true or false. */
function judge(asked: Equation): Result<Solution, Refusal> {
  const left = evaluate(asked.left);
  const right = evaluate(asked.right);
  const failed = left.ok ? right : left;
  if (!left.ok || !right.ok)
    return err({
      reason: failed.ok || failed.error === 'not-real' || failed.error === 'unknown' ? 'not-yet' : failed.error,
    });
  const holds = equals(left.value, right.value);
  const words = holds ? 'true' : 'not true';
  return ok({
    problem: toFormula(asked),
    steps: [],
    answer: { kind: holds ? 'true' : 'false', latex: `\\text{${words}}`, spoken: words, exact: words },
  });
}
