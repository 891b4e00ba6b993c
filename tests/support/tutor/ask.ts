/** One question through the whole engine, as a test sees it. */
import { solve } from '../../../control-plane/src/tutor/algebra/solve.js';
import type { Solution } from '../../../control-plane/src/tutor/algebra/solution.js';
import { understand } from '../../../control-plane/src/tutor/understand/understand.js';

/** The solution, or why there is none. */
export function ask(question: string): Solution | string {
  const meaning = understand(question);
  if (meaning.kind !== 'problem') return meaning.kind;
  const solved = solve(meaning.problem);
  return solved.ok ? solved.value : solved.error.reason;
}
