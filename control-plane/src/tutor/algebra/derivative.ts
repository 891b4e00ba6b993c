/** Derivatives of trees by rule. Gives the raw result and which rule was used on the outside; tidying is `calculus.ts`'s. */
import { add, call, divide, fromRational, integer, multiply, negate, power, root, subtract, variablesOf, type Expression } from './expression.js'; // prettier-ignore
import { evaluate } from './evaluate.js';
import { equals, isInteger, isZero, minus, one, rational } from './rational.js';
import type { Rule } from './solution.js';

/** A derivative and the rule for the outermost operation. */
export interface Derived {
  readonly result: Expression;
  readonly rule: Rule;
}

/** The derivative with respect to a letter, or null for what has none here. */
export function derive(expression: Expression, name: string): Derived | null {
  if (!variablesOf(expression).includes(name)) return { result: integer(0n), rule: 'constant-rule' };
  switch (expression.kind) {
    case 'variable':
      return { result: integer(1n), rule: 'power-rule' };
    case 'negate': {
      const inner = derive(expression.value, name);
      return inner === null ? null : { result: minusOf(inner.result), rule: 'constant-rule' };
    }
    case 'add':
    case 'subtract': {
      const [left, right] = [derive(expression.left, name), derive(expression.right, name)];
      if (left === null || right === null) return null;
      const result = expression.kind === 'add' ? sum(left.result, right.result) : difference(left.result, right.result);
      return { result, rule: 'sum-rule' };
    }
    case 'multiply':
      return productRule(expression.left, expression.right, name);
    case 'divide':
      return quotientRule(expression.left, expression.right, name);
    case 'power':
      return powerRule(expression.left, expression.right, name);
    case 'root':
      return rootRule(expression, name);
    case 'call':
      return functionRule(expression, name);
    default:
      return null;
  }
}

function productRule(left: Expression, right: Expression, name: string): Derived | null {
  const [a, b] = [derive(left, name), derive(right, name)];
  if (a === null || b === null) return null;
  if (!variablesOf(left).includes(name)) return { result: product(left, b.result), rule: 'constant-rule' };
  if (!variablesOf(right).includes(name)) return { result: product(right, a.result), rule: 'constant-rule' };
  return { result: sum(product(a.result, right), product(left, b.result)), rule: 'product-rule' };
}

function quotientRule(top: Expression, below: Expression, name: string): Derived | null {
  const [a, b] = [derive(top, name), derive(below, name)];
  if (a === null || b === null) return null;
  if (!variablesOf(below).includes(name)) return { result: divide(a.result, below), rule: 'constant-rule' };
  const above = difference(product(a.result, below), product(top, b.result));
  return { result: divide(above, power(below, integer(2n))), rule: 'quotient-rule' };
}

function powerRule(base: Expression, exponent: Expression, name: string): Derived | null {
  if (variablesOf(base).includes(name)) {
    const count = evaluate(exponent);
    const inner = derive(base, name);
    if (!count.ok || inner === null) return null;
    const next = minus(count.value, one);
    const lowered = isZero(next) ? integer(1n) : equals(next, one) ? base : power(base, fromRational(next));
    const outer = product(fromRational(count.value), lowered);
    return base.kind === 'variable'
      ? { result: outer, rule: 'power-rule' }
      : { result: product(outer, inner.result), rule: 'chain-rule' };
  }
  // a^u: the power itself, times ln a, times the derivative of the exponent.
  const inner = derive(exponent, name);
  if (inner === null) return null;
  const self = power(base, exponent);
  const isE = base.kind === 'constant' && base.name === 'e';
  const outer = isE ? self : product(self, call('ln', base));
  return exponent.kind === 'variable'
    ? { result: outer, rule: 'function-rule' }
    : { result: product(inner.result, outer), rule: 'chain-rule' };
}

function rootRule(expression: Extract<Expression, { kind: 'root' }>, name: string): Derived | null {
  const inner = derive(expression.value, name);
  if (inner === null) return null;
  const below =
    expression.degree === 2
      ? multiply(integer(2n), expression, 'implicit')
      : multiply(
          integer(BigInt(expression.degree)),
          power(root(expression.value, expression.degree), integer(BigInt(expression.degree - 1))),
          'implicit',
        );
  const isPlain = expression.value.kind === 'variable';
  return { result: divide(inner.result, below), rule: isPlain ? 'power-rule' : 'chain-rule' };
}

function functionRule(expression: Extract<Expression, { kind: 'call' }>, name: string): Derived | null {
  const { value } = expression;
  const inner = derive(value, name);
  if (inner === null) return null;
  const isPlain = value.kind === 'variable';
  const rule: Rule = isPlain ? 'function-rule' : 'chain-rule';
  switch (expression.name) {
    case 'sin':
      return { result: product(inner.result, call('cos', value)), rule };
    case 'cos':
      return { result: minusOf(product(inner.result, call('sin', value))), rule };
    case 'tan':
      return { result: divide(inner.result, power(call('cos', value), integer(2n))), rule };
    case 'ln':
      return { result: divide(inner.result, value), rule };
    default:
      return null;
  }
}

function isNumber(expression: Expression, wanted: bigint): boolean {
  const value = evaluate(expression);
  return value.ok && isInteger(value.value) && equals(value.value, rational(wanted));
}

function sum(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0n)) return b;
  if (isNumber(b, 0n)) return a;
  return b.kind === 'negate' ? subtract(a, b.value) : add(a, b);
}

function difference(a: Expression, b: Expression): Expression {
  if (isNumber(b, 0n)) return a;
  if (isNumber(a, 0n)) return minusOf(b);
  return b.kind === 'negate' ? add(a, b.value) : subtract(a, b);
}

function product(a: Expression, b: Expression): Expression {
  if (isNumber(a, 0n) || isNumber(b, 0n)) return integer(0n);
  if (isNumber(a, 1n)) return b;
  if (isNumber(b, 1n)) return a;
  if (a.kind === 'negate') return minusOf(product(a.value, b));
  return b.kind === 'negate' ? minusOf(product(a, b.value)) : multiply(a, b, 'implicit');
}

function minusOf(a: Expression): Expression {
  if (isNumber(a, 0n)) return a;
  return a.kind === 'negate' ? a.value : negate(a);
}
