/** Walks through a solution with the learner: begin, go on, explain, finish. Judging attempts is done next door. */
import { partsOf } from '../algebra/expression.js';
import type { Problem, Solution } from '../algebra/solution.js';
import { toFormula } from '../algebra/steps.js';
import { topicOfProblem } from '../practice/topic-of-problem.js';
import { shifted } from '../practice/topics.js';
import { hintFor, mostHints, operationOf, questionFor } from './hints.js';
import { currentLine, dueStep, type LessonState, type Work } from './lesson-state.js';
import { explained } from './reasons.js';
import { compose, type Piece, type TutorTurn } from './turn.js';
import { answerPiece, checkWords, doneInvitation, problemPiece, stepPiece } from './words.js';

/** The next state and the turn to give. */
export interface Reply {
  readonly state: LessonState;
  readonly turn: TutorTurn;
}

/** How a problem is met: step by step with the learner, all at once, or by its answer only. */
export type Manner = 'teach' | 'all' | 'brief';

/** A line longer than this in words is shown, not read out. */
const longestReadOut = 200;
/** Tasks whose lines a learner can be asked for; the others are answered at once. */
const taught: ReadonlySet<string> = new Set([
  'compute',
  'solve',
  'simplify',
  'expand',
  'factor',
  'differentiate',
  'solve-inequality',
  'solve-system',
]);

/** Begins a problem that the learner brought. */
export function begin(state: LessonState, problem: Problem, solution: Solution, manner: Manner): Reply {
  const topic = topicOfProblem(problem);
  const drill = topic === null || topic === state.drill.topic ? state.drill : { topic, level: state.drill.level };
  const work: Work = { problem, solution, at: 0, misses: 0, hints: 0, practice: false };
  const next = { ...state, drill };
  if (manner === 'brief') return answerOnly(next, work);
  const [first] = solution.steps;
  if (first !== undefined && manner === 'teach' && isGuessed(problem, solution)) {
    const turn = compose('solved', [problemPiece(solution, problem), operationOf(first)], askNext(work));
    return { state: { ...next, phase: { kind: 'asking', work } }, turn };
  }
  if (first === undefined || isDirect(problem, solution)) return direct(next, work);
  if (manner === 'all') return wholeWay(next, work);
  const begun = { ...work, at: 1 };
  const turn = compose('solved', [problemPiece(solution, problem), stepPiece(first, 1)], askNext(begun));
  return { state: { ...next, phase: { kind: 'asking', work: begun } }, turn };
}

/** One operation, or one step: there is no next line to ask for. */
function isDirect(problem: Problem, { steps }: Solution): boolean {
  if (steps.length <= 1 || !taught.has(problem.task)) return true;
  if (problem.task !== 'compute' || problem.expression.kind !== 'multiply') return false;
  return problem.expression.form === 'of' && partsOf(problem.expression).every((part) => part.kind !== 'add');
}

/** One step that gives all away, and can be found from its rule: the learner is told what to look for. */
function isGuessed({ task }: Problem, { steps }: Solution): boolean {
  return task === 'factor' && steps.length === 1 && steps[0]?.rule !== 'primes';
}

function direct(state: LessonState, work: Work): Reply {
  const { problem, solution } = work;
  const steps = solution.steps.map((step, index) => stepPiece(step, index + 1));
  const pieces = [problemPiece(solution, problem), ...steps, answerPiece(solution), ...checkPieces(work)];
  return done(state, work, compose('solved', pieces, doneInvitation));
}

/** Every line; the few sentences that a turn may have go to a short way's steps, or to the end of a long one. */
export function wholeWay(state: LessonState, work: Work): Reply {
  const { problem, solution } = work;
  const isShort = solution.steps.length <= 2;
  const steps = solution.steps.map((step, index) => stepPiece(step, index + 1, isShort ? step.say : ''));
  const opening = problemPiece(solution, problem);
  const pieces = isShort
    ? [{ ...opening, say: '' }, ...steps, answerPiece(solution)]
    : [
        { ...opening, say: 'Here is the whole way, line by line.' },
        ...steps,
        answerPiece(solution),
        ...checkPieces(work),
      ];
  return done(state, work, compose('solved', pieces, doneInvitation));
}

/** The answer alone. */
export function answerOnly(state: LessonState, work: Work): Reply {
  return done(state, work, compose('solved', [answerPiece(work.solution)], 'Ask me why, or say another one.'));
}

/** Shows the step that was asked for, and asks for the one after it; `lead` is said first. */
export function showNext(state: LessonState, work: Work, lead: readonly (Piece | string)[] = []): Reply {
  const step = dueStep(work);
  if (step === null) return answerOnly(state, work);
  const next: Work = { ...work, at: work.at + 1, misses: 0, hints: 0, practice: false };
  const shown = stepPiece(step, next.at);
  if (dueStep(next) === null) return finish(state, next, [...lead, shown]);
  return { state: asking(state, next), turn: compose('follow-up', [...lead, shown], askNext(next)) };
}

/** Goes on after a right line: on to the next question, or to the end. */
export function goOn(state: LessonState, work: Work, lead: readonly (Piece | string)[]): Reply {
  const next: Work = { ...work, misses: 0, hints: 0 };
  if (dueStep(next) !== null) return { state: asking(state, next), turn: compose('follow-up', lead, askNext(next)) };
  const isOwn = work.practice && work.misses === 0 && work.hints === 0;
  return finish(isOwn ? { ...state, drill: shifted(state.drill, 1) } : state, next, lead);
}

function finish(state: LessonState, work: Work, lead: readonly (Piece | string)[]): Reply {
  // A step that was just shown says more than a check.
  const check = lead.length > 1 ? [] : checkPieces(work);
  const pieces = [...lead, answerPiece(work.solution), ...check];
  return done(state, work, compose('follow-up', pieces, doneInvitation));
}

/** A hint, one deeper each time; after the last one the step itself. */
export function hint(state: LessonState, work: Work): Reply {
  const step = dueStep(work);
  if (step === null || work.hints >= mostHints) return showNext(state, work, ['Let us do this one together.']);
  const next: Work = { ...work, hints: work.hints + 1 };
  return { state: asking(state, next), turn: compose('follow-up', [hintFor(step, next.hints)], askNext(next)) };
}

/** Why the last step is allowed; before any step, why the one that is asked for is. */
export function why(state: LessonState, work: Work): Reply {
  const { steps, answer } = work.solution;
  const isOpen = dueStep(work) !== null && state.phase.kind === 'asking';
  const last = steps[work.at - 1] ?? steps[0];
  const rules = isOpen && last !== undefined ? [last.rule] : steps.map(({ rule }) => rule);
  const reasons = explained(rules);
  const isCompared = answer.kind === 'true' || answer.kind === 'false';
  const none =
    answer.remark ??
    (isCompared ? 'Both sides were worked out, and then compared.' : 'It follows at once from what you gave me.');
  return {
    state,
    turn: compose('follow-up', reasons.length > 0 ? reasons : [none], isOpen ? askNext(work) : doneInvitation),
  };
}

/** The last step once more, in smaller pieces; after the end the whole way. */
export function again(state: LessonState, work: Work): Reply {
  const last = work.solution.steps[work.at - 1];
  if (state.phase.kind !== 'asking') return wholeWay(state, work);
  if (last === undefined) return repeatQuestion(state, work);
  const from = toFormula(last.before).spoken;
  const to = toFormula(last.after).spoken;
  const pieces: Piece[] = [
    { say: from.length <= longestReadOut ? `Slowly: first we had ${from}.` : 'Slowly, then.' },
    { say: operationOf(last) },
    { ...stepPiece(last, work.at), say: to.length <= longestReadOut ? `That leaves ${to}.` : 'That leaves this line.' },
  ];
  return { state, turn: compose('follow-up', pieces, askNext(work)) };
}

/** The problem, the line that stands there, and the question that is open. */
export function repeatQuestion(state: LessonState, work: Work): Reply {
  const { problem, solution } = work;
  const line = currentLine(work);
  const here = line === null || work.at === 0 ? null : toFormula(line);
  const reached: readonly Piece[] =
    here === null
      ? []
      : [{ say: here.spoken.length <= longestReadOut ? `We have come to ${here.spoken}.` : 'We have come to this line.', equation: { ...here, role: 'step', caption: 'We are here' } }]; // prettier-ignore
  const restated = problemPiece(solution, problem, 'The problem was:');
  return {
    state,
    turn: compose('follow-up', [restated, ...reached], state.phase.kind === 'asking' ? askNext(work) : doneInvitation),
  };
}

/** The open question. */
export function askNext(work: Work): string {
  const step = dueStep(work);
  if (step === null) return doneInvitation;
  if (work.practice && work.at === 0) return 'What is your first line, or your answer?';
  return questionFor(step, work.solution.steps.length - work.at);
}

/** The state with an open question. */
export function asking(state: LessonState, work: Work): LessonState {
  return { ...state, phase: { kind: 'asking', work } };
}

function done(state: LessonState, work: Work, turn: TutorTurn): Reply {
  return { state: { ...state, phase: { kind: 'done', work: { ...work, at: work.solution.steps.length } } }, turn };
}

function checkPieces({ solution, problem }: Work): readonly string[] {
  const words = checkWords(solution, problem);
  return words === null ? [] : [words];
}
