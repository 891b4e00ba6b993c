/** Quadratic inequalities: the zeros cut the line, and the sign between them tells. */
import { err, type Result } from '../../platform/result.js';
import { fromRadical } from './exact.js';
import { chain, integer, variable, type Chain, type Either, type Expression, type Relation } from './expression.js';
import { writeFactored, toFactored } from './factors.js';
import { toInequalityAnswer, turned } from './relations.js';
import { coefficient, fromPolynomial, type Polynomial } from './polynomial.js';
import { realRoots } from './quadratic.js';
import { asRational } from './radical.js';
import { isNegative, opposite } from './rational.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, inWords, toFormula } from './steps.js';

/** Solves `difference relation 0` for a difference of degree 2. */
export function solveQuadraticInequality(
  problem: Chain,
  name: string,
  difference: Polynomial,
  asked: Relation,
): Result<Solution, Refusal> {
  const flips = isNegative(coefficient(difference, 2));
  const polynomial = flips ? difference.map(opposite) : difference;
  const relation = flips ? turned[asked] : asked;
  const walk = createWalk(problem);
  walk.go(chain(fromPolynomial(polynomial, name), relation, integer(0n)), {
    rule: 'standard-form',
    caption: 'Bring everything to one side',
    say: 'Bring everything to one side, with a positive square.',
  });
  const roots = realRoots(coefficient(polynomial, 2), coefficient(polynomial, 1), coefficient(polynomial, 0));
  if (roots === null) return err({ reason: 'too-big' });
  const words = toFormula(problem);
  const above = relation.startsWith('>');
  const touches = relation.endsWith('=');
  const all = inWords('every-number', 'every number is a solution', 'The square never gets below zero.');
  const none = inWords('no-solution', 'no solution', 'The left side never gets there.');
  if (roots.length === 0) return finishWalk(words, walk, above ? all : none);
  const [low, high] = roots.map(fromRadical);
  if (low === undefined) return err({ reason: 'unsure' });
  if (high === undefined) {
    if (above && touches) return finishWalk(words, walk, all);
    if (!above && !touches) return finishWalk(words, walk, none);
    return err({ reason: 'not-yet' });
  }
  const factored = toFactored(polynomial);
  if (factored !== null && roots.every((each) => asRational(each) !== null))
    walk.go(chain(writeFactored(factored, name), relation, integer(0n)), {
      rule: 'factor',
      caption: 'Factor',
      say: 'Factor, to see where it is zero.',
    });
  const line = above ? outside(name, low, high, touches) : inside(name, low, high, touches);
  walk.go(line, {
    rule: 'sign-chart',
    caption: above ? 'Positive outside the zeros' : 'Negative between the zeros',
    say: above
      ? 'The curve opens upward, so it is positive outside its zeros.'
      : 'The curve opens upward, so it is negative between its zeros.',
  });
  return finishWalk(words, walk, toInequalityAnswer(line));
}

function inside(name: string, low: Expression, high: Expression, touches: boolean): Chain {
  const relation: Relation = touches ? '<=' : '<';
  return { kind: 'chain', sides: [low, variable(name), high], relations: [relation, relation] };
}

function outside(name: string, low: Expression, high: Expression, touches: boolean): Either {
  return {
    kind: 'either',
    equations: [chain(variable(name), touches ? '<=' : '<', low), chain(variable(name), touches ? '>=' : '>', high)],
  };
}
