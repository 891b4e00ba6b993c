/** Judges an attempt against a checked solution, by exact algebra only. What is said about it is others' work. */
import { isSameLine } from '../algebra/check.js';
import { evaluate } from '../algebra/evaluate.js';
import { isExpression, isNumeral, variablesOf, type Expression, type Line } from '../algebra/expression.js';
import { equals, type Rational } from '../algebra/rational.js';
import type { Problem, Solution } from '../algebra/solution.js';
import { solve } from '../algebra/solve.js';
import type { Attempt } from './attempt.js';
import { changedPart, keyOf, solutionsIn, valueOf } from './forms.js';
import { judgeInSystem } from './judge-system.js';
import { currentLine, dueStep, type Work } from './lesson-state.js';
import { right, type Verdict } from './verdict.js';

/** Judges an attempt at the open question. */
export function judge(work: Work, attempt: Attempt): Verdict {
  const { steps } = work.solution;
  const line = attempt.line;
  const stated = line?.kind === 'equation' && variablesOf(line).length === 0 ? line : null;
  if (stated !== null) return judgeStatement(work, stated.left, stated.right);
  if (work.problem.task === 'solve-system') return judgeInSystem(work, attempt);
  const finals = finalValues(work.solution);
  if (finals !== null && attempt.values !== null) {
    const found = attempt.values.filter((value) => includes(finals, value));
    if (found.length === attempt.values.length && found.length > 0)
      return finals.every((value) => includes(found, value)) ? right(steps.length) : { kind: 'some-missing' };
  }
  if (line === null) return { kind: 'wrong' };
  const key = keyOf(line);
  for (let index = steps.length - 1; index >= work.at; index -= 1) {
    const after = steps[index]?.after;
    if (after !== undefined && keyOf(after) === key) return right(index + 1);
  }
  return isExpression(line) ? judgeExpression(work, line) : judgeEquation(work, line);
}

/** The numbers that solve the problem, where it has such; null for expressions. */
export function finalValues({ steps }: Solution): readonly Rational[] | null {
  const last = steps[steps.length - 1]?.after;
  return last === undefined ? null : solutionsIn(last);
}

function judgeExpression(work: Work, line: Expression): Verdict {
  const [current, due] = [currentLine(work), dueStep(work)];
  if (current === null || due === null) return { kind: 'wrong' };
  const value = valueOf(line);
  if (!isExpression(current)) {
    // "8" for the next line 2x = 8.
    const side = due.after.kind === 'equation' ? valueOf(due.after.right) : null;
    return value !== null && side !== null && equals(value, side) ? right(work.at + 1) : { kind: 'wrong' };
  }
  const last = work.solution.steps[work.solution.steps.length - 1]?.after;
  if (last !== undefined && isExpression(last) && value !== null && sameValue(last, value)) {
    if (isNumeral(line) || line.kind === 'mixed') return right(work.solution.steps.length);
    if (keyOf(line) === keyOf(current)) return { kind: 'same' };
    return line.kind === 'divide' && line.form === 'fraction' ? { kind: 'unreduced' } : onward(work, line);
  }
  if (keyOf(line) === keyOf(current)) return { kind: 'same' };
  const part = isExpression(due.after) ? changedPart(current, due.after) : null;
  if (part !== null && value !== null && sameValue(part.to, value)) return right(work.at + 1, true);
  if (work.problem.task === 'differentiate')
    return last !== undefined && isSameLine(last, line) ? right(work.solution.steps.length) : { kind: 'wrong' };
  return isSameLine(current, line) ? onward(work, line) : { kind: 'wrong' };
}

function judgeEquation(work: Work, line: Line): Verdict {
  const current = currentLine(work);
  if (current === null || isExpression(current)) return { kind: 'wrong' };
  if (keyOf(line) === keyOf(current)) return { kind: 'same' };
  const last = work.solution.steps[work.solution.steps.length - 1]?.after;
  if (last !== undefined && isSolved(line) && isSolved(last) && isSameLine(last, line))
    return right(work.solution.steps.length);
  return isSameLine(current, line) ? onward(work, line) : { kind: 'wrong' };
}

/** Does the line name its solutions, roots included: `x = 1 + √2`? */
function isSolved(line: Line): boolean {
  if (line.kind === 'either') return line.equations.every(isSolved);
  return line.kind === 'equation' && line.left.kind === 'variable' && variablesOf(line.right).length === 0;
}

/** `3 × 4 = 12` during a calculation: true statements about its parts count, others are wrong. */
function judgeStatement(work: Work, left: Expression, right: Expression): Verdict {
  const [current, due] = [currentLine(work), dueStep(work)];
  const [a, b] = [evaluate(left), evaluate(right)];
  if (current === null || due === null || !a.ok || !b.ok || !equals(a.value, b.value)) return { kind: 'wrong' };
  return judge(work, { line: right, values: [b.value] });
}

/** A true line that is not one of ours: from here on the way is the learner's, if it is shorter than what was left. */
function onward(work: Work, line: Line): Verdict {
  const problem = problemOf(work.problem, line);
  const solved = problem === null ? null : solve(problem);
  if (!solved?.ok) return { kind: 'detour' };
  const isCloser = solved.value.steps.length < work.solution.steps.length - work.at;
  return isCloser && solved.value.steps.length > 0
    ? { kind: 'right', at: 0, own: { ...solved.value, problem: work.solution.problem }, part: false }
    : { kind: 'detour' };
}

function problemOf(problem: Problem, line: Line): Problem | null {
  if (problem.task === 'solve') return line.kind === 'equation' ? { ...problem, equation: line } : null;
  if (problem.task === 'solve-inequality') return line.kind === 'chain' ? { ...problem, inequality: line } : null;
  if (!isExpression(line)) return null;
  return problem.task === 'compute' || problem.task === 'simplify' || problem.task === 'expand'
    ? { ...problem, expression: line }
    : null;
}

function includes(values: readonly Rational[], value: Rational): boolean {
  return values.some((each) => equals(each, value));
}

function sameValue(expression: Expression, value: Rational): boolean {
  const found = valueOf(expression);
  return found !== null && equals(found, value);
}
