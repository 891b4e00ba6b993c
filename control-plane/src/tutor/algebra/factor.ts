/** Factoring as it is taught: the common factor, then the pattern. One unknown, or several of the simple kinds. */
import { err, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { fromRational, multiply, negate, variablesOf, type Expression } from './expression.js';
import { toFactored, writeFactored, type Factored } from './factors.js';
import { factorSeveral } from './factor-several.js';
import { toLatex } from './latex.js';
import { coefficient, fromPolynomial, toPolynomial, type Polynomial } from './polynomial.js';
import { equals, exactRoot, isNegative, isZero, one, over, sizeOf, zero } from './rational.js';
import { finished, toReason } from './rewrite.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, type StepWords } from './steps.js';
import { toWholeCoefficients } from './division.js';

/** Factors an expression; one that does not factor is said to be so. */
export function factor(expression: Expression): Result<Solution, Refusal> {
  const [name, second] = variablesOf(expression);
  if (name === undefined) return err({ reason: 'nothing-to-do' });
  if (second !== undefined) return factorSeveral(expression);
  const read = toPolynomial(expression, name);
  if (!read.ok) return err({ reason: toReason(read.error) });
  const polynomial = read.value;
  if (polynomial.length < 2) return err({ reason: 'nothing-to-do' });
  const found = toFactored(polynomial);
  if (found === null) return err({ reason: 'not-yet' });
  const answer = writeFactored(found, name);
  const walk = createWalk(expression);
  walk.go(fromPolynomial(polynomial, name), {
    rule: 'like-terms',
    caption: 'Write it in descending powers',
    say: 'First write it in descending powers.',
  });
  walk.go(withoutCommon(polynomial, name), {
    rule: 'common-factor',
    caption: 'Take out the common factor',
    say: 'Take out the factor that every term shares.',
  });
  walk.go(answer, patternOf(polynomial, found));
  if (found.factors.length === 1 && equals(sizeOf(found.front), one) && !isNegative(found.front))
    return finished(expression, walk, answer, 'It cannot be factored with whole numbers.');
  return finished(expression, walk, answer);
}

/** The common number and power in front of a bracket. */
function withoutCommon(polynomial: Polynomial, name: string): Expression {
  const lowest = polynomial.findIndex((each) => !isZero(each));
  const inner = toWholeCoefficients(polynomial.slice(lowest));
  const front = over(polynomial[polynomial.length - 1] ?? one, inner[inner.length - 1] ?? one);
  const outer = fromPolynomial([...Array.from({ length: lowest }, () => zero), sizeOf(front)], name);
  const bracket = fromPolynomial(inner, name);
  const isBare = lowest === 0 && equals(sizeOf(front), one);
  const product = isBare ? bracket : inner.length === 1 ? outer : multiply(outer, bracket, 'implicit');
  return isNegative(front) ? negate(product) : product;
}

function patternOf(polynomial: Polynomial, found: Factored): StepWords {
  const lowest = polynomial.findIndex((each) => !isZero(each));
  const inner = toWholeCoefficients(polynomial.slice(lowest));
  const terms = inner.filter((each) => !isZero(each)).length;
  if (terms === 2 && inner.length === 3)
    return {
      rule: 'factor',
      caption: 'Difference of two squares',
      say: 'This is a difference of two squares: a sum times a difference.',
    };
  if (terms === 2 && inner.length === 4)
    return {
      rule: 'factor',
      caption: `${isNegative(coefficient(inner, 0)) ? 'Difference' : 'Sum'} of two cubes`,
      say: 'These are two cubes, and there is a pattern for those.',
    };
  const [first, second] = found.factors.filter((each) => each.length === 2 && !isZero(coefficient(each, 0)));
  if (inner.length === 3 && first !== undefined && second !== undefined) {
    const same = toLatex(fromPolynomial(first, 'x')) === toLatex(fromPolynomial(second, 'x'));
    if (same && exactRoot(coefficient(inner, 2), 2) !== null)
      return { rule: 'factor', caption: 'Perfect square', say: 'This is the square of a sum or a difference.' };
    if (equals(coefficient(inner, 2), one))
      return { rule: 'factor', caption: 'Find two numbers', say: pairWords(inner, found) };
  }
  return { rule: 'factor', caption: 'Factor', say: 'Find the factors whose product this is.' };
}

function pairWords(inner: Polynomial, found: Factored): string {
  const [p, q] = found.factors
    .filter((each) => each.length === 2 && !isZero(coefficient(each, 0)))
    .map((each) => toSpoken(fromRational(coefficient(each, 0))));
  const [product, sum] = [coefficient(inner, 0), coefficient(inner, 1)].map((each) => toSpoken(fromRational(each)));
  return `Look for two numbers whose product is ${product ?? ''} and whose sum is ${sum ?? ''}: they are ${p ?? ''} and ${q ?? ''}.`;
}
