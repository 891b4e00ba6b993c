/** Answers an attempt: praise and on, or what went wrong; the second miss shows the step. */
import { toFormula, isShowable } from '../algebra/steps.js';
import type { Step } from '../algebra/solution.js';
import type { Attempt } from './attempt.js';
import { pick } from './chance.js';
import { hintFor } from './hints.js';
import { judge } from './judge.js';
import { dueStep, type LessonState, type Work } from './lesson-state.js';
import { findMistake, someMissing, type Mistake } from './mistakes.js';
import { asking, askNext, goOn, showNext, type Reply } from './teach.js';
import { compose, type Piece } from './turn.js';
import type { Verdict } from './verdict.js';
import { aheadPraise, notQuite, partPraise, praise, stepPiece } from './words.js';

/** Said before a step that was missed twice. */
const togetherNow = 'That is not it yet, so let us do this one together.';
/** Wrong attempts at one question before its step is shown. */
const mostMisses = 2;

/** Judges an attempt and answers it. */
export function correct(state: LessonState, work: Work, attempt: Attempt): Reply {
  const verdict = judge(work, attempt);
  switch (verdict.kind) {
    case 'right':
      return isRight(state, work, attempt, verdict);
    case 'same':
      return stay(state, work, 'That is true, but it is the line that we have already.');
    case 'detour':
      return stay(state, work, 'That is true, and you can go on from there.');
    case 'unreduced':
      return stay(state, work, 'The value is right, but the fraction can still be reduced.');
    case 'some-missing':
      return miss(state, work, someMissing);
    case 'wrong':
      return miss(state, work, findMistake(attempt, inOrder(work)));
  }
}

/** The learner named the step instead of doing it. */
export function namedStep(state: LessonState): Reply {
  return { state, turn: compose('follow-up', ['Yes, that is the step to take.'], 'Which line does it give you?') };
}

function isRight(
  state: LessonState,
  work: Work,
  { line }: Attempt,
  { at, own, part }: Extract<Verdict, { kind: 'right' }>,
): Reply {
  if (own !== null && line !== null) {
    const drawn = pick(praise, state.seed);
    const formula = toFormula(line);
    const lead: Piece = isShowable(formula)
      ? { say: drawn.chosen, equation: { ...formula, role: 'step', caption: 'Your line' } }
      : { say: drawn.chosen };
    return goOn({ ...state, seed: drawn.seed }, { ...work, solution: own, at: 0, practice: false }, [lead]);
  }
  const isEnd = at >= work.solution.steps.length;
  const drawn = pick(part ? partPraise : at > work.at + 1 && !work.practice ? aheadPraise : praise, state.seed);
  const step = work.solution.steps[at - 1];
  const lead: Piece =
    isEnd || step === undefined ? { say: drawn.chosen } : { ...stepPiece(step, at), say: drawn.chosen };
  return goOn({ ...state, seed: drawn.seed }, { ...work, at }, [lead]);
}

function miss(state: LessonState, work: Work, mistake: Mistake | null): Reply {
  const step = dueStep(work);
  const drawn = pick(notQuite, state.seed);
  const next = { ...state, seed: drawn.seed };
  // Without a mistake to name, the first hint is given away.
  const missed: Work = {
    ...work,
    misses: work.misses + 1,
    hints: mistake === null ? Math.max(1, work.hints) : work.hints,
  };
  if (step === null || missed.misses >= mostMisses)
    return showNext(next, missed, [
      mistake?.name === someMissing.name ? 'That is one of them, but not all.' : togetherNow,
    ]);
  const about = mistake?.say ?? hintFor(step, missed.hints);
  return {
    state: asking(next, missed),
    turn: compose('follow-up', [drawn.chosen, about], 'Try once more, or say hint.'),
  };
}

function stay(state: LessonState, work: Work, remark: string): Reply {
  return { state: asking(state, work), turn: compose('follow-up', [remark], askNext(work)) };
}

/** The steps to come first, then those before: an early mistake may show late. */
function inOrder({ solution: { steps }, at }: Work): readonly Step[] {
  return [...steps.slice(at), ...steps.slice(0, at)];
}
