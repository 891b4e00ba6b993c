/** Lessons of the kinds that are easily answered instead of taught: systems, factoring; and what is said of other answers. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTutor } from '../tutor.js';

/** What the tutor said to each sentence of one lesson. */
function lesson(...sentences: readonly string[]): readonly string[] {
  const { reply } = createTutor().open({ lang: 'en' });
  return sentences.map((sentence) =>
    reply(sentence)
      .pieces.map(({ say }) => say)
      .filter((say) => say !== '')
      .join(' '),
  );
}

function last(...sentences: readonly string[]): string {
  return lesson(...sentences).at(-1) ?? '';
}

describe('a system', () => {
  const system = 'solve 2x + y = 7 and x - y = 2';
  it('is begun with one step, and the answer is not given away', () => {
    assert.match(last(system), /Add the equations, so that y drops out\. What is the next line\?$/);
  });
  it('is led to its end', () => {
    const said = lesson(system, 'x = 4', 'x = 3', 'y = 2', 'y = 1');
    assert.match(said[1] ?? '', /slip in the arithmetic/);
    assert.match(said[2] ?? '', /So what does y equal\?$/);
    assert.match(said[3] ?? '', /slip in the arithmetic/);
    assert.match(said[4] ?? '', /So x equals three, and y equals one\./);
  });
  it('may be done by the other unknown first', () => {
    assert.match(last('x + y = 10, x - y = 4', '2y = 6', 'y = 3'), /So what does x equal\?$/);
    assert.match(last('x + y = 10, x - y = 4', '2y = 6', 'y = 3', 'x = 7'), /So x equals seven, and y equals three\./);
  });
  it('is right with both numbers at once, in their order only', () => {
    assert.match(last('y = 2x, x + y = 9', 'x = 3 and y = 6'), /So x equals three, and y equals six\./);
    assert.match(last('y = 2x, x + y = 9', '3 and 6'), /So x equals three, and y equals six\./);
    assert.doesNotMatch(last('y = 2x, x + y = 9', '6 and 3'), /So x equals/);
    assert.doesNotMatch(last('y = 2x, x + y = 9', 'x = 6'), /So x equals/);
  });
  it('is practised', () => assert.match(last('practice systems'), /^Here is one for you: solve .*, and .* equals/));
});

describe('factoring in one step', () => {
  it('says what to look for, and asks', () => {
    assert.match(last('factor x^2 + 5x + 6'), /whose sum is five\. Which product is it\?$/);
    assert.match(last('factor x^2 + 5x + 6', '(x+1)(x+6)'), /Their sum has to be/);
    assert.match(last('factor x^2 + 5x + 6', '(x+2)(x+3)'), /The answer is the quantity x plus three/);
  });
});

describe('an attempt that resembles the problem', () => {
  it('is right when the brackets are gone', () => {
    assert.match(last('simplify 3(x + 2) - x', '2x + 6'), /The answer is two x plus six\./);
  });
  it('is no answer while they are there', () => {
    assert.doesNotMatch(last('simplify 3(x + 2) - x', '3(x + 2) - x'), /The answer is/);
  });
  it('is known once the problem is done', () => {
    assert.match(last('2x = 8', 'x = 4', 'x = 4'), /^Yes, that is the answer\./);
  });
});

describe('answers that are no number', () => {
  const told: readonly (readonly [string, RegExp])[] = [
    ['is seven prime', / Seven is prime\./], ['is 12 divisible by 5', / Twelve is not divisible by five\./], ['factors of 12', / They are one, two, three, four, six and twelve\./], ['prime factors of 60', / As a product of primes it is two squared/],
    ['how many centimeters in five feet', /^Let us write five feet in centimeters\..* That is one hundred fifty-two point four centimeters\./], ['is 2/3 greater than 3/5', / Yes, that is true\./], ['is 2/3 less than 3/5', / No, that is not true\./], ['7 = 8', / the two sides have different values\./],
    ['what is 2x + 1 when x is 3', /^Let us work out two x plus one when x is three\./], ['round 3.456 to 2 decimal places', /^Let us round three point four five six to two decimal places\./], ['write 3/5 as a percent', /^Let us write three fifths as a percentage\./],
    ['percent change from 40 to 50', /^Let us find the percent change from forty to fifty\./], ['x + y = 5', /^There is more than one unknown in it\./], ['convert 100 f to c', / That is about thirty-seven point seven seven seven eight degrees Celsius\./],
  ]; // prettier-ignore
  for (const [question, words] of told) it(question, () => assert.match(last(question), words));
});
