/** The tutor's side of a lesson as a pure state machine: a state and a sentence in, a state and a turn out. */
import { drillFor } from '../practice/topics.js';
import type { Understanding } from '../understand/understand.js';
import { askWhich, chosen } from './confirm.js';
import { correct, namedStep } from './correct.js';
import { readExercises } from './exercises.js';
import { hear } from './hearing.js';
import { freshLesson, type LessonState } from './lesson-state.js';
import { onProblem, remark } from './remark.js';
import { onRequest } from './requested.js';
import { policyFor } from './policy.js';
import type { Manner, Reply } from './teach.js';
import { compose } from './turn.js';

export { greet } from './greet.js';
export type { LessonState } from './lesson-state.js';
export type { Reply } from './teach.js';

/** What the learner said: the text, and other hearings of it, best first. */
export interface LearnerInput {
  readonly text: string;
  /** At most five are looked at. */
  readonly alternatives?: readonly string[];
}

/** What a lesson is opened with. */
export interface LessonFrame {
  /** Topic as the page names it; mentioned when it is plain words. */
  readonly topic?: string | undefined;
  /** Grade as the page names it. */
  readonly grade?: string | undefined;
  /** Where the lesson's chance starts; the same seed, the same lesson. */
  readonly seed?: number | undefined;
}

/** A lesson before anything was said. */
export function openLesson({ topic, grade, seed = freshLesson.seed }: LessonFrame): LessonState {
  return { ...freshLesson, seed, drill: drillFor(topic, grade) };
}

/** The lesson with what the page shows; the text is read for problems, never obeyed, and not kept. */
export function withExercise(state: LessonState, text: string): LessonState {
  return { ...state, exercises: readExercises(text) };
}

/** Answers one sentence. Pure and bounded; the same state and input always give the same turn. */
export function reply(state: LessonState, { text, alternatives = [] }: LearnerInput): Reply {
  const rule = policyFor([text, ...alternatives]);
  if (rule !== null) return { state, turn: compose('off-topic', [rule.say], rule.wayOn) };
  const choice = chosen(state, text);
  if (choice !== null) return choice;
  const heard = hear(state.phase, text, alternatives);
  const { phase } = state;
  switch (heard.kind) {
    case 'request':
      return onRequest(state, heard.request);
    case 'attempt':
      return phase.kind === 'asking' ? correct(state, phase.work, heard.attempt) : remark(state, 'off-topic', []);
    case 'step-named':
      return phase.kind === 'asking' ? namedStep(state) : remark(state, 'off-topic', []);
    case 'known-answer':
      return remark(state, 'follow-up', ['Yes, that is the answer.']);
    case 'meaning':
      return onMeaning(state, heard.meaning, heard.manner);
  }
}

function onMeaning(state: LessonState, meaning: Understanding, manner: Manner): Reply {
  switch (meaning.kind) {
    case 'problem':
      return onProblem(state, meaning.problem, manner);
    case 'follow-up':
    case 'off-topic':
      return remark(state, 'off-topic', [
        'That is outside what I can help with, but I would love to do some mathematics with you.',
      ]);
    case 'ambiguous':
      return askWhich(state, meaning.readings);
    case 'too-long':
      return remark(
        state,
        'too-long',
        ['That is a long one.'],
        'Please give me one problem at a time, in a line or two.',
      );
    case 'not-understood':
      return remark(
        state,
        'not-understood',
        [notUnderstood(meaning.understood, meaning.leftover)],
        'Could you put it as an equation or a calculation?',
      );
  }
}

/** Only words are repeated: symbols belong in formulas. */
function notUnderstood(understood: string, leftover: string): string {
  if (/^[a-z' ]{2,60}$/.test(leftover)) return `I am not sure what to do with “${leftover}”.`;
  return understood === ''
    ? 'I could not read that as mathematics.'
    : 'I understood the beginning, but not the whole of it.';
}
