/** Antiderivatives of sums of powers and of the basic functions. Anything else has none here. */
import { call, divide, fromRational, integer, multiply, negate, type Expression, add, power } from './expression.js';
import { equals, isInteger, one, over, plus, rational, times } from './rational.js';
import { toTerms, writeTerms, type Monomial } from './terms.js';
import { evaluate } from './evaluate.js';

/** One antiderivative, without the constant, or null. */
export function antiderivative(expression: Expression, name: string): Expression | null {
  if (expression.kind === 'power' && expression.left.kind === 'variable' && expression.left.name === name) {
    const count = evaluate(expression.right);
    if (count.ok && !isInteger(count.value)) {
      const next = plus(count.value, one);
      return multiply(fromRational(over(one, next)), power(expression.left, fromRational(next)), 'implicit');
    }
  }
  const terms = toTerms(expression, 'keep');
  if (!terms.ok) return null;
  const powers: Monomial[] = [];
  const others: Expression[] = [];
  for (const term of terms.value) {
    const found = ofTerm(term, name);
    if (found === null) return null;
    if ('powers' in found) powers.push(found);
    else others.push(found);
  }
  const first = powers.length > 0 || others.length === 0 ? writeTerms(powers) : null;
  return others.reduce<Expression | null>(joined, first);
}

function joined(sum: Expression | null, next: Expression): Expression {
  if (sum === null) return next;
  return next.kind === 'negate' ? { kind: 'subtract', left: sum, right: next.value } : add(sum, next);
}

function ofTerm({ value, powers }: Monomial, name: string): Monomial | Expression | null {
  const [first, second] = powers;
  if (first === undefined) return { value, powers: [[name, 1]] };
  const [letter, count, atom] = first;
  if (second !== undefined) return null;
  if (atom === undefined) {
    if (letter !== name) return null;
    if (count === -1) return withFront(value, call('ln', call('abs', { kind: 'variable', name })));
    return { value: over(value, rational(BigInt(count + 1))), powers: [[name, count + 1]] };
  }
  if (count !== 1) return null;
  if (atom.kind === 'power' && atom.left.kind === 'constant' && atom.left.name === 'e' && isLetter(atom.right, name))
    return withFront(value, atom);
  if (atom.kind === 'root' && atom.degree === 2 && isLetter(atom.value, name))
    return withFront(times(value, rational(2n, 3n)), power(atom.value, divide(integer(3n), integer(2n))));
  if (atom.kind !== 'call' || !isLetter(atom.value, name)) return null;
  if (atom.name === 'cos') return withFront(value, call('sin', atom.value));
  return atom.name === 'sin' ? withFront({ ...value, numerator: -value.numerator }, call('cos', atom.value)) : null;
}

function isLetter(expression: Expression, name: string): boolean {
  return expression.kind === 'variable' && expression.name === name;
}

function withFront(value: { readonly numerator: bigint; readonly denominator: bigint }, rest: Expression): Expression {
  if (equals(value, one)) return rest;
  if (value.numerator < 0n) return negate(withFront({ ...value, numerator: -value.numerator }, rest));
  return multiply(fromRational(value), rest, 'implicit');
}
