/** Questions that invite a wrong answer: each gets exactly the one that is right, or none. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ask } from '../support/tutor/ask.js';

/** What must not be answered: word problems, dates, clocks, negations, two questions, two readings. */
const declined: readonly string[] = [
  'If Tom has 5 apples and gives 2 away, how many are left', 'John has 12 marbles and loses 5', 'a train travels 60 miles in 2 hours, what is its speed', 'how much is 3 apples at 50 cents each',
  'there are 24 students, one third are boys, how many are girls', 'the area of a rectangle 3 by 4', 'the sum of two consecutive numbers is 15', '12/25/2024', '2024-12-25', 'what is 3:15 plus 20 minutes', 'what time is it 5 hours after 10 am',
  'half past three', 'twenty to five', 'what is not 5+3', "what isn't 5 + 3", '5 + 3 is not 9', "don't tell me 5+3", 'never mind 5 + 3', 'what is 5 + 3 and 6 + 2', 'what is 5+3? and what is 2*4?', 'solve x+1=3 and x+2=5', 'solve x + 1 = 3 and then add 5',
  'increase 100 by 10% then decrease by 10%', '100 + 10%', '|x - 2| x |', '6/2(1+2)', '1/2x', '2/3x = 4', 'two to the power of three squared', 'minus two squared', 'sin pi/6', 'the sine of pi over six', 'cos 2*x', 'log 100/10', '1.5.2', '1,5 + 2', '5 % 3', 'two twenty five', 'one two three',
  'is 8 the square root of 64', 'is 12 half of 24', 'is 3 squared 9', 'is 5 a factor of 20', 'is 4 twice 2', 'is 6 the sum of 2 and 4', 'are 3 and 5 prime', 'is 20 10% of 200', 'is 8 fewer than 9',
  '5 + + 3', '5 * / 3', '10^10000', '2^200', '100!', 'sqrt(x^2) = x', '5 kg to meters', 'expand (x+y+z+w)^6',
]; // prettier-ignore

const answered: readonly (readonly [string, string])[] = [
  ['0/0 + 1', 'not defined'], ['(1/0)*0', 'not defined'], ['0^0', 'not defined'], ['0^-1', 'not defined'], ['\\frac{1}{\\frac{1}{\\frac{1}{0}}}', 'not defined'], ['sqrt(-4)', 'not a real number'], ['(-8)^(2/6)', '-2'],
  ['x/x = 2', 'no solution'], ['(x^2-1)/(x-1) = 2', 'no solution'], ['x^2/x = 0', 'no solution'], ['2/(x-2) = x/(x-2)', 'no solution'], ['1/(x-2) + 1 = (x^2-3)/(x-2)', 'x = -1'], ['sqrt(x) = -2', 'no real solution'], ['|2x - 1| = -3', 'no solution'],
  ['sqrt(x) = x - 2', 'x = 4'], ['x = sqrt(x+6)', 'x = 3'], ['root x equals five', 'x = 25'], ['zero x equals five', 'no solution'], ['(x-1)^3 = 0', 'x = 1'], ['x^5 = x', 'x = -1 or x = 0 or x = 1'],
  ['-2x > 4', 'x < -2'], ['-x/3 >= 2', 'x <= -6'], ['2 < x < 1', 'no solution'], ['x^2 < -1', 'no solution'], ['half of a third', '1/6'], ['50% of 50% of 200', '50'], ['20% of 30% of 40%', '3/125'], ['2^3^2', '512'], ['-2^2', '-4'], ['5 - -3', '8'], ['0.1 + 0.2', '3/10'],
  ['is 2/3 greater than 3/5', 'true'], ['is 2/3 less than 3/5', 'not true'], ['is 5 less than 8', 'true'], ['is 10 more than 12', 'not true'], ['what is 5 less than 8', '3'], ['is 2 + 2 less than or equal to 4', 'true'], ['is 5 + 3 equal to 8', 'true'], ['does 5 + 3 equal 9', 'not true'], ['is 1 prime', 'not prime'], ['round -2.5 to the nearest whole number', '-3'], ['subtract seven from three x and set it equal to eleven', 'x = 6'], ['how many centimetres in five feet six inches', '167.64 cm'], ['how many minutes in an hour and a half', '90 min'],
]; // prettier-ignore

describe('declined', () => {
  for (const question of declined) it(question, () => assert.equal(typeof ask(question), 'string'));
});

describe('answered rightly', () => {
  for (const [question, exact] of answered)
    it(question, () => {
      const found = ask(question);
      assert.ok(typeof found !== 'string', 'declined');
      assert.equal(found.answer.exact, exact);
    });
});
