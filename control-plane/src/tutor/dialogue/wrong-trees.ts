/** Classic mistakes as wrong rules on a tree: each is done to every place it fits, and the wrong results are given back. */
import { evaluate } from '../algebra/evaluate.js';
import {
  add, asIntegerFraction, divide, integer, multiply, negate, partsOf, power, subtract, variablesOf, withParts, type Expression,
} from '../algebra/expression.js'; // prettier-ignore

/** A wrong rule at one place; null where it does not fit. */
export type WrongRule = (place: Expression) => Expression | null;

/** Places looked at in one expression; a school line has a dozen. */
const mostPlaces = 60;

/** The expression with the rule done at one place, for each place, and at all places at once. */
export function wrongResults(expression: Expression, rule: WrongRule): readonly Expression[] {
  const found: Expression[] = [];
  const visit = (part: Expression, rebuild: (wrong: Expression) => Expression): void => {
    if (found.length >= mostPlaces) return;
    const wrong = rule(part);
    if (wrong !== null) found.push(rebuild(wrong));
    partsOf(part).forEach((child, index) => {
      visit(child, (next) => rebuild(withParts(part, partsOf(part).map((each, at) => (at === index ? next : each))))); // prettier-ignore
    });
  };
  visit(expression, (wrong) => wrong);
  return found.length > 1 ? [...found, everywhere(expression, rule)] : found;
}

function everywhere(expression: Expression, rule: WrongRule): Expression {
  const inside = withParts(expression, partsOf(expression).map((part) => everywhere(part, rule))); // prettier-ignore
  return rule(inside) ?? inside;
}

type Sum = Extract<Expression, { kind: 'add' | 'subtract' }>;
const isSum = (each: Expression): each is Sum => each.kind === 'add' || each.kind === 'subtract';

/** `2(x + 3)` becomes `2x + 3`. */
export const forgotToDistribute: WrongRule = (place) => {
  if (place.kind !== 'multiply') return null;
  const [sum, factor] = isSum(place.right) ? [place.right, place.left] : [place.left, place.right];
  return isSum(sum) && !isSum(factor) ? { ...sum, left: multiply(factor, sum.left, 'implicit') } : null;
};

/** `5 - (x + 2)` becomes `5 - x + 2`: the minus reaches only the first term. */
export const lostMinus: WrongRule = (place) => {
  if (place.kind === 'negate' && isSum(place.value)) return { ...place.value, left: negate(place.value.left) };
  if (place.kind !== 'subtract') return null;
  const { left, right } = place;
  if (isSum(right)) return { ...right, left: subtract(left, right.left) };
  if (right.kind !== 'multiply' || !isSum(right.right)) return null;
  const { left: factor, right: sum } = right;
  return { ...sum, left: subtract(left, multiply(factor, sum.left)), right: multiply(factor, sum.right) };
};

/** `(x + 3)^2` becomes `x^2 + 9`, `(2x)^2` becomes `2x^2`. */
export const squaredOneTerm: WrongRule = (place) => {
  if (place.kind !== 'power') return null;
  const { left, right } = place;
  if (isSum(left)) return { ...left, left: power(left.left, right), right: power(left.right, right) };
  return left.kind === 'multiply' ? { ...left, right: power(left.right, right) } : null;
};

/** `x^2 · x^3` becomes `x^6`. */
export const multipliedExponents: WrongRule = (place) => {
  if (place.kind !== 'multiply') return null;
  const [first, second] = [place.left, place.right].map(asPower);
  if (first == null || second == null || !isSameBase(first.base, second.base)) return null;
  return power(first.base, integer(first.exponent * second.exponent));
};

/** `(x^2)^3` becomes `x^5`. */
export const addedExponents: WrongRule = (place) => {
  if (place.kind !== 'power' || place.left.kind !== 'power') return null;
  const [inner, outer] = [asPower(place.left), asPower(place)];
  return inner === null || outer === null ? null : power(inner.base, integer(inner.exponent + outer.exponent));
};

/** `1/2 + 1/3` becomes `2/5`: tops and bottoms added separately. */
export const addedDenominators: WrongRule = (place) => {
  if (!isSum(place)) return null;
  const [first, second] = [asFraction(place.left), asFraction(place.right)];
  if (first === null || second === null || (first.below === 1n && second.below === 1n)) return null;
  const below = place.kind === 'add' ? first.below + second.below : first.below - second.below;
  const top = place.kind === 'add' ? first.top + second.top : first.top - second.top;
  if (below === 0n) return null;
  return divide(signed(top), signed(below));
};

/** `1/2 + 1/3` becomes `2/6`: the denominators were made alike, the tops were not. */
export const keptTops: WrongRule = (place) => {
  if (!isSum(place)) return null;
  const [first, second] = [asFraction(place.left), asFraction(place.right)];
  if (first === null || second === null || first.below === second.below) return null;
  const top = place.kind === 'add' ? first.top + second.top : first.top - second.top;
  return divide(signed(top), integer(first.below * second.below));
};

/** `1/2 ÷ 3/4` becomes `3/8`: multiplied without turning the second fraction over. */
export const forgotToFlip: WrongRule = (place) =>
  place.kind === 'divide' && asIntegerFraction(place) === null && asIntegerFraction(place.right) !== null
    ? multiply(place.left, place.right)
    : null;

/** `2^3` becomes `6`. */
export const multipliedByExponent: WrongRule = (place) =>
  place.kind === 'power' && variablesOf(place).length === 0 ? multiply(place.left, place.right) : null;

/** The square root of sixteen becomes eight. */
export const halvedForRoot: WrongRule = (place) =>
  place.kind === 'root' && variablesOf(place).length === 0 ? divide(place.value, integer(2n)) : null;

/** `15% of 80` becomes `15 × 80`. */
export const forgotHundred: WrongRule = (place) => (place.kind === 'percent' ? place.value : null);

/** `3/4 of 20` becomes `20 ÷ 3/4`, `15% of 80` becomes `80 ÷ 15`. */
export const dividedForOf: WrongRule = (place) => {
  if (place.kind !== 'multiply' || place.form !== 'of') return null;
  return divide(place.right, place.left.kind === 'percent' ? place.left.value : place.left, 'divided-by');
};

/** `-2 × -3` becomes `-6`, `-2 × 3` becomes `6`. */
export const signOfProduct: WrongRule = (place) => {
  const isProduct = place.kind === 'multiply' || place.kind === 'divide';
  return isProduct && (place.left.kind === 'negate' || place.right.kind === 'negate') ? negate(place) : null;
};

/** `2 + 3 × 4` becomes `20`: left to right, whatever binds tighter. Null where that changes nothing or has no value. */
export function leftToRight(expression: Expression): Expression | null {
  const [first, ...rest] = inReadingOrder(expression);
  if (first === undefined || rest.length < 2) return null;
  const whole = rest.reduce((left, { operation, operand }) => joined(operation, left, operand), first.operand);
  return evaluate(whole).ok ? whole : null;
}

function joined(operation: Read['operation'], left: Expression, right: Expression): Expression {
  switch (operation) {
    case 'add':
      return add(left, right);
    case 'subtract':
      return subtract(left, right);
    case 'multiply':
      return multiply(left, right);
    case 'divide':
      return divide(left, right, 'divided-by');
  }
}

interface Read {
  readonly operation: 'add' | 'subtract' | 'multiply' | 'divide';
  readonly operand: Expression;
}

function inReadingOrder(expression: Expression, operation: Read['operation'] = 'add'): readonly Read[] {
  const opens = isSum(expression) || expression.kind === 'multiply' || (expression.kind === 'divide' && expression.form === 'divided-by'); // prettier-ignore
  if (!opens) return [{ operation, operand: expression }];
  return [...inReadingOrder(expression.left, operation), ...inReadingOrder(expression.right, expression.kind)];
}

function asPower(expression: Expression): { readonly base: Expression; readonly exponent: bigint } | null {
  if (expression.kind !== 'power') return { base: expression, exponent: 1n };
  const exponent = evaluate(expression.right);
  return exponent.ok && exponent.value.denominator === 1n
    ? { base: expression.left, exponent: exponent.value.numerator }
    : null;
}

function isSameBase(a: Expression, b: Expression): boolean {
  if (a.kind === 'variable' && b.kind === 'variable') return a.name === b.name;
  return (
    a.kind === 'number' && b.kind === 'number' && a.value.numerator === b.value.numerator && a.decimal === b.decimal
  );
}

function asFraction(expression: Expression): { readonly top: bigint; readonly below: bigint } | null {
  if (expression.kind === 'number' && expression.value.denominator === 1n)
    return { top: expression.value.numerator, below: 1n };
  const fraction = asIntegerFraction(expression);
  return fraction === null ? null : { top: fraction.numerator, below: fraction.denominator };
}

function signed(value: bigint): Expression {
  return value < 0n ? negate(integer(-value)) : integer(value);
}
