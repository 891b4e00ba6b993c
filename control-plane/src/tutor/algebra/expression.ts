/** The tree that a question becomes. Shapes and builders only: reading, writing and calculating live elsewhere. */
import { absolute, isInteger, isNegative, rational, toExactDecimal, type Rational } from './rational.js';

/** How a product was written: `×`, nothing at all, or the word "of". */
export type ProductForm = 'times' | 'implicit' | 'of';
/** How a quotient was written: as a fraction or with `÷`. */
export type QuotientForm = 'fraction' | 'divided-by';

/** One side of an equation, or a calculation. Numbers in it are never negative: a sign is a `negate`. */
export type Expression =
  | { readonly kind: 'number'; readonly value: Rational; readonly decimal: string | null }
  | { readonly kind: 'mixed'; readonly whole: bigint; readonly numerator: bigint; readonly denominator: bigint }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'negate'; readonly value: Expression }
  | { readonly kind: 'add' | 'subtract'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'multiply'; readonly left: Expression; readonly right: Expression; readonly form: ProductForm }
  | { readonly kind: 'divide'; readonly left: Expression; readonly right: Expression; readonly form: QuotientForm }
  | { readonly kind: 'power'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'root'; readonly degree: 2 | 3; readonly value: Expression }
  | { readonly kind: 'percent'; readonly value: Expression };

/** Two sides that are said to be equal. */
export interface Equation {
  readonly kind: 'equation';
  readonly left: Expression;
  readonly right: Expression;
}

/** Equations of which at least one holds: `x = 2 or x = 3`. */
export interface Either {
  readonly kind: 'either';
  readonly equations: readonly Equation[];
}

/** What stands on one line of a solution. */
export type Line = Expression | Equation | Either;

/** A whole number, not negative. */
export function integer(value: bigint): Expression {
  return { kind: 'number', value: rational(value), decimal: null };
}

/** An unknown. */
export function variable(name: string): Expression {
  return { kind: 'variable', name };
}

/** The opposite of an expression. */
export function negate(value: Expression): Expression {
  return { kind: 'negate', value };
}

/** A sum. */
export function add(left: Expression, right: Expression): Expression {
  return { kind: 'add', left, right };
}

/** A difference. */
export function subtract(left: Expression, right: Expression): Expression {
  return { kind: 'subtract', left, right };
}

/** A product, by default written with a sign. */
export function multiply(left: Expression, right: Expression, form: ProductForm = 'times'): Expression {
  return { kind: 'multiply', left, right, form };
}

/** A quotient, by default written as a fraction. */
export function divide(left: Expression, right: Expression, form: QuotientForm = 'fraction'): Expression {
  return { kind: 'divide', left, right, form };
}

/** A power. */
export function power(left: Expression, right: Expression): Expression {
  return { kind: 'power', left, right };
}

/** An equation. */
export function equation(left: Expression, right: Expression): Equation {
  return { kind: 'equation', left, right };
}

/**
 * A number of any sign as a tree in lowest terms.
 *
 * @param style `decimal` writes it with a point where that is exact within twelve places, else a fraction is written.
 */
export function fromRational(value: Rational, style: 'fraction' | 'decimal' = 'fraction'): Expression {
  if (isNegative(value))
    return negate(fromRational({ numerator: -value.numerator, denominator: value.denominator }, style));
  if (isInteger(value)) return integer(value.numerator);
  const decimal = style === 'decimal' ? toExactDecimal(value) : null;
  if (decimal !== null) return { kind: 'number', value, decimal };
  return divide(integer(value.numerator), integer(value.denominator));
}

/** The direct parts of an expression, left to right. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'mixed':
    case 'variable':
      return [];
    case 'negate':
    case 'root':
    case 'percent':
      return [expression.value];
    default:
      return [expression.left, expression.right];
  }
}

/** The same expression with its parts replaced, in the order of `partsOf`. */
export function withParts(expression: Expression, parts: readonly Expression[]): Expression {
  const [first, second] = parts;
  switch (expression.kind) {
    case 'number':
    case 'mixed':
    case 'variable':
      return expression;
    case 'negate':
    case 'root':
    case 'percent':
      return { ...expression, value: first ?? expression.value };
    default:
      return { ...expression, left: first ?? expression.left, right: second ?? expression.right };
  }
}

/** The names of the unknowns, in alphabetical order. */
export function variablesOf(line: Line): readonly string[] {
  const names = new Set<string>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'variable') names.add(expression.name);
    partsOf(expression).forEach(visit);
  };
  expressionsOf(line).forEach(visit);
  return [...names].sort();
}

/** The expressions on a line, left to right. */
function expressionsOf(line: Line): readonly Expression[] {
  if (line.kind === 'either') return line.equations.flatMap((each) => [each.left, each.right]);
  return line.kind === 'equation' ? [line.left, line.right] : [line];
}

/** Was any number on the line written with a decimal point? */
export function usesDecimals(line: Line): boolean {
  const visit = (each: Expression): boolean =>
    (each.kind === 'number' && each.decimal !== null) || partsOf(each).some(visit);
  return expressionsOf(line).some(visit);
}

/** Is it a single number as a final answer shows it: `3`, `2.5`, a fraction in lowest terms, or the opposite of one? */
export function isNumeral(expression: Expression): boolean {
  if (expression.kind === 'negate') {
    const inner = expression.value;
    return inner.kind !== 'negate' && isNumeral(inner) && !(inner.kind === 'number' && inner.value.numerator === 0n);
  }
  return expression.kind === 'number' || isLowestFraction(expression);
}

/** A fraction of two whole numbers as written, lowest terms or not, or null. */
export function asIntegerFraction(expression: Expression): { numerator: bigint; denominator: bigint } | null {
  if (expression.kind !== 'divide' || expression.form !== 'fraction') return null;
  const { left, right } = expression;
  if (left.kind !== 'number' || right.kind !== 'number' || left.decimal !== null || right.decimal !== null) return null;
  return { numerator: left.value.numerator, denominator: right.value.numerator };
}

function isLowestFraction(expression: Expression): boolean {
  const fraction = asIntegerFraction(expression);
  if (fraction === null || fraction.denominator <= 1n) return false;
  return rational(fraction.numerator, fraction.denominator).denominator === absolute(fraction.denominator);
}
