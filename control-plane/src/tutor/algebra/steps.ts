/** Builds steps and collects them while they check. Knows no rule itself. */
import { err, ok, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { isSameLine } from './check.js';
import { equation, isExpression, type Expression, type Line } from './expression.js';
import { toLatex } from './latex.js';
import type { Answer, AnswerKind, Formula, Refusal, Rule, Solution, Step } from './solution.js';

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
 *
 * @param factor what both sides of an equation were multiplied by, where that holds an unknown
 */
export function createStep(before: Line, after: Line, words: StepWords, factor?: Expression): Step | null {
  return isSameLine(before, after, factor) ? createCheckedStep(before, after, words) : null;
}

/** A step whose check was another one than `isSameLine`: a system at its solution, a slope, a percent change. */
export function createCheckedStep(before: Line, after: Line, words: StepWords): Step | null {
  const formula = toFormula(isExpression(before) && isExpression(after) ? equation(before, after) : after);
  return isShowable(formula) ? { before, after, ...words, ...formula } : null;
}

/** Steps as they are collected: lines that look the same are left out, and one that does not check spoils the whole. */
export interface Walk {
  /** Goes on to the next line. */
  readonly go: (next: Line, words: StepWords, factor?: Expression) => void;
  /** Adds a step that was made elsewhere. */
  readonly take: (step: Step | null) => void;
  readonly current: () => Line;
  /** All steps, or null when one of them did not check. */
  readonly steps: () => readonly Step[] | null;
}

/** Starts a walk at a line. */
export function createWalk(start: Line): Walk {
  let current = start;
  let failed = false;
  const steps: Step[] = [];
  const take = (step: Step | null): void => {
    if (step === null) failed = true;
    else {
      steps.push(step);
      current = step.after;
    }
  };
  return {
    take,
    go(next, words, factor) {
      if (toLatex(next) !== toLatex(current)) take(createStep(current, next, words, factor));
    },
    current: () => current,
    steps: () => (failed ? null : steps),
  };
}

/** The solution of a walk that ends in an answer; `unsure` when a step did not check. */
export function finishWalk(problem: Formula, walk: Walk, answer: Answer): Result<Solution, Refusal> {
  const steps = walk.steps();
  return steps === null ? err({ reason: 'unsure' }) : ok({ problem, steps, answer });
}

/** An answer that is a sentence. */
export function inWords(kind: AnswerKind, words: string, remark?: string): Answer {
  return { kind, latex: `\\text{${words}}`, spoken: words, exact: words, ...(remark === undefined ? {} : { remark }) };
}
