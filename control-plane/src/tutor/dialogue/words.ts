/** Sentences that do not depend on the problem, and how an answer is told. Words only. */
import { evaluate } from '../algebra/evaluate.js';
import { isExpression, variablesOf, type Expression } from '../algebra/expression.js';
import { equals, isZero } from '../algebra/rational.js';
import type { Problem, Solution, Step } from '../algebra/solution.js';
import { toSpoken } from '../speech/spoken.js';
import { answerWords, openingOf } from './openings.js';
import type { Piece } from './turn.js';

/** Praise for a right line; varied by the lesson's own chance. */
export const praise: readonly [string, ...string[]] = ['Right.', 'Exactly.', 'Well done, that is right.', 'Yes, that is it.', 'Very good.']; // prettier-ignore
/** Praise for a line further on than was asked for. */
export const aheadPraise: readonly [string, ...string[]] = ['You skipped ahead, and it is right.', 'Right, and you even saved a step.']; // prettier-ignore
/** Praise for what one operation comes to, where a whole line was asked for. */
export const partPraise: readonly [string, ...string[]] = ['That part is right.', 'Right for this part.'];
/** How a wrong attempt is met. */
export const notQuite: readonly [string, ...string[]] = ['Not quite.', 'Not yet, but you are on the way.', 'Almost, but not quite.']; // prettier-ignore
/** The way on after a problem is done. */
export const doneInvitation = 'Ask me why, say another one for practice, or give me a problem of your own.';

/** A problem longer than this in words is shown, not read out. */
const longestReadOut = 200;
/** The problem restated as a formula, with its sentence. */
export function problemPiece(solution: Solution, asked: Problem, words?: string): Piece {
  const { problem } = solution;
  const opening = words === undefined ? openingOf(solution, asked) : `${words} ${problem.spoken}.`;
  const say = problem.spoken.length <= longestReadOut ? opening : 'Let us work this out.';
  return { say, equation: { ...problem, role: 'problem' } };
}

/** One step as it is said and shown; `number` counts from 1. */
export function stepPiece({ latex, spoken, caption, say }: Step, number: number, words = say): Piece {
  return { say: words, equation: { latex, role: 'step', spoken, caption, step: number } };
}

/** The final answer as it is said and shown. */
export function answerPiece(solution: Solution): Piece {
  const { latex, spoken } = solution.answer;
  return { say: answerWords(solution), equation: { latex, role: 'answer', spoken, caption: 'Answer' } };
}

/** How the learner can see that an answer is right: the solution's own remark, or the calculation backwards. */
export function checkWords({ answer, steps }: Solution, problem: Problem): string | null {
  if (answer.remark !== undefined) return answer.remark;
  if (problem.task !== 'compute' || variablesOf(problem.expression).length > 0) return null;
  const result = steps[steps.length - 1]?.after;
  return result !== undefined && isExpression(result) ? backwards(problem.expression, result) : null;
}

/** `7 + 8 = 15` is checked by `15 - 8 = 7`; null where there is no single operation to undo, or it has no value. */
function backwards(expression: Expression, result: Expression): string | null {
  const undone = undo(expression, result);
  if (undone === null) return null;
  const [a, b] = [evaluate(undone.calculation), evaluate(undone.back)];
  if (!a.ok || !b.ok || !equals(a.value, b.value)) return null;
  return `To check, ${toSpoken(undone.calculation)} is ${toSpoken(undone.back)} again.`;
}

function undo(
  expression: Expression,
  result: Expression,
): { readonly calculation: Expression; readonly back: Expression } | null {
  if (!('left' in expression) || !isSimple(expression.left) || !isSimple(expression.right)) return null;
  const { kind, left, right } = expression;
  switch (kind) {
    case 'add':
      return { calculation: { kind: 'subtract', left: result, right }, back: left };
    case 'subtract':
      return { calculation: { kind: 'add', left: result, right }, back: left };
    case 'divide':
      return { calculation: { kind: 'multiply', left: result, right, form: 'times' }, back: left };
    case 'multiply': {
      const divisor = evaluate(expression.form === 'of' ? left : right);
      if (!divisor.ok || isZero(divisor.value)) return null;
      const [by, back] = expression.form === 'of' ? [left, right] : [right, left];
      return { calculation: { kind: 'divide', left: result, right: by, form: 'divided-by' }, back };
    }
    default:
      return null;
  }
}

function isSimple(expression: Expression): boolean {
  if (expression.kind === 'negate' || expression.kind === 'percent') return isSimple(expression.value);
  if (expression.kind === 'divide') return isSimple(expression.left) && isSimple(expression.right);
  return expression.kind === 'number';
}
