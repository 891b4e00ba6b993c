/** Chooses the way to solve one equation by its shape. The ways themselves are next door. */
import { err, ok, type Result } from '../../platform/result.js';
import { solveAbsolute } from './absolute-equation.js';
import { evaluate } from './evaluate.js';
import { evaluateExactly } from './exact.js';
import { equation, integer, subtract, variablesOf, type Equation } from './expression.js';
import { isolate } from './isolate.js';
import { solveLinear } from './linear.js';
import { solvePower } from './power-equation.js';
import { subtractPolynomials, toPolynomial } from './polynomial.js';
import { solvePolynomial } from './polynomial-equation.js';
import { solveQuadratic } from './quadratic.js';
import { solveRadical } from './radical-equation.js';
import { nearly, subtractRadicals } from './radical.js';
import { equals } from './rational.js';
import { solveFractional } from './fractional-equation.js';
import { toReason } from './rewrite.js';
import type { Refusal, Solution } from './solution.js';
import { createStep, inWords, toFormula } from './steps.js';

/** Solves an equation for its one unknown, or for the named one of several. */
export function solveEquation(asked: Equation, unknown: string | null): Result<Solution, Refusal> {
  const names = variablesOf(asked);
  const [name] = names;
  if (names.length > 1)
    return unknown !== null && names.includes(unknown) ? isolate(asked, unknown) : err({ reason: 'several-unknowns' });
  if (unknown !== null && name !== unknown) return err({ reason: 'unknown-missing' });
  if (name === undefined) return judge(asked);
  const left = toPolynomial(asked.left, name);
  const right = toPolynomial(asked.right, name);
  if (!left.ok || !right.ok) {
    const failed = left.ok ? right : left;
    if (!failed.ok && failed.error !== 'not-polynomial') return err({ reason: toReason(failed.error) });
    return (
      solveAbsolute(asked, name) ?? solvePower(asked, name) ?? solveRadical(asked, name) ?? solveFractional(asked, name)
    );
  }
  const sides = { left: left.value, right: right.value };
  const degree = subtractPolynomials(sides.left, sides.right).length - 1;
  if (degree === 2) return solveQuadratic(asked, name, sides);
  if (degree > 2) return solvePolynomial(asked, name, sides);
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
  const [left, right] = [evaluate(asked.left), evaluate(asked.right)];
  let truth: boolean;
  if (left.ok && right.ok) truth = equals(left.value, right.value);
  else {
    const [a, b] = [evaluateExactly(asked.left), evaluateExactly(asked.right)];
    if (!a.ok || !b.ok) {
      const failed = a.ok ? b : a;
      const known = !failed.ok && failed.error !== 'not-real' && failed.error !== 'unknown';
      return err({ reason: known ? failed.error : 'not-yet' });
    }
    const apart = subtractRadicals(a.value, b.value);
    if (apart.length > 0 && Math.abs(nearly(apart)) < 1e-9) return err({ reason: 'unsure' });
    truth = apart.length === 0;
  }
  const answer = truth ? inWords('true', 'true') : inWords('false', 'not true');
  return ok({ problem: toFormula(asked), steps: [], answer });
}
