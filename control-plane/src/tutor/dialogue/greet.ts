/** The tutor's first words, by what the page is about. */
import { topicNames } from '../practice/topics.js';
import type { LessonState } from './lesson-state.js';
import { compose, type TutorTurn } from './turn.js';

/** What the tutor says first in a lesson. */
export function greet({ exercises, drill }: LessonState, topic?: string): TutorTurn {
  const subject = topic === undefined || !/^[\p{L}\p{N} ,'-]{1,60}$/u.test(topic) ? [] : [`Today is about ${topic}.`];
  const page =
    exercises.length === 0
      ? []
      : ['I can see the exercise on this page: say help me with this, and we will do it together.'];
  return compose(
    'follow-up',
    ['Hello, I am your math tutor.', ...subject, ...page],
    `Type or say a problem, or ask me for practice with ${topicNames[drill.topic]}.`,
  );
}
