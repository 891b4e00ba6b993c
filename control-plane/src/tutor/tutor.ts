/** The default tutor's front door: no key, no network, exact, the same answer to the same question. Sound and sockets are others' work. */
import { freshLesson, greet, reply, type LessonState } from './dialogue/dialogue.js';
import type { TutorTurn } from './dialogue/turn.js';

/** What a lesson is about. */
export interface TutorOptions {
  /** BCP 47 tag of the page; the tutor answers in English whatever it is. */
  readonly lang: string;
  /** Topic as the page names it; mentioned in the greeting when it is plain words. */
  readonly topic?: string;
  /** Grade as the page names it; not used yet. */
  readonly grade?: string;
}

/** One learner's lesson; keeps the last solution for "why" and "again". */
export interface TutorLesson {
  /** What the tutor says first. */
  readonly greeting: () => TutorTurn;
  /**
   * Answers one sentence, at once.
   *
   * @param text what was typed or heard, at most 300 characters are read
   * @param alternatives other hearings, best first; the first that is a whole problem or follow-up wins
   */
  readonly reply: (text: string, alternatives?: readonly string[]) => TutorTurn;
}

/** The default tutor. */
export interface Tutor {
  readonly open: (options: TutorOptions) => TutorLesson;
}

/**
 * Creates the default tutor.
 *
 * @example
 * const lesson = createTutor().open({ lang: 'en' });
 * lesson.reply('2x + 3 = 11').pieces; // problem, steps, answer
 */
export function createTutor(): Tutor {
  return {
    open({ topic }) {
      let state: LessonState = freshLesson;
      return {
        greeting: () => greet(topic),
        reply(text, alternatives = []) {
          const next = reply(state, { text, alternatives });
          state = next.state;
          return next.turn;
        },
      };
    },
  };
}
