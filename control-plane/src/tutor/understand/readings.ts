/** Questions about a tree that decide whether a sentence has one reading only. */
import { evaluate } from '../algebra/evaluate.js';
import { asIntegerFraction, multiply, partsOf, subtract, type Expression } from '../algebra/expression.js';
import { isNegative } from '../algebra/rational.js';

/** Is it a fraction of two whole numbers as written, `1/2` or `-1/2`? */
export function isLiteralFraction(expression: Expression): boolean {
  if (expression.kind === 'divide' && expression.left.kind === 'negate')
    return isLiteralFraction({ ...expression, left: expression.left.value });
  return asIntegerFraction(expression) !== null;
}

/** Are both numbers, and the first the smaller one? */
export function isCertainlySmaller(first: Expression, second: Expression): boolean {
  const difference = evaluate(subtract(first, second));
  return difference.ok && isNegative(difference.value);
}

/** May "of" follow: a percentage, a fraction, a decimal, or a chain of those? "Two of three" means nothing. */
export function isShareable(expression: Expression): boolean {
  if (expression.kind === 'percent')
    return (
      expression.value.kind === 'number' || expression.value.kind === 'mixed' || isLiteralFraction(expression.value)
    );
  if (expression.kind === 'number') return expression.decimal !== null;
  if (expression.kind === 'multiply') return expression.form === 'of';
  return isLiteralFraction(expression);
}

/** Is a percentage added to or taken from something else? `80 + 15%` means different things to people and to calculators. */
export function isMixingPercent(expression: Expression): boolean {
  if (expression.kind === 'add' || expression.kind === 'subtract') {
    const [first, second] = [expression.left.kind === 'percent', expression.right.kind === 'percent'];
    if (first !== second) return true;
  }
  return partsOf(expression).some(isMixingPercent);
}

/** The reading in which a percentage that is added or taken away is a part of what stands before it. */
export function withPercentOf(expression: Expression): Expression {
  const isSum = expression.kind === 'add' || expression.kind === 'subtract';
  if (!isSum || expression.right.kind !== 'percent' || expression.left.kind === 'percent') return expression;
  return { ...expression, right: multiply(expression.right, expression.left, 'of') };
}

/** Is it a product or quotient with its sign, so that it is unclear where it ends in "the sum of 3 and 4 times 2"? */
export function isExplicitProduct(expression: Expression): boolean {
  if (expression.kind === 'multiply') return expression.form !== 'implicit';
  return expression.kind === 'divide' && expression.form === 'divided-by';
}

/** Is it one term that is heard as one: a number, a letter, `2x`, a power of those, or the opposite? */
export function isSimpleTerm(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'variable':
    case 'constant':
      return true;
    case 'negate':
      return isSimpleTerm(expression.value);
    case 'power':
      return isSimpleTerm(expression.left) && isSimpleTerm(expression.right);
    case 'multiply':
      return expression.form === 'implicit' && isSimpleTerm(expression.left) && isSimpleTerm(expression.right);
    default:
      return isLiteralFraction(expression);
  }
}
