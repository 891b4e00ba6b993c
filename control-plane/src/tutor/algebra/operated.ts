/** What single operations share: the shape of a done one, and the look at their numbers. */
import { nameFraction } from '../speech/number-names.js';
import { toSpoken } from '../speech/spoken.js';
import { evaluate } from './evaluate.js';
import { asIntegerFraction, divide, fromRational, integer, negate, type Expression } from './expression.js';
import { absolute, isInteger, type Rational } from './rational.js';
import type { Rule } from './solution.js';

/** An operation done: what stands there now, and how it is told. */
export interface Operated {
  readonly result: Expression;
  readonly rule: Rule;
  readonly caption: string;
  /** A sentence of its own where "caption: this is that" would not read well. */
  readonly say?: string;
}

/** The value of a calculation, with the rule that gave it. */
export function calculated(expression: Expression, rule: Rule, caption: string): Operated | null {
  const value = evaluate(expression);
  return value.ok ? { result: fromRational(value.value, 'decimal'), rule, caption } : null;
}

/** `numerator/denominator` as written, not yet in lowest terms, with the sign in front. */
export function overOne(numerator: bigint, denominator: bigint): Expression {
  const fraction = divide(integer(absolute(numerator)), integer(absolute(denominator)));
  return numerator < 0n !== denominator < 0n && numerator !== 0n ? negate(fraction) : fraction;
}

/** When one number is a decimal and the other a fraction, the decimal becomes a fraction first. */
export function withoutMixedForms(expression: Expression, left: Expression, right: Expression): Operated | null {
  const needed = (isDecimal(left) && isFraction(right)) || (isFraction(left) && isDecimal(right));
  if (!needed || !('left' in expression)) return null;
  const convert = (each: Expression): Expression => {
    const value = isDecimal(each) ? valueOf(each) : null;
    return value === null ? each : fromRational(value);
  };
  const decimal = isDecimal(left) ? left : right;
  return {
    result: { ...expression, left: convert(left), right: convert(right) },
    rule: 'decimal-to-fraction',
    caption: 'Write the decimal as a fraction',
    say: `As a fraction, ${toSpoken(decimal)} is ${spokenFraction(convert(decimal))}.`,
  };
}

function spokenFraction(expression: Expression): string {
  const fraction = asIntegerFraction(expression);
  return fraction === null ? toSpoken(expression) : nameFraction(fraction.numerator, fraction.denominator);
}

function unsigned(expression: Expression): Expression {
  return expression.kind === 'negate' ? unsigned(expression.value) : expression;
}

/** Is it a decimal that is no whole number? */
export function isDecimal(expression: Expression): boolean {
  const inner = unsigned(expression);
  return inner.kind === 'number' && inner.decimal !== null && !isInteger(inner.value);
}

function isFraction(expression: Expression): boolean {
  return asIntegerFraction(unsigned(expression)) !== null;
}

/** The value of a whole number or a fraction; null for a decimal. */
export function asFraction(expression: Expression): Rational | null {
  return isDecimal(expression) ? null : valueOf(expression);
}

/** The value, or null where it has none. */
export function valueOf(expression: Expression): Rational | null {
  const value = evaluate(expression);
  return value.ok ? value.value : null;
}
