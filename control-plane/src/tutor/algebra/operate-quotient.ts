/** Division as it is taught: reduce a fraction, put its sign in front, multiply by the one turned over. */
import { nameInteger } from '../speech/number-names.js';
import { toSpoken } from '../speech/spoken.js';
import { asIntegerFraction, divide, fromRational, multiply, type Expression } from './expression.js';
import { toPlain } from './latex.js';
import { asFraction, calculated, overOne, withoutMixedForms, type Operated } from './operated.js';
import { greatestCommonDivisor, isInteger, rational } from './rational.js';

/** A fraction of two numbers, not finished: whole, in lower terms, or without points and signs below or above. */
export function reduce(left: Expression, right: Expression): Operated | null {
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

/** A division with its sign: whole where it comes out, else a fraction, or turned over. */
export function quotient(left: Expression, right: Expression): Operated | null {
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
