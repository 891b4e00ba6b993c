/** Equations with the unknown under one root, `√(x + 1) = 3`, or in one exponent, `2^x = 8`. Linear insides only. */
import { err, type Result } from '../../platform/result.js';
import { evaluate, powerOf } from './evaluate.js';
import { equation, fromRational, power, variablesOf, type Equation, type Expression } from './expression.js';
import { coefficient, toPolynomial, type Polynomial } from './polynomial.js';
import { fromNumber } from './radical.js';
import { equals, isNegative, minus, one, over, rational, type Rational } from './rational.js';
import { createSolutionStep } from './solution-step.js';
import { oneOf, toSolutions } from './solutions.js';
import type { Refusal, Solution } from './solution.js';
import { createWalk, finishWalk, inWords, toFormula, type Walk } from './steps.js';
import { getAlone } from './undo.js';

/** Largest exponent that is looked for. */
const largestFound = 64;

/** Solves such an equation; null where it has another shape. */
export function solvePower(problem: Equation, name: string): Result<Solution, Refusal> | null {
  const isWanted = (part: Expression): boolean =>
    part.kind === 'root' || (part.kind === 'power' && variablesOf(part.left).length === 0);
  const shape = getAlone(problem.left, problem.right, isWanted) ?? getAlone(problem.right, problem.left, isWanted);
  if (shape === null) return null;
  const walk = createWalk(problem);
  walk.go(equation(shape.part, fromRational(shape.value)), {
    rule: 'both-sides-number',
    caption: shape.part.kind === 'root' ? 'Get the root alone' : 'Get the power alone',
    say: shape.part.kind === 'root' ? 'Get the root alone on one side.' : 'Get the power alone on one side.',
  });
  if (shape.part.kind === 'root') return underRoot(problem, name, walk, shape.part, shape.value);
  return shape.part.kind === 'power' ? inExponent(problem, name, walk, shape.part, shape.value) : null;
}

function underRoot(
  problem: Equation,
  name: string,
  walk: Walk,
  part: Extract<Expression, { kind: 'root' }>,
  value: Rational,
): Result<Solution, Refusal> {
  if (part.degree % 2 === 0 && isNegative(value))
    return finishWalk(toFormula(problem), walk, inWords('no-solution', 'no real solution', 'A square root is never negative.')); // prettier-ignore
  const inside = toPolynomial(part.value, name);
  const raised = powerOf(value, rational(BigInt(part.degree)));
  if (!inside.ok || inside.value.length !== 2 || !raised.ok) return err({ reason: 'not-yet' });
  const line = equation(part.value, fromRational(raised.value));
  const place = fromNumber(rootOf(inside.value, raised.value));
  walk.take(
    createSolutionStep(walk.current(), line, [name, [place]], {
      rule: 'root-both-sides',
      caption: part.degree === 2 ? 'Square both sides' : 'Undo the root on both sides',
      say: part.degree === 2 ? 'Square both sides.' : 'Undo the root on both sides.',
    }),
  );
  return lastLinear(problem, name, walk, inside.value, raised.value);
}

function inExponent(
  problem: Equation,
  name: string,
  walk: Walk,
  part: Extract<Expression, { kind: 'power' }>,
  value: Rational,
): Result<Solution, Refusal> {
  const base = evaluate(part.left);
  const exponent = toPolynomial(part.right, name);
  if (!base.ok || !exponent.ok || exponent.value.length !== 2) return err({ reason: 'not-yet' });
  if (isNegative(base.value) || equals(base.value, one) || base.value.numerator === 0n)
    return err({ reason: 'not-yet' });
  if (isNegative(value) || value.numerator === 0n)
    return finishWalk(toFormula(problem), walk, inWords('no-solution', 'no real solution', 'A power of a positive number is positive.')); // prettier-ignore
  for (let count = -largestFound; count <= largestFound; count += 1) {
    const exact = powerOf(base.value, rational(BigInt(count)));
    if (!exact.ok || !equals(exact.value, value)) continue;
    const same = equation(part, power(part.left, fromRational(rational(BigInt(count)))));
    walk.go(same, {
      rule: 'power',
      caption: 'Write both sides with the same base',
      say: 'Write both sides as powers of the same number, so the exponents are equal.',
    });
    const line = equation(part.right, fromRational(rational(BigInt(count))));
    const place = fromNumber(rootOf(exponent.value, rational(BigInt(count))));
    walk.take(
      createSolutionStep(same, line, [name, [place]], {
        rule: 'power',
        caption: 'Compare the exponents',
        say: 'The bases are the same, so the exponents are the same.',
      }),
    );
    return lastLinear(problem, name, walk, exponent.value, rational(BigInt(count)));
  }
  return err({ reason: 'irrational' });
}

/** Where the linear inside comes to the value. */
function rootOf(inside: Polynomial, value: Rational): Rational {
  return over(minus(value, coefficient(inside, 0)), coefficient(inside, 1));
}

function lastLinear(
  problem: Equation,
  name: string,
  walk: Walk,
  inside: Polynomial,
  value: Rational,
): Result<Solution, Refusal> {
  const root = rootOf(inside, value);
  walk.go(oneOf(name, [fromRational(root)]), {
    rule: 'divide-both-sides',
    caption: 'Solve what is left',
    say: 'Solve what is left.',
  });
  return toSolutions(problem, name, walk, [fromNumber(root)]);
}
