/** What a solved problem is made of. Types and the outcome builder's parts only; the operations fill them in. */
import type { Chain, Equation, Expression, Line } from './expression.js';

/** What an answer is to be written as. */
export type NumberForm = 'fraction' | 'decimal' | 'percent' | 'mixed';
/** A measure of a list of numbers. */
export type Statistic = 'mean' | 'median' | 'mode' | 'range' | 'sum';

/** An amount of a unit. */
export interface Measured {
  readonly amount: Expression;
  readonly from: string;
}

/** What is asked. */
export type Problem =
  | { readonly task: 'compute'; readonly expression: Expression }
  | { readonly task: 'solve'; readonly equation: Equation; readonly unknown: string | null }
  | { readonly task: 'solve-inequality'; readonly inequality: Chain }
  | { readonly task: 'solve-system'; readonly equations: readonly Equation[] }
  | { readonly task: 'simplify' | 'expand' | 'factor'; readonly expression: Expression }
  | { readonly task: 'differentiate' | 'integrate'; readonly expression: Expression; readonly unknown: string | null }
  | { readonly task: 'differentiate-at'; readonly expression: Expression; readonly unknown: string; readonly at: Expression }
  | { readonly task: 'integrate-between'; readonly expression: Expression; readonly unknown: string | null; readonly from: Expression; readonly to: Expression }
  | { readonly task: 'evaluate-at'; readonly expression: Expression; readonly values: readonly (readonly [string, Expression])[] }
  | { readonly task: 'gcd' | 'lcm'; readonly numbers: readonly bigint[] }
  | { readonly task: 'prime-factors' | 'is-prime' | 'factors-of'; readonly number: bigint }
  | { readonly task: 'is-divisible'; readonly number: bigint; readonly by: bigint }
  | { readonly task: 'remainder'; readonly number: bigint; readonly by: bigint }
  | { readonly task: 'what-percent'; readonly part: Expression; readonly whole: Expression }
  | { readonly task: 'percent-of-what'; readonly part: Expression; readonly percent: Expression }
  | { readonly task: 'percent-change'; readonly from: Expression; readonly to: Expression }
  | { readonly task: 'change-by-percent'; readonly amount: Expression; readonly percent: Expression; readonly direction: 'up' | 'down' }
  | { readonly task: 'write-as'; readonly expression: Expression; readonly form: NumberForm }
  | { readonly task: 'round'; readonly expression: Expression; readonly places: number; readonly unit: string }
  /** `and` is the smaller part of a quantity in two units: five feet and six inches. */
  | { readonly task: 'convert'; readonly amount: Expression; readonly from: string; readonly to: string; readonly and?: Measured }
  | { readonly task: 'statistic'; readonly statistic: Statistic; readonly numbers: readonly Expression[] }
  | { readonly task: 'compare'; readonly numbers: readonly Expression[]; readonly pick: 'largest' | 'smallest' }; // prettier-ignore

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
  | 'standard-form' | 'square-root' | 'factor' | 'zero-product' | 'common-factor' | 'derivative' | 'remainders' | 'multiples'
  | 'simplify-root' | 'fractional-power' | 'known-value' | 'factorial' | 'absolute-value' | 'cancel' | 'grouping' | 'quadratic-formula' | 'root-both-sides'
  | 'clear-denominator' | 'exclude' | 'flip' | 'sign-chart' | 'substitute' | 'eliminate' | 'sum-rule' | 'constant-rule' | 'power-rule' | 'product-rule'
  | 'quotient-rule' | 'chain-rule' | 'function-rule' | 'integral' | 'primes' | 'percent-change' | 'round' | 'convert' | 'average' | 'order' | 'compare'; // prettier-ignore

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
  | 'value' | 'quantity' | 'expression' | 'solutions' | 'assignment' | 'inequality' | 'factorization' | 'list' | 'statement'
  | 'every-number' | 'no-solution' | 'undefined' | 'not-real' | 'true' | 'false'; // prettier-ignore

/** The final answer. */
export interface Answer extends Formula {
  readonly kind: AnswerKind;
  /** The answer as plain text: `5/6`, `x = 4`, `x = 2 or x = 3`, `5*sqrt(2)`, `x > 2`; the words where it is a sentence. */
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
