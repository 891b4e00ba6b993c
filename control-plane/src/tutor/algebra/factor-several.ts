/** Factoring with several unknowns: the common factor, homogeneous patterns such as x² − y², and grouping of four terms. */
import { err, type Result } from '../../platform/result.js';
import { isExpression, multiply, variablesOf, type Expression } from './expression.js';
import { toFactored, writeFactored } from './factors.js';
import { addPolynomials, type Polynomial } from './polynomial.js';
import { absolute, greatestCommonDivisor, isNegative, leastCommonMultiple, rational, zero, type Rational } from './rational.js'; // prettier-ignore
import { finished, toReason } from './rewrite.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk } from './steps.js';
import { commonPart, dividedBy, gathered, keyOf, multiplyMonomials, toTerms, writeTerms, type Monomial, type Terms } from './terms.js'; // prettier-ignore

/** Factors a sum in two or more unknowns. */
export function factorSeveral(expression: Expression): Result<Solution, Refusal> {
  const read = toTerms(expression);
  if (!read.ok) return err({ reason: toReason(read.error) });
  if (read.value.length < 2) return err({ reason: 'nothing-to-do' });
  if (read.value.some(({ powers }) => powers.some(([, count]) => count < 0))) return err({ reason: 'not-yet' });
  const shared = commonPart(read.value, commonNumber);
  const inner = dividedBy(read.value, shared);
  const outer = writeTerms([shared]);
  const isPlain = shared.powers.length === 0 && shared.value.numerator === 1n && shared.value.denominator === 1n;
  const walk = createWalk(expression);
  const withFront = (rest: Expression): Expression => (isPlain ? rest : multiplyInto(outer, rest));
  if (!isPlain)
    walk.go(withFront(writeTerms(inner)), {
      rule: 'common-factor',
      caption: 'Take out the common factor',
      say: 'Take out the factor that every term shares.',
    });
  const pattern = homogeneous(inner) ?? grouped(inner);
  if (pattern === null) {
    // A linear sum cannot be factored further; anything else might be, so it is not called finished.
    if (isPlain || !isLinear(inner)) return err({ reason: isPlain ? 'not-yet' : 'unsure' });
    return finished(expression, walk, withFront(writeTerms(inner)));
  }
  const answer = withFront(pattern.product);
  walk.go(answer, { rule: pattern.rule, caption: pattern.caption, say: pattern.say });
  const last = walk.current();
  return finished(expression, walk, isExpression(last) ? last : answer);
}

function multiplyInto(outer: Expression, rest: Expression): Expression {
  return rest.kind === 'multiply'
    ? multiply(multiplyInto(outer, rest.left), rest.right, 'implicit')
    : multiply(outer, rest, 'implicit');
}

function commonNumber(values: readonly Rational[]): Rational {
  const top = values.reduce((found, each) => greatestCommonDivisor(found, each.numerator), 0n);
  const below = values.reduce((found, each) => leastCommonMultiple(found, each.denominator), 1n);
  const [first] = values;
  return rational(first !== undefined && isNegative(first) ? -absolute(top) : absolute(top), below);
}

function isLinear(terms: Terms): boolean {
  return terms.every(({ powers }) => powers.reduce((sum, [, count]) => sum + count, 0) <= 1);
}

interface Pattern {
  readonly product: Expression;
  readonly rule: 'factor' | 'grouping';
  readonly caption: string;
  readonly say: string;
}

/** In `x² − 5xy + 6y²` every term has the same degree, so it factors like `x² − 5x + 6`. */
function homogeneous(terms: Terms): Pattern | null {
  const names = [...new Set(terms.flatMap(({ powers }) => powers.map(([name]) => name)))].sort();
  const [x, y, third] = names;
  if (x === undefined || y === undefined || third !== undefined) return null;
  const degrees = terms.map(({ powers }) => powers.reduce((sum, [, count]) => sum + count, 0));
  const [degree = 0] = degrees;
  if (degree < 2 || degree > 4 || degrees.some((each) => each !== degree)) return null;
  const countOf = (each: Monomial): number => each.powers.find(([name]) => name === x)?.[1] ?? 0;
  const single = terms.reduce<Polynomial>(
    (sum, each) => addPolynomials(sum, [...Array.from({ length: countOf(each) }, () => zero), each.value]),
    [],
  );
  const found = toFactored(single);
  if (found === null || found.factors.length < 2) return null;
  const product = writeFactored(found, x);
  return {
    product: homogenised(product, x, y),
    rule: 'factor',
    caption: terms.length === 2 && degree === 2 ? 'Difference of two squares' : 'Factor',
    say: 'Every term has the same degree, so it factors like a sum in one letter.',
  };
}

/** Puts the second letter back into each factor, as often as the first one has missing powers. */
function homogenised(product: Expression, x: string, y: string): Expression {
  if (product.kind === 'multiply')
    return multiply(homogenised(product.left, x, y), homogenised(product.right, x, y), 'implicit');
  if (product.kind === 'power') return { ...product, left: homogenised(product.left, x, y) };
  if (product.kind === 'negate') return { ...product, value: homogenised(product.value, x, y) };
  if (variablesOf(product).length === 0) return product;
  const terms = toTerms(product);
  if (!terms.ok) return product;
  const degree = Math.max(...terms.value.map(({ powers }) => powers[0]?.[1] ?? 0));
  const full = terms.value.map((each) => {
    const missing = degree - (each.powers[0]?.[1] ?? 0);
    return missing === 0 ? each : multiplyMonomials(each, { value: rational(1n), powers: [[y, missing]] });
  });
  return writeTerms(gathered(full));
}

/** `xy + 2x + 3y + 6`: two pairs that hide the same bracket. */
function grouped(terms: Terms): Pattern | null {
  const [first, ...others] = terms;
  if (terms.length !== 4 || first === undefined) return null;
  for (const partner of others) {
    const rest = others.filter((each) => each !== partner);
    const [one, two] = [gathered([first, partner]), gathered(rest)];
    const [outer, second] = [commonPart(one, commonNumber), commonPart(two, commonNumber)];
    const [inner, again] = [dividedBy(one, outer), dividedBy(two, second)];
    const text = (each: Terms): string =>
      each
        .map((part) => `${keyOf(part)}:${part.value.numerator.toString()}/${part.value.denominator.toString()}`)
        .join('+');
    if (text(inner) !== text(again)) continue;
    // Factors of higher degree might go further, so only linear ones count as finished.
    const outside = gathered([outer, second]);
    if (![outside, inner].every(isLinear)) return null;
    return {
      product: multiply(writeTerms(outside), writeTerms(inner), 'implicit'),
      rule: 'grouping',
      caption: 'Group in pairs',
      say: 'Put the terms in two pairs and take the common factor out of each: the same bracket is left.',
    };
  }
  return null;
}
