/** Builds steps and collects them while they check. Knows no rule itself. */
import { toSpoken } from '../speech/spoken.js';
import { isSameLine } from './check.js';
import { equation, type Line } from './expression.js';
import { toLatex } from './latex.js';
import type { Formula, Rule, Step } from './solution.js';

/** Longest LaTeX that a page is asked to typeset. */
const longestLatex = 500;
/** Longest spoken form of one formula; more than a minute of speech helps nobody. */
const longestSpoken = 1000;

/** A line in both of its forms. */
export function toFormula(line: Line): Formula {
  return { latex: toLatex(line), spoken: toSpoken(line) };
}

/** Is the formula short enough for a page to typeset and for a person to hear? */
export function isShowable(formula: Formula): boolean {
  return formula.latex.length <= longestLatex && formula.spoken.length <= longestSpoken;
}

/** What a step says beside its lines. */
export interface StepWords {
  readonly rule: Rule;
  readonly caption: string;
  readonly say: string;
}

/**
 * Makes one step, or null when it would not check or is too long to show.
 *
 * A step between expressions shows `before = after`; one between equations shows the new equation.
 */
export function createStep(before: Line, after: Line, words: StepWords): Step | null {
  if (!isSameLine(before, after)) return null;
  const isCalculation =
    before.kind !== 'equation' && before.kind !== 'either' && after.kind !== 'equation' && after.kind !== 'either';
  const formula = toFormula(isCalculation ? equation(before, after) : after);
  return isShowable(formula) ? { before, after, ...words, ...formula } : null;
}
