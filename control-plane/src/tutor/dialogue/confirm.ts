/** Words that can be read in two ways: the readings are shown, and the learner says which one is meant. */
import type { Reading } from '../understand/understand.js';
import type { LessonState } from './lesson-state.js';
import { onProblem, remark } from './remark.js';
import type { Reply } from './teach.js';
import { compose, type Piece } from './turn.js';

const first =
  /^(?:(?:yes|ok|okay|i mean|i meant|the|that|please)[ ,]*)*(?:yes|yeah|yep|right|correct|first|1st|1|one|former)(?: (?:one|reading|please))?$/;
const second =
  /^(?:(?:i mean|i meant|the|that|please)[ ,]*)*(?:second|2nd|2|two|other|latter|last)(?: (?:one|reading|please))?$/;
const neither = /^(?:no|nope|neither|none|no thanks|neither one|none of them)$/;

/** A reading longer than this in words is shown, not read out. */
const longestReadOut = 200;

/** Shows the readings and asks; without any, asks for brackets. */
export function askWhich(state: LessonState, readings: readonly Reading[]): Reply {
  const shown = readings.slice(0, 2);
  if (shown.length === 0)
    return remark(
      state,
      'ambiguous',
      ['I can read that in two ways.'],
      'Could you put brackets around what belongs together?',
    );
  const pieces = shown.map(({ latex, spoken }, index): Piece => {
    const caption = shown.length === 1 ? 'Is it this?' : index === 0 ? 'First reading' : 'Second reading';
    const words = index === 0 ? `I can read that as ${spoken}.` : `Or it could be ${spoken}.`;
    return { say: spoken.length <= longestReadOut ? words : '', equation: { latex, spoken, role: 'example', caption } };
  });
  const turn = compose(
    'ambiguous',
    pieces,
    shown.length === 1 ? 'Did you mean this?' : 'Do you mean the first or the second?',
  );
  return { state: { ...state, phase: { kind: 'confirming', readings: shown.map(({ problem }) => problem) } }, turn };
}

/** Takes the learner's choice; null when the words are about something else. */
export function chosen(state: LessonState, text: string): Reply | null {
  if (state.phase.kind !== 'confirming') return null;
  const words = text.slice(0, 60).toLowerCase().replace(/[.!?]/g, '').trim();
  const [one, two] = state.phase.readings;
  const fresh: LessonState = { ...state, phase: { kind: 'fresh' } };
  if (neither.test(words)) return remark(fresh, 'follow-up', ['All right.'], 'Could you put it another way?');
  const problem = second.test(words) ? two : first.test(words) ? one : undefined;
  return problem === undefined ? null : onProblem(fresh, problem, 'teach');
}
