/** The table of classic mistakes: each one is made here by hand, and named. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { solve } from '../algebra/solve.js';
import { understand } from '../understand/understand.js';
import { readAttempt } from './attempt.js';
import { judge } from './judge.js';
import { findMistake, mistakeNames } from './mistakes.js';

/** Which mistake the attempt at a problem is taken for; null where none explains it. */
function mistakeIn(problem: string, attempt: string): string | null {
  const meaning = understand(problem);
  assert.ok(meaning.kind === 'problem', problem);
  const solved = solve(meaning.problem);
  assert.ok(solved.ok, problem);
  const read = readAttempt(attempt);
  assert.ok(read !== null, attempt);
  const work = { problem: meaning.problem, solution: solved.value, at: 0, misses: 0, hints: 0, practice: true };
  assert.equal(judge(work, read).kind, 'wrong', `${attempt} for ${problem}`);
  return findMistake(read, solved.value.steps)?.name ?? null;
}

const made: readonly (readonly [string, string, string])[] = [
  ['forgot-to-distribute', '2(x + 3) = 14', '2x + 3 = 14'],
  ['forgot-to-distribute', '2(x + 3) = 14', 'x = 11/2'],
  ['forgot-to-distribute', 'expand 4(x - 5)', '4x - 5'],
  ['lost-minus', 'simplify 5 - (x + 2)', '5 - x + 2'],
  ['lost-minus', '9 - (x - 2) = 4', '9 - x - 2 = 4'],
  ['squared-one-term', 'expand (x + 3)^2', 'x^2 + 9'],
  ['multiplied-exponents', 'simplify x^2 * x^3', 'x^6'],
  ['added-exponents', 'simplify (x^2)^3', 'x^5'],
  ['added-denominators', '1/2 + 1/3', '2/5'],
  ['added-denominators', '3/4 - 1/2', '2/2'],
  ['kept-tops', '1/2 + 1/3', '2/6'],
  ['forgot-to-flip', '(1/2) ÷ (3/4)', '3/8'],
  ['multiplied-by-exponent', '2^3', '6'],
  ['halved-for-root', 'sqrt(16)', '8'],
  ['forgot-hundred', '15% of 80', '1200'],
  ['divided-for-of', '3/4 of 24', '32'],
  ['left-to-right', '2 + 3 * 4', '20'],
  ['kept-sign', '2x + 3 = 11', '2x = 14'],
  ['kept-sign', '2x + 3 = 11', 'x = 7'],
  ['kept-sign', '5x = 2x + 9', '7x = 9'],
  ['one-side-only', '2x + 3 = 11', '2x = 11'],
  ['divided-one-side', '2x + 6 = 14', 'x + 6 = 7'],
  ['divided-one-side', '3x = 12', 'x = 12'],
  ['multiplied-instead', '3x = 12', 'x = 36'],
  ['subtracted-coefficient', '3x = 12', '9'],
  ['upside-down', '3x = 12', 'x = 1/4'],
  ['forgot-to-turn', '-2x + 1 > 5', 'x > -2'],
  ['turned-for-nothing', '2x + 1 > 5', 'x < 2'],
  ['halved-square', 'x^2 = 36', '18'],
  ['sign-of-roots', '(x - 2)(x - 5) = 0', 'x = -2 or x = -5'],
  ['sign-of-roots', 'x^2 - 5x + 6 = 0', '2 and -3'],
  ['sum-does-not-fit', 'x^2 - 5x + 6 = 0', '(x - 1)(x - 6) = 0'],
  ['product-does-not-fit', 'factor x^2 + 5x + 6', '(x + 1)(x + 4)'],
  ['kept-exponent', 'derivative of 2x^3', '6x^3'],
  ['forgot-factor', 'derivative of x^4', 'x^3'],
  ['kept-constant', 'derivative of x^2 + 7', '2x + 7'],
  ['sign-of-product', '8 * -7', '56'],
  ['wrong-sign', '4x = -20', 'x = 5'],
  ['ten-times', '25 * 40', '100'],
  ['slip', '2x + 3 = 11', '2x = 9'],
  ['slip', '46 + 27', '37'],
]; // prettier-ignore

describe('classic mistakes', () => {
  for (const [name, problem, attempt] of made) {
    it(`${problem}, answered ${attempt}: ${name}`, () => assert.equal(mistakeIn(problem, attempt), name));
  }
  it('all of them are made above', () => {
    assert.deepEqual(mistakeNames.filter((name) => !made.some(([each]) => each === name)), []); // prettier-ignore
  });
  it('an attempt that no mistake explains has none', () => {
    assert.equal(mistakeIn('2x + 3 = 11', 'x = 119'), null);
    assert.equal(mistakeIn('x^2 - 5x + 6 = 0', '(x + 10)(x - 3) = 0'), null);
  });
});
