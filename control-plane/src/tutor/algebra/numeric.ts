/** Floating-point values of trees: a second way to look at a step, independent of the exact one. Never shown as exact. */
import { partsOf, type Expression } from './expression.js';
import { toNumber } from './rational.js';

/** The value near enough for comparing, or NaN where there is none in the real numbers. */
export function approximate(expression: Expression, values: ReadonlyMap<string, number> = new Map()): number {
  const [a = Number.NaN, b = Number.NaN] = partsOf(expression).map((part) => approximate(part, values));
  switch (expression.kind) {
    case 'number':
      return toNumber(expression.value);
    case 'mixed':
      return Number(expression.whole) + Number(expression.numerator) / Number(expression.denominator);
    case 'variable':
      return values.get(expression.name) ?? Number.NaN;
    case 'constant':
      return expression.name === 'pi' ? Math.PI : Math.E;
    case 'negate':
      return -a;
    case 'percent':
      return a / 100;
    case 'root':
      if (expression.degree % 2 === 1) return Math.sign(a) * Math.abs(a) ** (1 / expression.degree);
      return a < 0 ? Number.NaN : a ** (1 / expression.degree);
    case 'add':
      return a + b;
    case 'subtract':
      return a - b;
    case 'multiply':
      return a * b;
    case 'divide':
      return Math.abs(b) < 1e-300 ? Number.NaN : a / b;
    case 'power':
      return raised(expression.right, a, b);
    case 'call':
      return called(expression.name, a, expression.base);
  }
}

function raised(exponent: Expression, a: number, b: number): number {
  if (a === 0 && b <= 0) return Number.NaN;
  if (a >= 0 || Number.isInteger(b)) return a ** b;
  // An odd root of a negative number is real: (-8)^(1/3).
  const isOddRoot =
    exponent.kind === 'divide' &&
    exponent.right.kind === 'number' &&
    exponent.left.kind === 'number' &&
    exponent.right.value.numerator % 2n === 1n;
  if (!isOddRoot) return Number.NaN;
  return exponent.left.value.numerator % 2n === 0n ? (-a) ** b : -((-a) ** b);
}

function called(name: Extract<Expression, { kind: 'call' }>['name'], a: number, base: bigint | null): number {
  switch (name) {
    case 'sin':
      return Math.sin(a);
    case 'cos':
      return Math.cos(a);
    case 'tan':
      return Math.abs(Math.cos(a)) < 1e-12 ? Number.NaN : Math.tan(a);
    case 'ln':
      return a > 0 ? Math.log(a) : Number.NaN;
    case 'log':
      return a > 0 ? Math.log(a) / Math.log(Number(base ?? 10n)) : Number.NaN;
    case 'abs':
      return Math.abs(a);
    case 'degrees':
      return (a * Math.PI) / 180;
    case 'factorial': {
      if (!Number.isInteger(a) || a < 0 || a > 40) return Number.NaN;
      let product = 1;
      for (let factor = 2; factor <= a; factor += 1) product *= factor;
      return product;
    }
  }
}

/** Same number within what floating point can tell. */
export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}
