/** Steps that keep the solutions and not the form: they are checked by putting numbers in, the solutions among them. */
import { holdsNear, isTrueTogether } from './check.js';
import type { Line } from './expression.js';
import { asRational, nearly, type Radical } from './radical.js';
import type { Step } from './solution.js';
import { createCheckedStep, type StepWords } from './steps.js';

/** A step from one line to another that is true for the same numbers; null when it is not. */
export function createSolutionStep(
  before: Line,
  after: Line,
  [name, places]: readonly [string, readonly Radical[]],
  words: StepWords,
): Step | null {
  return haveSameSolutions(before, after, name, places) ? createCheckedStep(before, after, words) : null;
}

/** Are both lines true for the same numbers, wherever they are looked at and at the given places? */
export function haveSameSolutions(before: Line, after: Line, name: string, places: readonly Radical[]): boolean {
  const exact = places.map(asRational);
  const near = places.filter((_, index) => exact[index] === null).map(nearly);
  return (
    isTrueTogether(
      before,
      after,
      name,
      exact.filter((each) => each !== null),
    ) && near.every((place) => isTrueNear(before, name, place) === isTrueNear(after, name, place))
  );
}

function isTrueNear(line: Line, name: string, value: number): boolean {
  if (line.kind === 'either') return line.equations.some((each) => isTrueNear(each, name, value));
  return line.kind === 'equation' && holdsNear(line.left, line.right, name, value);
}
