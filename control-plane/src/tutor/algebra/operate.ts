/** One operation between finished numbers, as it is taught. Does not know where in the calculation it stands. */
import { nameFraction, nameInteger } from '../speech/number-names.js';
import { toSpoken } from '../speech/spoken.js';
import { evaluate } from './evaluate.js';
import {
  add, asIntegerFraction, divide, fromRational, integer, multiply, negate, power, root, subtract, type Expression,
} from './expression.js'; // prettier-ignore
import { toPlain } from './latex.js';
import {
  absolute,
  greatestCommonDivisor,
  isInteger,
  leastCommonMultiple,
  opposite,
  rational,
  type Rational,
} from './rational.js';
import type { Rule } from './solution.js';

/** An operation done: what stands there now, and how it is told. */
export interface Operated {
  readonly result: Expression;
  readonly rule: Rule;
  readonly caption: string;
  /** A sentence of its own where "caption: this is that" would not read well. */
  readonly say?: string;
}

/** Does the one operation of an expression whose parts are numbers; null when it has no exact result here. */
export function operate(expression: Expression): Operated | null {
  switch (expression.kind) {
    case 'number':
    case 'variable':
    case 'constant':
      return null;
    case 'call':
      return calledOn(expression);
    case 'mixed':
      return fromMixed(expression);
    case 'percent':
      return fromPercent(expression.value);
    case 'negate':
      return calculated(expression, 'sign', 'The opposite of a negative is positive');
    case 'root':
      return calculated(
        expression,
        'root',
        expression.degree < 4 ? `Take the ${expression.degree === 3 ? 'cube' : 'square'} root` : 'Take the root',
      );
    case 'power':
      return raise(expression.left, expression.right);
    case 'add':
    case 'subtract':
      return combineSum(expression);
    case 'multiply':
      return combineProduct(expression);
    case 'divide':
      return expression.form === 'fraction'
        ? reduce(expression.left, expression.right)
        : quotient(expression.left, expression.right);
  }
}

function calculated(expression: Expression, rule: Rule, caption: string): Operated | null {
  const value = evaluate(expression);
  return value.ok ? { result: fromRational(value.value, 'decimal'), rule, caption } : null;
}

function calledOn(expression: Extract<Expression, { kind: 'call' }>): Operated | null {
  switch (expression.name) {
    case 'abs':
      return calculated(expression, 'absolute-value', 'Take the distance from zero');
    case 'factorial':
      return calculated(expression, 'factorial', 'Multiply all the whole numbers up to it');
    case 'log':
    case 'ln':
      return calculated(expression, 'known-value', 'Ask which power gives the number');
    default:
      return calculated(expression, 'known-value', 'Use the known value');
  }
}

function fromMixed(mixed: Extract<Expression, { kind: 'mixed' }>): Operated {
  const { whole, numerator, denominator } = mixed;
  const result = divide(integer(whole * denominator + numerator), integer(denominator));
  return { result, rule: 'mixed-number', caption: 'Write the mixed number as one fraction' };
}

function fromPercent(value: Expression): Operated | null {
  const number = valueOf(value);
  const caption = 'Percent means out of one hundred';
  if (number === null) return null;
  if (isInteger(number) && number.numerator >= 0n)
    return { result: divide(value, integer(100n)), rule: 'percent', caption };
  return {
    result: fromRational(rational(number.numerator, number.denominator * 100n), 'decimal'),
    rule: 'percent',
    caption,
  };
}

function raise(left: Expression, right: Expression): Operated | null {
  const [base, exponent] = [valueOf(left), valueOf(right)];
  if (base === null || exponent === null) return null;
  if (!isInteger(exponent)) return fractionalPower(left, exponent);
  if (exponent.numerator < 0n) {
    const result = divide(integer(1n), power(left, fromRational(opposite(exponent))));
    return { result, rule: 'negative-power', caption: 'A negative power is one over the power' };
  }
  const expression = power(left, right);
  const value = evaluate(expression);
  if (!value.ok) return null;
  const style = isDecimal(left) ? 'decimal' : 'fraction';
  return { result: fromRational(value.value, style), rule: 'power', caption: 'Work out the power' };
}

/** `8^(2/3)` is the square of the cube root; shown as one root and one power. */
function fractionalPower(left: Expression, exponent: Rational): Operated | null {
  if (exponent.denominator > 12n) return null;
  const under = root(left, Number(exponent.denominator));
  const size = fromRational({ numerator: absolute(exponent.numerator), denominator: 1n });
  const whole = exponent.numerator === 1n || exponent.numerator === -1n ? under : power(under, size);
  const result = exponent.numerator < 0n ? divide(integer(1n), whole) : whole;
  const caption = 'The bottom of the exponent is a root';
  return { result, rule: 'fractional-power', caption };
}

function combineSum(expression: Extract<Expression, { kind: 'add' | 'subtract' }>): Operated | null {
  const { left, right } = expression;
  const [a, b] = [asFraction(left), asFraction(right)];
  const sameKind = withoutMixedForms(expression, left, right);
  if (sameKind !== null) return sameKind;
  if (a !== null && b !== null && (a.denominator > 1n || b.denominator > 1n)) {
    const below = leastCommonMultiple(a.denominator, b.denominator);
    const [first, second] = [a, b].map((each) => fromRational(rational(each.numerator * (below / each.denominator))));
    if (first === undefined || second === undefined) return null;
    const top = expression.kind === 'add' ? add(first, second) : subtract(first, second);
    const alike = a.denominator === b.denominator;
    return {
      result: divide(top, integer(below)),
      rule: 'common-denominator',
      caption: alike
        ? 'Put both over the same denominator'
        : `Write both over the common denominator ${below.toString()}`,
      say: alike
        ? `The denominators are the same, so ${expression.kind} the tops.`
        : `The common denominator is ${nameInteger(below)}, so the tops become ${toSpoken(first)} and ${toSpoken(second)}.`,
    };
  }
  const plain = [toPlain(left) ?? '', toPlain(right) ?? ''] as const;
  const [x, y] = plain;
  return calculated(
    expression,
    expression.kind,
    expression.kind === 'add' ? `Add ${x} and ${y}` : `Subtract ${y} from ${x}`,
  );
}

function combineProduct(expression: Extract<Expression, { kind: 'multiply' }>): Operated | null {
  const { left, right } = expression;
  const sameKind = withoutMixedForms(expression, left, right);
  if (sameKind !== null) return sameKind;
  const [a, b] = [asFraction(left), asFraction(right)];
  if (a !== null && b !== null && (a.denominator > 1n || b.denominator > 1n)) {
    return {
      result: overOne(a.numerator * b.numerator, a.denominator * b.denominator),
      rule: expression.form === 'of' ? 'of' : 'multiply',
      caption:
        expression.form === 'of'
          ? 'Of means times: multiply the tops and the bottoms'
          : 'Multiply the tops and the bottoms',
      say: `${expression.form === 'of' ? 'Of means times, so multiply' : 'Multiply'} the tops together and the bottoms together.`,
    };
  }
  const [x, y] = [toPlain(left) ?? '', toPlain(right) ?? ''];
  const of = expression.form === 'of';
  return calculated(
    expression,
    of ? 'of' : 'multiply',
    of ? `Of means times: multiply ${x} by ${y}` : `Multiply ${x} by ${y}`,
  );
}

/** A fraction of two numbers, not finished: whole, in lower terms, or without points and signs below or above. */
function reduce(left: Expression, right: Expression): Operated | null {
  const whole = asIntegerFraction(divide(left, right));
  if (whole === null) return signInFront(left, right) ?? quotient(left, right);
  const { numerator, denominator } = whole;
  if (denominator === 0n) return null;
  const shared = greatestCommonDivisor(numerator, denominator);
  const result = fromRational(rational(numerator, denominator));
  if (shared === denominator)
    return { result, rule: 'divide', caption: `Divide ${numerator.toString()} by ${denominator.toString()}` };
  return {
    result,
    rule: 'reduce',
    caption: `Divide top and bottom by ${shared.toString()}`,
    say: `Divide top and bottom by ${nameInteger(shared)}: that leaves ${toSpoken(result)}.`,
  };
}

/** A fraction with a sign above or below: the sign goes in front, or two of them cancel. */
function signInFront(left: Expression, right: Expression): Operated | null {
  const [a, b] = [asFraction(left), asFraction(right)];
  if (
    a === null ||
    b === null ||
    !isInteger(a) ||
    !isInteger(b) ||
    b.numerator === 0n ||
    a.numerator % b.numerator === 0n
  )
    return null;
  const alike = a.numerator < 0n === b.numerator < 0n;
  const caption = alike ? 'Two negatives make a positive' : 'Put the minus sign in front';
  const say = alike ? 'A negative over a negative is positive.' : 'The minus sign goes in front of the fraction.';
  return { result: overOne(a.numerator, b.numerator), rule: 'sign', caption, say };
}

function quotient(left: Expression, right: Expression): Operated | null {
  const expression = divide(left, right, 'divided-by');
  const [a, b] = [asFraction(left), asFraction(right)];
  const [x, y] = [toPlain(left), toPlain(right)];
  if (a === null || b === null) {
    const mixed = withoutMixedForms(expression, left, right);
    return mixed ?? calculated(expression, 'divide', `Divide ${x ?? ''} by ${y ?? ''}`);
  }
  if (b.numerator === 0n) return null;
  if (a.denominator > 1n || b.denominator > 1n) {
    const turned = fromRational(rational(b.denominator, b.numerator));
    return {
      result: multiply(left, turned),
      rule: 'reciprocal',
      caption: 'Multiply by the fraction turned over',
      say: `Dividing by ${toSpoken(right)} is multiplying by ${toSpoken(turned)}.`,
    };
  }
  if (a.numerator % b.numerator === 0n) return calculated(expression, 'divide', `Divide ${x ?? ''} by ${y ?? ''}`);
  const result = overOne(a.numerator, b.numerator);
  return {
    result,
    rule: 'divide',
    caption: 'Write the division as a fraction',
    say: 'The division does not come out whole, so write it as a fraction.',
  };
}

/** `numerator/denominator` as written, not yet in lowest terms, with the sign in front. */
function overOne(numerator: bigint, denominator: bigint): Expression {
  const fraction = divide(integer(absolute(numerator)), integer(absolute(denominator)));
  return numerator < 0n !== denominator < 0n && numerator !== 0n ? negate(fraction) : fraction;
}

/** When one number is a decimal and the other a fraction, the decimal becomes a fraction first. */
function withoutMixedForms(expression: Expression, left: Expression, right: Expression): Operated | null {
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

function isDecimal(expression: Expression): boolean {
  const inner = unsigned(expression);
  return inner.kind === 'number' && inner.decimal !== null && !isInteger(inner.value);
}

function isFraction(expression: Expression): boolean {
  return asIntegerFraction(unsigned(expression)) !== null;
}

/** The value of a whole number or a fraction; null for a decimal. */
function asFraction(expression: Expression): Rational | null {
  return isDecimal(expression) ? null : valueOf(expression);
}

function valueOf(expression: Expression): Rational | null {
  const value = evaluate(expression);
  return value.ok ? value.value : null;
}
