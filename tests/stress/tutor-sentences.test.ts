/** Random sentences: right or refused, never wrong, never a crash. `STRESS=1` runs 10,000, otherwise 1,000. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ask } from '../support/tutor/ask.js';
import { isClose, solutionsIn, valueOf } from '../support/tutor/oracle.js';
import { seeded } from '../support/tutor/random.js';
import { damaged, garbage, scribble, sentence } from '../support/tutor/sentences.js';

const quarter = process.env['STRESS'] === '1' ? 2500 : 250;

describe(`${quarter * 4} random sentences`, () => {
  it('made with a known answer: that answer or a refusal, and mostly the answer', (test) => {
    const choices = seeded(101);
    let answered = 0;
    for (let index = 0; index < quarter; index += 1) {
      const { text, expected, unknown } = sentence(choices);
      const found = ask(text);
      if (typeof found === 'string') continue;
      answered += 1;
      const exact =
        unknown === undefined ? found.answer.exact : (solutionsIn(found.answer.exact, unknown)?.[0] ?? 'NaN');
      assert.ok(isClose(valueOf(exact), expected), `${text} → ${found.answer.exact}, not ${expected}`);
    }
    test.diagnostic(`${answered} of ${quarter} answered, the others refused`);
    assert.ok(answered > quarter * 0.85, `answered ${answered} of ${quarter}`);
  });

  it('damaged: no crash, and whatever is answered is whole', (test) => {
    const choices = seeded(102);
    let answered = 0;
    for (let index = 0; index < quarter; index += 1) {
      const text = damaged(choices, sentence(choices).text);
      const found = ask(text);
      if (typeof found === 'string') continue;
      answered += 1;
      assert.ok(found.answer.latex !== '' && found.answer.spoken !== '', text);
      assert.doesNotMatch(found.answer.spoken, /[\\^*/=+<>$%√]/, text);
    }
    test.diagnostic(`${answered} of ${quarter} answered, the others refused`);
  });

  it('signs in any order: what is answered is what an independent calculator says', (test) => {
    const choices = seeded(103);
    let answered = 0;
    for (let index = 0; index < quarter; index += 1) {
      const text = scribble(choices);
      const found = ask(text);
      if (typeof found === 'string') continue;
      const expected = secondOpinion(text);
      if (expected === null) continue;
      answered += 1;
      const isNone = found.answer.kind === 'undefined' || found.answer.kind === 'not-real';
      if (!Number.isFinite(expected) || isNone) assert.equal(Number.isFinite(expected), !isNone, text);
      else
        assert.ok(isClose(valueOf(found.answer.exact), expected), `${text} → ${found.answer.exact}, not ${expected}`);
    }
    test.diagnostic(`${answered} of ${quarter} answered and compared`);
    assert.ok(answered > quarter * 0.02);
  });

  it('garbage: no crash', () => {
    const choices = seeded(104);
    for (let index = 0; index < quarter; index += 1) {
      const found = ask(garbage(choices));
      assert.ok(typeof found === 'string' || found.answer.latex !== '');
    }
  });
});

/** The other calculator's value, or null where it does not read the text as one calculation. */
function secondOpinion(text: string): number | null {
  // Mixed numbers and factorials of fractions are read differently by calculators.
  if (/\d \d|\.\d*\s*!/.test(text)) return null;
  try {
    return valueOf(text);
  } catch {
    return null;
  }
}
