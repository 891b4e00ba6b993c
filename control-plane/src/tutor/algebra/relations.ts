/** What inequalities share: the turned sign, and the answer that is one. */
import type { Chain, Either, Relation } from './expression.js';
import { toPlainText } from './plain-text.js';
import type { Answer } from './solution.js';
import { toFormula } from './steps.js';

/** The relation read from the other side. */
export const turned: Readonly<Record<Relation, Relation>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** The answer that is an inequality or several. */
export function toInequalityAnswer(line: Chain | Either): Answer {
  return { kind: 'inequality', ...toFormula(line), exact: toPlainText(line) };
}
