/** Turns that any part of the dialogue may need: a remark that comes back to what is open, and a problem begun or declined. */
import { solve } from '../algebra/solve.js';
import type { Problem } from '../algebra/solution.js';
import type { LessonState } from './lesson-state.js';
import { declined } from './reasons.js';
import { askNext, begin, type Manner, type Reply } from './teach.js';
import { compose, type TutorTurn } from './turn.js';

/** The way on where nothing is open. */
export const bringOne = 'Type or say a problem, or say another one for practice.';

/** Begins a problem, or says why not. */
export function onProblem(state: LessonState, problem: Problem, manner: Manner): Reply {
  const solved = solve(problem);
  return solved.ok
    ? begin(state, problem, solved.value, manner)
    : remark(state, 'refused', [declined[solved.error.reason]]);
}

/** Says something and comes back to what is open. */
export function remark(
  state: LessonState,
  outcome: TutorTurn['outcome'],
  sentences: readonly string[],
  wayOn?: string,
): Reply {
  const open = state.phase.kind === 'asking' ? askNext(state.phase.work) : bringOne;
  return { state, turn: compose(outcome, sentences, wayOn ?? open) };
}
