/** The default tutor's front door: no key, no network, exact, the same answer to the same question. Sound and sockets are others' work. */
import type { Random } from '../platform/clock.js';
import { greet, openLesson, reply, withExercise } from './dialogue/dialogue.js';
import type { TutorTurn } from './dialogue/turn.js';

/** What a lesson is about. */
export interface TutorOptions {
  /** BCP 47 tag of the page; the tutor answers in English whatever it is. */
  readonly lang: string;
  /** Topic as the page names it; steers practice, and is mentioned in the greeting when it is plain words. */
  readonly topic?: string;
  /** Grade as the page names it ("9", "Year 9"); steers practice where the topic does not. */
  readonly grade?: string;
}

/** What the tutor needs of outside. */
export interface TutorDeps {
  /** Varies praise and practice from lesson to lesson; without it every lesson is the same. */
  readonly random?: Random;
}

/** One learner's lesson. It keeps the problem under way and the problems on the page, never what was said. */
export interface TutorLesson {
  /** What the tutor says first. */
  readonly greeting: () => TutorTurn;
  /**
   * Answers one sentence, at once.
   *
   * @param text what was typed or heard, at most 300 characters are read
   * @param alternatives other hearings, best first; the first that is complete in itself wins
   */
  readonly reply: (text: string, alternatives?: readonly string[]) => TutorTurn;
  /** Tells what exercise the page shows, at most 4,000 characters; untrusted, read for problems only. */
  readonly setExercise: (text: string) => void;
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
 * lesson.reply('2x + 3 = 11').pieces; // the problem, the first step, and a question
 */
export function createTutor({ random }: TutorDeps = {}): Tutor {
  return {
    open({ topic, grade }) {
      const seed = random === undefined ? undefined : Math.floor(random.next() * 2 ** 32);
      let state = openLesson({ topic, grade, seed });
      return {
        greeting: () => greet(state, topic),
        reply(text, alternatives = []) {
          const next = reply(state, { text, alternatives });
          state = next.state;
          return next.turn;
        },
        setExercise(text) {
          state = withExercise(state, text);
        },
      };
    },
  };
}
