/** Where a lesson stands. Types, the first state and questions about it; what happens next is decided elsewhere. */
import type { Line } from '../algebra/expression.js';
import type { Problem, Solution, Step } from '../algebra/solution.js';
import type { Drill } from '../practice/topics.js';
import type { Exercise } from './exercises.js';

/** A problem under way, or done. */
export interface Work {
  readonly problem: Problem;
  readonly solution: Solution;
  /** How many of its steps have been shown or found. */
  readonly at: number;
  /** Wrong attempts at the open question. */
  readonly misses: number;
  /** Hints given for the open question, 0–3. */
  readonly hints: number;
  /** The tutor set it, so the learner begins. */
  readonly practice: boolean;
}

/** What is open. */
export type Phase =
  | { readonly kind: 'fresh' }
  /** The tutor asked for the next line; the learner's words are judged as an attempt first. */
  | { readonly kind: 'asking'; readonly work: Work }
  | { readonly kind: 'done'; readonly work: Work }
  /** One or two readings were shown, and the tutor asked which one is meant. */
  | { readonly kind: 'confirming'; readonly readings: readonly Problem[] };

/** A whole lesson: nothing in it is speech, and no text of the page is kept. */
export interface LessonState {
  readonly seed: number;
  readonly phase: Phase;
  readonly drill: Drill;
  /** Problems found in the exercise on the page. */
  readonly exercises: readonly Exercise[];
}

/** The state before anything was asked. */
export const freshLesson: LessonState = {
  seed: 1,
  phase: { kind: 'fresh' },
  drill: { topic: 'linear', level: 1 },
  exercises: [],
};

/** The step that is asked for, or null when all are done. */
export function dueStep({ solution, at }: Work): Step | null {
  return solution.steps[at] ?? null;
}

/** The line that stands last on the learner's screen; null for a solution without steps. */
export function currentLine({ solution, at }: Work): Line | null {
  return (at === 0 ? solution.steps[0]?.before : solution.steps[at - 1]?.after) ?? null;
}

/** The problem that the lesson is about, or null. */
export function workOf(phase: Phase): Work | null {
  return phase.kind === 'asking' || phase.kind === 'done' ? phase.work : null;
}
