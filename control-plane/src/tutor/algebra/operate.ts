/** One operation between finished numbers, as it is taught. Does not know where in the calculation it stands. */
import { nameInteger } from '../speech/number-names.js';
import { toSpoken } from '../speech/spoken.js';
import { evaluate } from './evaluate.js';
import {
  add, divide, fromRational, integer, power, root, subtract, type Expression,
} from './expression.js'; // prettier-ignore
import { toPlain } from './latex.js';
import { absolute, isInteger, leastCommonMultiple, opposite, rational, type Rational } from './rational.js';
import { asFraction, calculated, isDecimal, overOne, valueOf, withoutMixedForms, type Operated } from './operated.js';
import { quotient, reduce } from './operate-quotient.js';

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
