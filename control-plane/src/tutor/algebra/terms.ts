/** Sums of products of several unknowns with exact numbers in front: `3x^2y - 5/2`. Exponents may be negative. */
import { err, ok, type Result } from '../../platform/result.js';
import { evaluate } from './evaluate.js';
import { add, divide, fromRational, integer, multiply, negate, power, subtract, variable, variablesOf, type Expression } from './expression.js'; // prettier-ignore
import { toLatex } from './latex.js';
import type { NotPolynomial } from './polynomial.js';
import { isInteger, isNegative, isZero, one, opposite, over, plus, raise, rational, sizeOf, times, type Rational } from './rational.js'; // prettier-ignore

/** A letter, or with its tree anything that is handled like a letter (`sin x`), and its exponent, which is not 0. */
export type Power = readonly [name: string, count: number, atom?: Expression];

/** A number times powers of unknowns; names in alphabetical order. */
export interface Monomial {
  readonly value: Rational;
  readonly powers: readonly Power[];
}

/** A sum of monomials with different powers, none of them 0: highest total degree first, then alphabetical. */
export type Terms = readonly Monomial[];

const mostTerms = 60;
const highestPower = 100;

/**
 * Reads a tree; sums below a line are `not-polynomial`.
 *
 * @param atoms with `keep`, roots and functions are handled like letters; without, they are `not-polynomial` too
 */
export function toTerms(expression: Expression, atoms: 'keep' | 'refuse' = 'refuse'): Result<Terms, NotPolynomial> {
  const listed = listTerms(expression, atoms);
  return listed.ok ? ok(gathered(listed.value)) : listed;
}

/** The same with like terms still apart, in the order in which they arise when brackets are multiplied out. */
export function listTerms(
  expression: Expression,
  atoms: 'keep' | 'refuse' = 'refuse',
): Result<readonly Monomial[], NotPolynomial> {
  if (expression.kind === 'constant') return ok([{ value: one, powers: [[expression.name, 1]] }]);
  if (variablesOf(expression).length === 0) {
    const value = evaluate(expression);
    if (value.ok) return ok(isZero(value.value) ? [] : [{ value: value.value, powers: [] }]);
    if (value.error !== 'irrational') return err(value.error === 'unknown' ? 'not-polynomial' : value.error);
  }
  switch (expression.kind) {
    case 'variable':
      return ok([{ value: one, powers: [[expression.name, 1]] }]);
    case 'negate': {
      const value = listTerms(expression.value, atoms);
      return value.ok ? ok(value.value.map((each) => ({ ...each, value: opposite(each.value) }))) : value;
    }
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const left = listTerms(expression.left, atoms);
      if (!left.ok) return left;
      const right = listTerms(expression.right, atoms);
      return right.ok ? combined(expression.kind, left.value, right.value) : right;
    }
    case 'power':
      return raisedTerms(expression, atoms);
    default:
      return atoms === 'keep' ? ok([asAtom(expression)]) : err('not-polynomial');
  }
}

function asAtom(expression: Expression): Monomial {
  return { value: one, powers: [[`~${toLatex(expression)}`, 1, expression]] };
}

function combined(
  kind: 'add' | 'subtract' | 'multiply' | 'divide',
  a: readonly Monomial[],
  b: readonly Monomial[],
): Result<readonly Monomial[], NotPolynomial> {
  switch (kind) {
    case 'add':
      return bounded([...a, ...b]);
    case 'subtract':
      return bounded([...a, ...b.map((each) => ({ ...each, value: opposite(each.value) }))]);
    case 'multiply':
      if (a.length * b.length > mostTerms * 4) return err('too-big');
      return bounded(a.flatMap((first) => b.map((second) => multiplyMonomials(first, second))));
    case 'divide': {
      const below = gathered(b);
      const [only] = below;
      if (only === undefined) return err('undefined');
      if (below.length > 1) return err('not-polynomial');
      const turned = inverse(only);
      return bounded(a.map((each) => multiplyMonomials(each, turned)));
    }
  }
}

function inverse({ value, powers }: Monomial): Monomial {
  return { value: over(one, value), powers: powers.map(([name, count, atom]) => toPower(name, -count, atom)) };
}

function raisedTerms(
  expression: Extract<Expression, { kind: 'power' }>,
  atoms: 'keep' | 'refuse',
): Result<readonly Monomial[], NotPolynomial> {
  const { left, right } = expression;
  const exponent = evaluate(right);
  const isWhole = exponent.ok && isInteger(exponent.value);
  if (!isWhole) return atoms === 'keep' ? ok([asAtom(expression)]) : err('not-polynomial');
  const count = Number(exponent.value.numerator);
  const base = listTerms(left, atoms);
  if (!base.ok) return base;
  const [only] = base.value;
  if (base.value.length === 1 && only !== undefined) {
    if (count === 0) return ok([{ value: one, powers: [] }]);
    const highest = Math.max(0, ...only.powers.map(([, each]) => Math.abs(each)));
    const digits = only.value.numerator.toString().length + only.value.denominator.toString().length;
    if (Math.abs(count) > 10_000 || highest * Math.abs(count) > highestPower || digits * Math.abs(count) > 80)
      return err('too-big');
    return ok([
      {
        value: raise(only.value, count),
        powers: only.powers.map(([name, each, atom]) => toPower(name, each * count, atom)),
      },
    ]);
  }
  if (count < 1) return err('not-polynomial');
  // (x² + 1)⁴ says more than its nine terms; only where letters alone are read is it multiplied out.
  if (atoms === 'keep' && count >= 3) return ok([{ value: one, powers: [[`~${toLatex(left)}`, count, left]] }]);
  if (count > 12) return err('too-big');
  let product: Result<readonly Monomial[], NotPolynomial> = base;
  for (let done = 1; done < count && product.ok; done += 1) {
    const next: Result<readonly Monomial[], NotPolynomial> = combined('multiply', product.value, base.value);
    // Only a square is shown term by term; more would fill the screen.
    product = next.ok && count > 2 ? ok(gathered(next.value)) : next;
  }
  return product;
}

function bounded(list: readonly Monomial[]): Result<readonly Monomial[], NotPolynomial> {
  const big = list.some(
    ({ value, powers }) =>
      value.numerator.toString().length > 40 ||
      value.denominator.toString().length > 40 ||
      powers.some(([, count]) => Math.abs(count) > highestPower),
  );
  return big || list.length > mostTerms * 4 ? err('too-big') : ok(list);
}

function toPower(name: string, count: number, atom: Expression | undefined): Power {
  return atom === undefined ? [name, count] : [name, count, atom];
}

/** Product of two monomials. */
export function multiplyMonomials(a: Monomial, b: Monomial): Monomial {
  const counts = new Map<string, Power>(a.powers.map((each) => [each[0], each]));
  for (const [name, count, atom] of b.powers)
    counts.set(name, toPower(name, (counts.get(name)?.[1] ?? 0) + count, atom));
  const powers = [...counts.values()].filter(([, count]) => count !== 0).sort(([x], [y]) => (x < y ? -1 : 1));
  return { value: times(a.value, b.value), powers };
}

/** Like terms put together, in canonical order. */
export function gathered(list: readonly Monomial[]): Terms {
  const found = new Map<string, Monomial>();
  for (const each of list) {
    const key = keyOf(each);
    const known = found.get(key);
    found.set(key, known === undefined ? each : { ...each, value: plus(known.value, each.value) });
  }
  return [...found.values()].filter(({ value }) => !isZero(value)).sort(order);
}

/** Which powers it has, as text; like terms have the same. */
export function keyOf({ powers }: Monomial): string {
  return powers.map(([name, count]) => `${name}^${count}`).join(' ');
}

function order(a: Monomial, b: Monomial): number {
  const total = (each: Monomial): number =>
    each.powers.reduce((sum, [name, count]) => sum + (placeOf(name) === 1 ? count : 0), 0);
  if (total(a) !== total(b)) return total(b) - total(a);
  const names = [...new Set([...a.powers, ...b.powers].map(([name]) => name))].sort();
  for (const name of names) {
    const [x, y] = [a, b].map(({ powers }) => powers.find(([each]) => each === name)?.[1] ?? 0);
    if (x !== y) return (y ?? 0) - (x ?? 0);
  }
  return 0;
}

/** Writes monomials in the order given. */
export function writeTerms(list: readonly Monomial[], style: 'fraction' | 'decimal' = 'fraction'): Expression {
  let sum: Expression | null = null;
  for (const each of list) {
    const size = writeMonomial({ ...each, value: sizeOf(each.value) }, style);
    if (sum === null) sum = isNegative(each.value) ? negate(size) : size;
    else sum = isNegative(each.value) ? subtract(sum, size) : add(sum, size);
  }
  return sum ?? integer(0n);
}

function writeMonomial({ value, powers }: Monomial, style: 'fraction' | 'decimal'): Expression {
  const [up, down] = [powers.filter(([, count]) => count > 0), powers.filter(([, count]) => count < 0)];
  if (down.length === 0) return product(fromRational(value, style), up);
  return divide(product(integer(value.numerator), up), product(integer(value.denominator), down));
}

/** A number and letters as one product from the left, so that no bracket is needed; a 1 in front is left out. */
function product(number: Expression, powers: readonly Power[]): Expression {
  const factors = powers
    .slice()
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([name, count, atom]): Expression => {
      const letter: Expression = atom ?? (name === 'pi' || name === 'e' ? { kind: 'constant', name } : variable(name));
      return Math.abs(count) === 1 ? letter : power(letter, integer(BigInt(Math.abs(count))));
    });
  const isOne = number.kind === 'number' && number.value.numerator === 1n && number.value.denominator === 1n;
  const parts = isOne && factors.length > 0 ? factors : [number, ...factors];
  return parts.reduce((whole, each) => multiply(whole, each, 'implicit'));
}

/** Numbers such as π come right after the number in front, functions last. */
function placeOf(name: string): number {
  if (name === 'pi' || name === 'e') return 0;
  return name.startsWith('~') ? 2 : 1;
}

/** The part that every term shares: the common number and the lowest power of each unknown. */
export function commonPart(terms: Terms, shared: (values: readonly Rational[]) => Rational): Monomial {
  const [first] = terms;
  if (first === undefined) return { value: rational(1n), powers: [] };
  const powers = first.powers.flatMap(([name]): Power[] => {
    const lowest = Math.min(...terms.map((each) => each.powers.find(([other]) => other === name)?.[1] ?? 0));
    return lowest === 0 ? [] : [[name, lowest]];
  });
  return { value: shared(terms.map(({ value }) => value)), powers };
}

/** Every term divided by a monomial. */
export function dividedBy(terms: Terms, divisor: Monomial): Terms {
  const turned = inverse(divisor);
  return gathered(terms.map((each) => multiplyMonomials(each, turned)));
}
