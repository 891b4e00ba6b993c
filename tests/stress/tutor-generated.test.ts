/** Generated problems of every topic, judged by an algebra system that is not the tutor's. `STRESS=1` runs 500 of each. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ask } from '../support/tutor/ask.js';
import { topics } from '../support/tutor/problems.js';
import { seeded } from '../support/tutor/random.js';

const count = process.env['STRESS'] === '1' ? 500 : 50;
/** What may be declined of each topic; a wrong answer is never allowed. */
const mayDecline: Readonly<Record<string, number>> = { arithmetic: 0.2, fractions: 0.2, decimals: 0.2, roots: 0.1 };

describe(`${count} generated problems of each topic`, () => {
  for (const [topic, make] of Object.entries(topics)) {
    it(`${topic}: none wrong, nearly all answered`, (test) => {
      const choices = seeded(topic.length * 7919 + 17);
      let answered = 0;
      const wrong: string[] = [];
      for (let index = 0; index < count; index += 1) {
        const { question, isRight } = make(choices);
        const found = ask(question);
        if (typeof found === 'string') continue;
        answered += 1;
        if (!isRight(found.answer)) wrong.push(`${question} → ${found.answer.exact}`);
      }
      test.diagnostic(`${answered} of ${count} answered`);
      assert.deepEqual(wrong, []);
      assert.ok(answered >= count * (1 - (mayDecline[topic] ?? 0.05)), `answered ${answered} of ${count}`);
    });
  }
});
