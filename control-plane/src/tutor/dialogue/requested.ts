/** What is done at a learner's request: hint, next, show me, another one, the exercise on the page. */
import { setPractice } from '../practice/practice.js';
import { shifted, type Drill } from '../practice/topics.js';
import { pickExercise } from './exercises.js';
import { greet } from './greet.js';
import { workOf, type LessonState } from './lesson-state.js';
import { bringOne, onProblem, remark } from './remark.js';
import type { Request } from './requests.js';
import { again, answerOnly, askNext, asking, hint, repeatQuestion, showNext, wholeWay, why, type Manner, type Reply } from './teach.js'; // prettier-ignore
import { compose } from './turn.js';
import { problemPiece } from './words.js';

/** Does what was asked for. */
export function onRequest(state: LessonState, request: Request): Reply {
  const { phase } = state;
  const work = workOf(phase);
  const isOpen = phase.kind === 'asking';
  switch (request.ask) {
    case 'greeting':
      return work === null ? { state, turn: greet(state) } : remark(state, 'follow-up', ['Hello again.']);
    case 'thanks':
      return remark(state, 'follow-up', ['You are welcome.']);
    case 'help':
      return remark(state, 'follow-up', [
        'I teach school mathematics, one line at a time: fractions, percentages, units, equations with one or two unknowns, inequalities, factoring, derivatives and more.',
        'Ask for a hint, ask why, or say show me.',
      ]);
    case 'bye':
      return { state, turn: compose('follow-up', ['Goodbye, and well done today.'], 'Come back whenever you like.') };
    case 'no':
      return remark(state, 'follow-up', ['All right.']);
    case 'yes':
      return isOpen ? remark(state, 'follow-up', ['Good.']) : practice(state, state.drill);
    case 'another':
      return practice(state, request.topic === null ? state.drill : { topic: request.topic, level: state.drill.level });
    case 'harder':
      return practice(state, shifted(state.drill, 1));
    case 'easier':
      return practice(state, shifted(state.drill, -1));
    case 'exercise':
      return onExercise(state, request.label, 'teach');
    case 'skip':
      return {
        state: { ...state, phase: { kind: 'fresh' } },
        turn: compose('follow-up', ['All right, we leave that one.'], bringOne),
      };
    case 'hint':
    case 'unknown':
      if (phase.kind === 'asking') return hint(state, phase.work);
      return state.exercises.length > 0 && work === null ? onExercise(state, null, 'teach') : nothingOpen(state);
    case 'next':
      if (phase.kind === 'asking') return showNext(state, phase.work);
      return work === null ? nothingOpen(state) : practice(state, state.drill);
    case 'all-steps':
      if (work === null && state.exercises.length > 0) return onExercise(state, null, 'all');
      return work === null ? nothingOpen(state) : wholeWay(state, work);
    case 'answer-only':
      return work === null ? nothingOpen(state) : answerOnly(state, work);
    case 'why':
      return work === null ? nothingOpen(state) : why(state, work);
    case 'again':
      return work === null ? nothingOpen(state) : again(state, work);
    case 'question':
      return work === null ? nothingOpen(state) : repeatQuestion(state, work);
  }
}

function onExercise(state: LessonState, label: string | null, manner: Manner): Reply {
  const found = pickExercise(state.exercises, label);
  if (found !== null) return onProblem(state, found.problem, manner);
  const seen =
    state.exercises.length === 0
      ? 'I cannot see an exercise on this page that I can work with.'
      : 'I do not find that one on this page.';
  return remark(state, 'follow-up', [seen], 'Could you type it or say it to me?');
}

function practice(state: LessonState, drill: Drill): Reply {
  const set = setPractice(drill, state.seed);
  if (set === null) return remark({ ...state, drill }, 'refused', ['I cannot think of a good one right now.']);
  const { problem, solution, seed } = set;
  const work = { problem, solution, at: 0, misses: 0, hints: 0, practice: true };
  const piece = problemPiece(solution, problem, practiceVerbs[problem.task] ?? 'Here is one for you: find');
  return { state: asking({ ...state, drill, seed }, work), turn: compose('follow-up', [piece], askNext(work)) };
}

const practiceVerbs: Readonly<Record<string, string>> = {
  solve: 'Here is one for you: solve', 'solve-system': 'Here is one for you: solve', 'solve-inequality': 'Here is one for you: solve', compute: 'Here is one for you: work out', simplify: 'Here is one for you: simplify', expand: 'Here is one for you: multiply out', factor: 'Here is one for you: factor',
}; // prettier-ignore

function nothingOpen(state: LessonState): Reply {
  return remark(state, 'follow-up', ['We have not worked anything out yet.']);
}
