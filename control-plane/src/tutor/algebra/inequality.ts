/** Linear and quadratic inequalities, with the sign turned where a negative number divides. */
import { err, type Result } from '../../platform/result.js';
import { toSpoken } from '../speech/spoken.js';
import { chain, fromRational, integer, variable, variablesOf, type Chain, type Either, type Expression, type Relation } from './expression.js'; // prettier-ignore
import { compareSides } from './inequality-truth.js';
import { coefficient, fromPolynomial, scalePolynomial, subtractPolynomials, toPolynomial, type Polynomial } from './polynomial.js'; // prettier-ignore
import { toInequalityAnswer, turned } from './relations.js';
import { solveQuadraticInequality } from './quadratic-inequality.js';
import { equals, isNegative, isZero, leastCommonMultiple, minus, one, opposite, over, rational, zero, type Rational } from './rational.js'; // prettier-ignore
import { multipliedOut, hasBrackets } from './sides.js';
import { toReason } from './rewrite.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, inWords, toFormula, type Walk } from './steps.js';

/** Solves one inequality, or two in a row around a linear middle. */
export function solveInequality(problem: Chain): Result<Solution, Refusal> {
  const names = variablesOf(problem);
  const [name] = names;
  if (names.length > 1) return err({ reason: 'several-unknowns' });
  if (name === undefined) return compareSides(problem);
  const sides: Polynomial[] = [];
  for (const side of problem.sides) {
    const read = toPolynomial(side, name);
    if (!read.ok) return solveAbsolute(problem, name) ?? err({ reason: toReason(read.error) });
    sides.push(read.value);
  }
  const [left = [], right = [], third] = sides;
  const [relation = '<', second] = problem.relations;
  if (third !== undefined && second !== undefined)
    return between(problem, name, [left, right, third], createWalk(problem));
  const difference = subtractPolynomials(left, right);
  if (difference.length === 3) return solveQuadraticInequality(problem, name, difference, relation);
  if (difference.length > 3) return err({ reason: 'not-yet' });
  return linear(problem, name, left, right, relation);
}

function linear(
  problem: Chain,
  name: string,
  first: Polynomial,
  second: Polynomial,
  asked: Relation,
): Result<Solution, Refusal> {
  const walk = createWalk(problem);
  let [left, right, relation] = [first, second, asked];
  const write = (each: Polynomial): Expression => fromPolynomial(each, name);
  const line = (): Chain => chain(write(left), relation, write(right));
  const [a, b] = problem.sides;
  if (a !== undefined && b !== undefined && (hasBrackets(a) || hasBrackets(b)))
    walk.go(chain(multipliedOut(a, name, 'fraction'), relation, multipliedOut(b, name, 'fraction')), {
      rule: 'brackets',
      caption: 'Multiply out the brackets',
      say: 'Multiply out the brackets.',
    });
  const below = [...left.slice(1), ...right.slice(1)].reduce(
    (found, each) => leastCommonMultiple(found, each.denominator),
    1n,
  );
  if (below > 1n) {
    const all = [...left, ...right].reduce((found, each) => leastCommonMultiple(found, each.denominator), 1n);
    [left, right] = [scalePolynomial(left, rational(all)), scalePolynomial(right, rational(all))];
    walk.go(line(), {
      rule: 'clear-fractions',
      caption: `Multiply both sides by ${all.toString()}`,
      say: `Multiply both sides by ${toSpoken(integer(all))} to clear the fractions.`,
    });
  }
  walk.go(line(), { rule: 'like-terms', caption: 'Tidy each side', say: 'Tidy up each side.' });
  if (isZero(coefficient(left, 1))) {
    [left, right, relation] = [right, left, turned[relation]];
    walk.go(line(), {
      rule: 'swap-sides',
      caption: 'Swap the sides and turn the sign',
      say: 'Swap the sides, and the sign turns with them.',
    });
  }
  const moved = coefficient(right, 1);
  [left, right] = [subtractPolynomials(left, [zero, moved]), subtractPolynomials(right, [zero, moved])];
  walk.go(line(), {
    rule: 'both-sides-unknown',
    caption: 'Bring the unknown to one side',
    say: `Bring the terms with ${name} to the left side.`,
  });
  const slope = coefficient(left, 1);
  if (isZero(slope)) return withoutUnknown(problem, walk, minus(coefficient(left, 0), coefficient(right, 0)), relation);
  const constant = coefficient(left, 0);
  [left, right] = [subtractPolynomials(left, [constant]), subtractPolynomials(right, [constant])];
  walk.go(line(), {
    rule: 'both-sides-number',
    caption: 'Bring the numbers to the other side',
    say: 'Bring the numbers to the right side.',
  });
  const bound = over(coefficient(right, 0), slope);
  const final = chain(variable(name), isNegative(slope) ? turned[relation] : relation, fromRational(bound));
  walk.go(final, dividing(slope));
  return finishWalk(toFormula(problem), walk, toInequalityAnswer(final));
}

function dividing(slope: Rational): { rule: 'flip' | 'divide-both-sides'; caption: string; say: string } {
  const number = toSpoken(fromRational(slope));
  return isNegative(slope)
    ? {
        rule: 'flip',
        caption: 'Divide by a negative number: the sign turns',
        say: `Divide both sides by ${number}. That is negative, so the sign turns around.`,
      }
    : { rule: 'divide-both-sides', caption: `Divide both sides by ${number}`, say: `Divide both sides by ${number}.` };
}

function withoutUnknown(
  problem: Chain,
  walk: Walk,
  difference: Rational,
  relation: Relation,
): Result<Solution, Refusal> {
  const sign = isZero(difference) ? 0 : isNegative(difference) ? -1 : 1;
  const truth = { '<': sign < 0, '>': sign > 0, '<=': sign <= 0, '>=': sign >= 0 }[relation];
  const answer = truth
    ? inWords('every-number', 'every number is a solution', 'The unknown is gone and what is left is always true.')
    : inWords('no-solution', 'no solution', 'The unknown is gone and what is left is never true.');
  return finishWalk(toFormula(problem), walk, answer);
}

/** `-3 < 2x + 1 < 7`: the same is done to all three sides. */
function between(
  problem: Chain,
  name: string,
  [low, middle, high]: readonly [Polynomial, Polynomial, Polynomial],
  walk: Walk,
): Result<Solution, Refusal> {
  if (low.length > 1 || high.length > 1 || middle.length !== 2) return err({ reason: 'not-yet' });
  const [first = '<', second = '<'] = problem.relations;
  if (first.charAt(0) !== second.charAt(0)) return err({ reason: 'not-yet' });
  const [constant, slope] = [coefficient(middle, 0), coefficient(middle, 1)];
  const ends = [coefficient(low, 0), coefficient(high, 0)].map((each) => minus(each, constant));
  const [from = zero, to = zero] = ends;
  const write = fromRational;
  walk.go(
    { kind: 'chain', sides: [write(from), fromPolynomial([zero, slope], name), write(to)], relations: [first, second] },
    {
      rule: 'both-sides-number',
      caption: 'Do the same to all three sides',
      say: 'Bring the number in the middle to both ends.',
    },
  );
  const [a, b] = [over(from, slope), over(to, slope)];
  const rising = first.startsWith('<');
  const flips = isNegative(slope);
  // The smaller end comes first, whatever way round it was asked.
  const keeps = rising !== flips;
  const relations: readonly Relation[] = rising ? [first, second] : [turned[first], turned[second]];
  const line: Chain = keeps
    ? { kind: 'chain', sides: [write(a), variable(name), write(b)], relations: flips ? [relations[0] ?? '<', relations[1] ?? '<'] : relations }
    : { kind: 'chain', sides: [write(b), variable(name), write(a)], relations: [relations[1] ?? '<', relations[0] ?? '<'] }; // prettier-ignore
  if (isNegative(minus(keeps ? b : a, keeps ? a : b)))
    return finishWalk(
      toFormula(problem),
      walk,
      inWords('no-solution', 'no solution', 'No number is between those ends.'),
    );
  walk.go(
    line,
    equals(slope, one)
      ? { rule: 'swap-sides', caption: 'Smaller end first', say: 'Put the smaller end first.' }
      : dividing(slope),
  );
  return finishWalk(toFormula(problem), walk, toInequalityAnswer(line));
}

/** `|x − 2| < 3` is a distance: between two ends, or outside them. */
function solveAbsolute(problem: Chain, name: string): Result<Solution, Refusal> | null {
  const [a, b, third] = problem.sides;
  const [asked] = problem.relations;
  if (a === undefined || b === undefined || third !== undefined || asked === undefined) return null;
  const [bars, bound, relation] = a.kind === 'call' ? [a, b, asked] : [b, a, turned[asked]];
  if (bars.kind !== 'call' || bars.name !== 'abs') return null;
  const [inside, limit] = [toPolynomial(bars.value, name), toPolynomial(bound, name)];
  if (!inside.ok || !limit.ok || inside.value.length !== 2 || limit.value.length !== 1) return null;
  const size = coefficient(limit.value, 0);
  if (isNegative(size)) return null;
  const walk = createWalk(problem);
  const low: Polynomial = [opposite(size)];
  if (relation.startsWith('<')) {
    const line: Chain = { kind: 'chain', sides: [fromRational(opposite(size)), bars.value, fromRational(size)], relations: [relation, relation] }; // prettier-ignore
    walk.go(line, { rule: 'absolute-value', caption: 'The inside is between both ends', say: 'The distance is small, so the inside is between both ends.' }); // prettier-ignore
    const solved = between(line, name, [low, inside.value, [size]], walk);
    return solved.ok ? { ok: true, value: { ...solved.value, problem: toFormula(problem) } } : solved;
  }
  const [constant, slope] = [coefficient(inside.value, 0), coefficient(inside.value, 1)];
  const ends = [over(minus(opposite(size), constant), slope), over(minus(size, constant), slope)];
  const [from = zero, to = zero] = isNegative(slope) ? [...ends].reverse() : ends;
  const line: Either = {
    kind: 'either',
    equations: [
      chain(variable(name), relation === '>' ? '<' : '<=', fromRational(from)),
      chain(variable(name), relation, fromRational(to)),
    ],
  };
  walk.go(line, { rule: 'absolute-value', caption: 'The inside is beyond one end', say: 'The distance is large, so the inside is beyond one of the ends.' }); // prettier-ignore
  return finishWalk(toFormula(problem), walk, toInequalityAnswer(line));
}
