/** The spoken form of a tree: words only, never a symbol, since synthesisers drop or misread symbols. */
import {
  asIntegerFraction,
  type Expression,
  type FunctionName,
  type Line,
  type Relation,
} from '../algebra/expression.js';
import { isInteger } from '../algebra/rational.js';
import { nameDecimal, nameFraction, nameInteger, nameOrdinal } from './number-names.js';

/**
 * A line of a solution in words: "two x plus three equals eleven".
 *
 * @example toSpoken(power(variable('x'), integer(2n))) // "x squared"
 */
export function toSpoken(line: Line): string {
  switch (line.kind) {
    case 'either':
      return line.equations.map(toSpoken).join(', or ');
    case 'system':
      return line.equations.map(toSpoken).join(', and ');
    case 'equation':
      return `${speak(line.left)} equals ${speak(line.right)}`;
    case 'chain':
      return line.relations
        .map((relation, index) => [line.sides[index], relation, line.sides[index + 1]] as const)
        .map(([left, relation, right]) =>
          left === undefined || right === undefined ? '' : `${speak(left)} ${relations[relation]} ${speak(right)}`,
        )
        .join(', and ');
    default:
      return speak(line);
  }
}

const relations: Readonly<Record<Relation, string>> = {
  '<': 'is less than',
  '>': 'is greater than',
  '<=': 'is less than or equal to',
  '>=': 'is greater than or equal to',
};
const functions: Readonly<Record<Exclude<FunctionName, 'factorial' | 'degrees'>, string>> = {
  sin: 'the sine of',
  cos: 'the cosine of',
  tan: 'the tangent of',
  ln: 'the natural log of',
  log: 'the log of',
  abs: 'the absolute value of',
};

function called({ name, value, base: of }: Extract<Expression, { kind: 'call' }>): string {
  if (name === 'factorial') return `${base(value)} factorial`;
  if (name === 'degrees') return `${divisor(value)} degrees`;
  if (name === 'log' && of !== null && of !== 10n) return `the log base ${nameInteger(of)} of ${divisor(value)}`;
  return `${functions[name]} ${divisor(value)}`;
}

function rootName(degree: number): string {
  if (degree === 2) return 'square root';
  return degree === 3 ? 'cube root' : `${nameOrdinal(BigInt(degree)) ?? `order ${nameInteger(BigInt(degree))}`} root`;
}

function speak(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.decimal === null ? nameInteger(expression.value.numerator) : nameDecimal(expression.decimal);
    case 'mixed':
      return `${nameInteger(expression.whole)} and ${nameFraction(expression.numerator, expression.denominator)}`;
    case 'variable':
      return expression.name;
    case 'negate':
      return `negative ${piece(expression.value)}`;
    case 'percent':
      return `${piece(expression.value)} percent`;
    case 'root':
      return `the ${rootName(expression.degree)} of ${divisor(expression.value)}`;
    case 'constant':
      return expression.name;
    case 'call':
      return called(expression);
    case 'add':
      return `${speak(expression.left)} plus ${piece(expression.right)}`;
    case 'subtract':
      return `${speak(expression.left)} minus ${piece(expression.right)}`;
    case 'multiply':
      return product(expression);
    case 'divide':
      return quotient(expression);
    case 'power':
      return `${base(expression.left)} ${exponent(expression.right)}`;
  }
}

function product(expression: Extract<Expression, { kind: 'multiply' }>): string {
  const left = factor(expression.left);
  const right = factor(expression.right);
  if (expression.form === 'of') return `${left} of ${right}`;
  const together = expression.form === 'implicit' && isShort(expression.left) && isShort(expression.right);
  const bothNumbers = expression.left.kind === 'number' && startsWithNumber(expression.right);
  return together && !bothNumbers ? `${left} ${right}` : `${left} times ${right}`;
}

function quotient(expression: Extract<Expression, { kind: 'divide' }>): string {
  const fraction = asIntegerFraction(expression);
  if (fraction !== null) return nameFraction(fraction.numerator, fraction.denominator);
  return `${factor(expression.left)} ${expression.form === 'fraction' ? 'over' : 'divided by'} ${divisor(expression.right)}`;
}

function exponent(expression: Expression): string {
  if (expression.kind !== 'number' || !isInteger(expression.value)) return `to the power of ${divisor(expression)}`;
  const value = expression.value.numerator;
  if (value === 2n) return 'squared';
  if (value === 3n) return 'cubed';
  const ordinal = value > 3n ? nameOrdinal(value) : null;
  return ordinal === null ? `to the power of ${nameInteger(value)}` : `to the ${ordinal}`;
}

function isShort(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'variable':
    case 'constant':
      return true;
    case 'power':
      return isShort(expression.left);
    case 'negate':
      return isShort(expression.value);
    case 'divide':
      return asIntegerFraction(expression) !== null;
    case 'multiply':
      return expression.form === 'implicit' && isShort(expression.left) && isShort(expression.right);
    default:
      return false;
  }
}

function startsWithNumber(expression: Expression): boolean {
  if (expression.kind === 'number' || expression.kind === 'mixed') return true;
  if (expression.kind === 'multiply' || expression.kind === 'divide' || expression.kind === 'power')
    return startsWithNumber(expression.left);
  return false;
}

/** What stands on the right of an operation: a sum there is announced, or its end could not be heard. */
function piece(expression: Expression): string {
  return expression.kind === 'add' || expression.kind === 'subtract'
    ? `the quantity ${speak(expression)}`
    : speak(expression);
}

/** A factor: quotients are announced too. */
function factor(expression: Expression): string {
  const split = expression.kind === 'divide' && asIntegerFraction(expression) === null;
  return split ? `the quantity ${speak(expression)}` : piece(expression);
}

/** A divisor or an exponent: anything that is not heard as one thing is announced, or its end would seem to stand outside. */
function divisor(expression: Expression): string {
  return isOneThing(expression) ? speak(expression) : `the quantity ${speak(expression)}`;
}

function isOneThing(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'mixed':
    case 'variable':
    case 'constant':
    case 'percent':
      return true;
    case 'call':
      return isOneThing(expression.value);
    case 'negate':
      return isOneThing(expression.value);
    case 'power':
      return expression.left.kind === 'number' || expression.left.kind === 'variable';
    case 'root':
      return isOneThing(expression.value);
    case 'divide':
      return asIntegerFraction(expression) !== null && !speak(expression).includes(' over ');
    default:
      return false;
  }
}

/** What is raised to a power: anything but a number or a letter is announced. */
function base(expression: Expression): string {
  if (expression.kind === 'number' || expression.kind === 'variable' || expression.kind === 'constant')
    return speak(expression);
  return `the quantity ${speak(expression)},`;
}
