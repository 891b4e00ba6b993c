/** What a solved problem is made of. Types and the outcome builder's parts only; the operations fill them in. */
import type { Equation, Expression, Line } from './expression.js';

/** What is asked. */
export type Problem =
  | { readonly task: 'compute'; readonly expression: Expression }
  | { readonly task: 'solve'; readonly equation: Equation; readonly unknown: string | null }
  | { readonly task: 'simplify' | 'expand' | 'factor' | 'differentiate'; readonly expression: Expression }
  | { readonly task: 'gcd' | 'lcm'; readonly numbers: readonly bigint[] };

/** A formula in both of its forms. */
export interface Formula {
  /** LaTeX without delimiters, at most 500 characters. */
  readonly latex: string;
  /** The same in words. */
  readonly spoken: string;
}

/** The rules that are taught; a "why" is answered by rule. */
export type Rule =
  | 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'negative-power' | 'root' | 'sign' | 'percent' | 'of' | 'mixed-number'
  | 'common-denominator' | 'reciprocal' | 'reduce' | 'decimal-to-fraction' | 'work-out'
  | 'brackets' | 'like-terms' | 'clear-fractions' | 'swap-sides' | 'both-sides-unknown' | 'both-sides-number' | 'divide-both-sides'
  | 'standard-form' | 'square-root' | 'factor' | 'zero-product' | 'common-factor' | 'derivative' | 'remainders' | 'multiples'; // prettier-ignore

/** One checked step from a line to the next. */
export interface Step extends Formula {
  readonly before: Line;
  readonly after: Line;
  readonly rule: Rule;
  /** A few words for the screen: "Subtract 3 from both sides". */
  readonly caption: string;
  /** The sentence the tutor says with it; words only. */
  readonly say: string;
}

/** What kind of answer it is. */
export type AnswerKind =
  'value' | 'expression' | 'solutions' | 'every-number' | 'no-solution' | 'undefined' | 'not-real' | 'true' | 'false';

/** The final answer. */
export interface Answer extends Formula {
  readonly kind: AnswerKind;
  /** The answer as plain text: `5/6`, `x = 4`, `x = 2 or x = 3`; empty when there is none. */
  readonly exact: string;
  /** A decimal form, exact or rounded to four places, where the exact answer is a fraction. */
  readonly approx?: { readonly text: string; readonly rounded: boolean };
  /** One more sentence about the answer: the check by substitution, or why there is none. */
  readonly remark?: string;
}

/** A solved problem; every step of it has been checked. */
export interface Solution {
  readonly problem: Formula;
  readonly steps: readonly Step[];
  readonly answer: Answer;
}

/** Why a problem that was understood is not answered. */
export type Refusal = {
  readonly reason:
    | 'too-big'
    | 'several-unknowns'
    | 'unknown-missing'
    | 'not-yet'
    | 'irrational'
    | 'nothing-to-do'
    | 'undefined'
    | 'unsure';
};
