/** Problems with their answers and steps, as tables; and that a wrong step cannot get out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { understand } from '../understand/understand.js';
import { isSameLine } from './check.js';
import { add, equation, integer, multiply, variable, type Equation } from './expression.js';
import type { Solution } from './solution.js';
import { solve } from './solve.js';
import { createStep } from './steps.js';

function outcome(question: string): Solution | string {
  const meaning = understand(question);
  if (meaning.kind !== 'problem') return meaning.kind;
  const solved = solve(meaning.problem);
  return solved.ok ? solved.value : `declined: ${solved.error.reason}`;
}

function answer(question: string): string {
  const found = outcome(question);
  return typeof found === 'string' ? found : found.answer.exact;
}

function table(rows: readonly (readonly [string, string])[]): void {
  for (const [question, expected] of rows) it(question, () => assert.equal(answer(question), expected));
}

describe('arithmetic', () => {
  table([
    ['2.5 * 0.4', '1'], ['0.1 + 0.2', '3/10'], ['1/2 + 1/3', '5/6'], ['3/4 - 2/5', '7/20'], ['3/4 ÷ 2/5', '15/8'], ['2/3 * 9/4', '3/2'],
    ['0.5 + 1/3', '5/6'], ['2 1/2 + 1 3/4', '17/4'], ['15% of 80', '12'], ['12.5% of 40', '5'], ['-3/4 + 1/2', '-1/4'], ['12 / -3 / 4', '-1'],
    ['2 + 3 * (4 - 1)^2', '29'], ['2^-2', '1/4'], ['-2^2', '-4'], ['(-2)^3', '-8'], ['sqrt(16) + cbrt(27)', '7'], ['sqrt(4/9)', '2/3'], ['7 ÷ 2', '7/2'],
    ['100 - 7*(3+2)/5', '93'], ['6/8', '3/4'], ['2^100', '1267650600228229401496703205376'], ['0 * 5', '0'], ['-(-3) + 1', '4'], ['1.5/0.5', '3'], ['50%', '1/2'],
  ]); // prettier-ignore
});

describe('what has no value', () => {
  table([
    ['5/0', 'not defined'], ['0/0', 'not defined'], ['1/(2-2)', 'not defined'], ['0^0', 'not defined'], ['0^-1', 'not defined'], ['0*(1/0)', 'not defined'],
    ['sqrt(-4)', 'not a real number'], ['sqrt(2)', 'sqrt(2)'], ['2^10000', 'declined: too-big'], ['2^(1/2)', 'sqrt(2)'], ['ln(2)', 'declined: irrational'], ['10^50*10^50', 'declined: too-big'], ['42', 'declined: nothing-to-do'],
  ]); // prettier-ignore
});

describe('linear equations', () => {
  table([
    ['2x + 3 = 11', 'x = 4'], ['3(x-2) = 2x + 5', 'x = 11'], ['-3x = 12', 'x = -4'], ['5 = 2x', 'x = 5/2'], ['x/2 + 3 = 7', 'x = 8'], ['x/3 - 1/2 = x/6', 'x = 3'],
    ['(2x+1)/3 = (x-1)/2', 'x = -5'], ['0.5x + 1.2 = 3', 'x = 18/5'], ['-(x-3) = 2(x+1)', 'x = 1/3'], ['3x = 0', 'x = 0'], ['4 = x', 'x = 4'], ['15% of x = 12', 'x = 80'],
    ['2(x+1) = 2x+2', 'every number is a solution'], ['2x = 2x + 1', 'no solution'], ['(x+1)(x-1) = x^2 + 2x', 'x = -1/2'], ['2 + 2 = 4', 'true'], ['2 + 2 = 5', 'not true'],
    ['x + y = 3', 'declined: several-unknowns'], ['solve for y: 2x = 4', 'declined: unknown-missing'], ['5/x = 2', 'x = 5/2'], ['x^2/(x-1) = 1/(x-1)', 'x = -1'], ['1/x = 0', 'no solution'], ['x/0 = 3', 'declined: undefined'], ['x^0 = 1', 'declined: not-yet'],
  ]); // prettier-ignore
});

describe('quadratic equations', () => {
  table([
    ['x^2 - 5x + 6 = 0', 'x = 2 or x = 3'], ['x^2 = 9', 'x = -3 or x = 3'], ['2x^2 + 4x = 0', 'x = -2 or x = 0'], ['4x^2 - 4x + 1 = 0', 'x = 1/2'], ['x^2 + 1 = 0', 'no real solution'],
    ['x^2 + x + 1 = 0', 'no real solution'], ['(x-1)(x+2) = 4', 'x = -3 or x = 2'], ['x^2/2 = 8', 'x = -4 or x = 4'], ['-x^2 + 4 = 0', 'x = -2 or x = 2'], ['x^2 = 0', 'x = 0'], ['0.5x^2 = 2', 'x = -2 or x = 2'],
    ['x^2 = 2', 'x = -sqrt(2) or x = sqrt(2)'], ['x^3 = 8', 'x = 2'], ['x^2 + x - 1 = 0', 'x = (-1 - sqrt(5))/2 or x = (-1 + sqrt(5))/2'], ['x^5 + x + 3 = 0', 'declined: not-yet'],
  ]); // prettier-ignore
});

describe('rewriting', () => {
  table([
    ['2x + 3x - 4 + 7', '5x + 3'], ['expand (x+2)(x-3)', 'x^2 - x - 6'], ['expand (x+1)^2', 'x^2 + 2x + 1'], ['factor x^2 - 9', '(x + 3)(x - 3)'], ['factor 6x^2 - x - 2', '(2x + 1)(3x - 2)'],
    ['factor 4x + 8', '4(x + 2)'], ['factor -x^2 + 4', '-(x + 2)(x - 2)'], ['factor x^2 + 1', 'x^2 + 1'], ['derivative of x^3 + 2x', '3x^2 + 2'], ['derivative of (x+1)^2', '2x + 2'], ['differentiate x/2', '1/2'],
    ['x/x', '1'], ['gcd of 48 and 36', '12'], ['lcm of 4 and 6', '12'], ['gcd of 48, 36 and 30', '6'], ['gcd of 0 and 5', 'declined: not-yet'],
  ]); // prettier-ignore
});

describe('steps', () => {
  const shown = (question: string): readonly string[] => {
    const found = outcome(question);
    return typeof found === 'string' ? [found] : found.steps.map(({ latex, caption }) => `${caption}: ${latex}`);
  };
  it('of a linear equation', () => {
    assert.deepEqual(shown('3(x-2) = 2x + 5'), ['Multiply out the brackets: 3x - 6 = 2x + 5', 'Subtract two x from both sides: x - 6 = 5', 'Add 6 to both sides: x = 11']); // prettier-ignore
  });
  it('of an equation with fractions', () => {
    assert.deepEqual(shown('x/2 + x/3 = 5'), ['Multiply both sides by 6: 3x + 2x = 30', 'Tidy each side: 5x = 30', 'Divide both sides by 5: x = 6']); // prettier-ignore
  });
  it('of a sum of fractions', () => {
    assert.deepEqual(shown('1/6 + 1/3'), [
      'Write both over the common denominator 6: \\frac{1}{6} + \\frac{1}{3} = \\frac{1 + 2}{6}',
      'Add 1 and 2: \\frac{1 + 2}{6} = \\frac{3}{6}',
      'Divide top and bottom by 3: \\frac{3}{6} = \\frac{1}{2}',
    ]);
  });
  it('brackets first, then powers, products, sums', () => {
    assert.deepEqual(shown('1 + 2 * (4 - 1)^2').map((each) => each.split(':')[0]), ['Subtract 1 from 4', 'Work out the power', 'Multiply 2 by 9', 'Add 1 and 18']); // prettier-ignore
  });
  it('a long sum is one step', () => {
    assert.equal(shown(Array.from({ length: 30 }, () => '1').join('+')).length, 1);
  });
});

describe('the check', () => {
  const x = variable('x');
  const line = (left: number, right: number): Equation =>
    equation(add(multiply(integer(2n), x, 'implicit'), integer(BigInt(left))), integer(BigInt(right)));
  it('lets a right step pass and no wrong one', () => {
    assert.equal(isSameLine(line(3, 11), equation(multiply(integer(2n), x, 'implicit'), integer(8n))), true);
    assert.equal(isSameLine(line(3, 11), equation(multiply(integer(2n), x, 'implicit'), integer(14n))), false);
    assert.equal(isSameLine(add(x, x), multiply(integer(2n), x)), true);
    assert.equal(isSameLine(add(x, x), multiply(x, x)), false);
    assert.equal(isSameLine(equation(multiply(x, x), integer(9n)), equation(x, integer(3n))), false);
    assert.equal(isSameLine(line(3, 11), equation(integer(0n), integer(0n))), false);
  });
  it('makes no step that does not check', () => {
    assert.equal(createStep(line(3, 11), line(3, 12), { rule: 'add', caption: '', say: '' }), null);
  });
});
