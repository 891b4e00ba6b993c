/** The exact value of a calculation where roots stay: `√50` is `5√2`. Written back as trees; gives no steps. */
import { err, ok, type Result } from '../../platform/result.js';
import { evaluate, type NoValue } from './evaluate.js';
import { add, divide, fromRational, integer, isNumeral, multiply, negate, root, subtract, type Expression } from './expression.js'; // prettier-ignore
import { addRadicals, asRational, divideRadicals, fromNumber, multiplyRadicals, negateRadical, nearly, rootOfRational, subtractRadicals, type Radical, type RadicalTerm } from './radical.js'; // prettier-ignore
import { absolute, equals, isInteger, isNegative, isZero, one, opposite, over, rational, sizeOf, times, type Rational } from './rational.js'; // prettier-ignore

/** Calculates exactly, roots included; logarithms and unusual angles stay `irrational`. */
export function evaluateExactly(expression: Expression): Result<Radical, NoValue> {
  const plain = evaluate(expression);
  if (plain.ok) return ok(fromNumber(plain.value));
  if (plain.error !== 'irrational') return plain;
  switch (expression.kind) {
    case 'negate': {
      const value = evaluateExactly(expression.value);
      return value.ok ? ok(negateRadical(value.value)) : value;
    }
    case 'root':
      return rooted(expression.value, expression.degree);
    case 'call':
      return called(expression);
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const left = evaluateExactly(expression.left);
      if (!left.ok) return left;
      const right = evaluateExactly(expression.right);
      if (!right.ok) return right;
      return combined(expression.kind, left.value, right.value);
    }
    case 'power':
      return raised(expression.left, expression.right);
    default:
      return err('irrational');
  }
}

function orIrrational(value: Radical | null): Result<Radical, NoValue> {
  return value === null ? err('irrational') : ok(value);
}

function combined(kind: 'add' | 'subtract' | 'multiply' | 'divide', a: Radical, b: Radical): Result<Radical, NoValue> {
  switch (kind) {
    case 'add':
      return ok(addRadicals(a, b));
    case 'subtract':
      return ok(subtractRadicals(a, b));
    case 'multiply':
      return orIrrational(multiplyRadicals(a, b));
    case 'divide':
      return b.length === 0 ? err('undefined') : orIrrational(divideRadicals(a, b));
  }
}

function rooted(inner: Expression, degree: number): Result<Radical, NoValue> {
  const value = evaluateExactly(inner);
  if (!value.ok) return value;
  const plain = asRational(value.value);
  if (plain !== null) {
    if (isNegative(plain) && degree % 2 === 0) return err('not-real');
    return orIrrational(rootOfRational(plain, degree));
  }
  return nearly(value.value) < 0 && degree % 2 === 0 ? err('not-real') : err('irrational');
}

function raised(left: Expression, right: Expression): Result<Radical, NoValue> {
  const [base, exponent] = [evaluateExactly(left), evaluate(right)];
  if (!base.ok) return base;
  if (!exponent.ok) return err('irrational');
  const { numerator, denominator } = exponent.value;
  if (absolute(numerator) > 12n || denominator > 12n) return err('irrational');
  let product: Radical | null = fromNumber(one);
  for (let count = 0n; count < absolute(numerator) && product !== null; count += 1n)
    product = multiplyRadicals(product, base.value);
  if (product !== null && numerator < 0n)
    product = product.length === 0 ? null : divideRadicals(fromNumber(one), product);
  if (product === null || denominator === 1n) return orIrrational(product);
  const plain = asRational(product);
  if (plain === null) return err('irrational');
  if (isNegative(plain) && denominator % 2n === 0n) return err('not-real');
  return orIrrational(rootOfRational(plain, Number(denominator)));
}

/** Sines of 0°, 30°, 45°, 60°, 90°, squared and times four. */
const sines: ReadonlyMap<number, bigint> = new Map([[0, 0n], [30, 1n], [45, 2n], [60, 3n], [90, 4n]]); // prettier-ignore

function called(expression: Extract<Expression, { kind: 'call' }>): Result<Radical, NoValue> {
  const { name, value } = expression;
  if (name === 'abs') {
    const inner = evaluateExactly(value);
    return inner.ok && nearly(inner.value) < 0 ? ok(negateRadical(inner.value)) : inner;
  }
  if (name !== 'sin' && name !== 'cos' && name !== 'tan') return err('irrational');
  const degrees = inDegrees(value);
  if (degrees === null || !isInteger(degrees)) return err('irrational');
  const turn = Number(((degrees.numerator % 360n) + 360n) % 360n);
  const sine = sineOf(turn);
  const cosine = sineOf((turn + 90) % 360);
  if (sine === null || cosine === null) return err('irrational');
  if (name === 'sin') return ok(sine);
  if (name === 'cos') return ok(cosine);
  return cosine.length === 0 ? err('undefined') : orIrrational(divideRadicals(sine, cosine));
}

function sineOf(turn: number): Radical | null {
  const half = turn % 180;
  const four = sines.get(half > 90 ? 180 - half : half);
  const size = four === undefined ? null : rootOfRational(rational(four, 4n), 2);
  return size === null || turn < 180 ? size : negateRadical(size);
}

/** An angle in degrees: written so, or as a multiple of π. */
export function inDegrees(value: Expression): Rational | null {
  if (value.kind === 'call' && value.name === 'degrees') {
    const inner = evaluate(value.value);
    return inner.ok ? inner.value : null;
  }
  const turns = timesPi(value);
  return turns === null ? null : times(turns, rational(180n));
}

/** How many times π an expression is, or null. */
function timesPi(value: Expression): Rational | null {
  const plain = evaluate(value);
  if (plain.ok) return isZero(plain.value) ? plain.value : null;
  switch (value.kind) {
    case 'constant':
      return value.name === 'pi' ? one : null;
    case 'negate': {
      const inner = timesPi(value.value);
      return inner === null ? null : opposite(inner);
    }
    case 'multiply': {
      const [a, b] = [evaluate(value.left), evaluate(value.right)];
      const turns = timesPi(a.ok ? value.right : value.left);
      const factor = a.ok ? a.value : b.ok ? b.value : null;
      return turns === null || factor === null ? null : times(turns, factor);
    }
    case 'divide': {
      const [turns, below] = [timesPi(value.left), evaluate(value.right)];
      return turns === null || !below.ok || isZero(below.value) ? null : over(turns, below.value);
    }
    default:
      return null;
  }
}

/** Writes a sum of roots as a tree: `3 + 2√5`, over one line where all share a denominator. */
export function fromRadical(sum: Radical): Expression {
  const below = sum.reduce((found, { value }) => (value.denominator > found ? value.denominator : found), 1n);
  const shared = sum.length > 1 && below > 1n && sum.every(({ value }) => below % value.denominator === 0n);
  if (!shared) return written(sum);
  return divide(written(sum.map((term) => ({ ...term, value: times(term.value, rational(below)) }))), integer(below));
}

function written(sum: Radical): Expression {
  let whole: Expression | null = null;
  for (const term of sum) {
    const size = writeTerm({ ...term, value: sizeOf(term.value) });
    if (whole === null) whole = isNegative(term.value) ? negate(size) : size;
    else whole = isNegative(term.value) ? subtract(whole, size) : add(whole, size);
  }
  return whole ?? integer(0n);
}

function writeTerm({ value, degree, radicand }: RadicalTerm): Expression {
  if (radicand === 1n) return fromRational(value);
  const under = root(integer(radicand), degree);
  const top = value.numerator === 1n ? under : multiply(integer(value.numerator), under, 'implicit');
  return isInteger(value) ? top : divide(top, integer(value.denominator));
}

/** Is it a number as a final answer may show it, roots included? */
export function isFinished(expression: Expression): boolean {
  if (isNumeral(expression)) return true;
  const value = evaluateExactly(expression);
  return value.ok && equalTrees(expression, fromRadical(value.value));
}

function equalTrees(a: Expression, b: Expression): boolean {
  if (a.kind === 'number' && b.kind === 'number') return equals(a.value, b.value);
  if (a.kind === 'root' && b.kind === 'root' && a.degree !== b.degree) return false;
  if (a.kind === 'negate' && b.kind === 'negate') return equalTrees(a.value, b.value);
  if (a.kind === 'root' && b.kind === 'root') return equalTrees(a.value, b.value);
  if ('left' in a && 'left' in b)
    return a.kind === b.kind && equalTrees(a.left, b.left) && equalTrees(a.right, b.right);
  return false;
}
