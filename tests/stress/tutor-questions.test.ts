/** Hand-made questions of all kinds, judged by an algebra system that is not the tutor's. Core ones right, none wrong. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ask } from '../support/tutor/ask.js';
import { isRight, type Final } from '../support/tutor/oracle.js';

interface Question {
  readonly id: string;
  readonly tier: 'core' | 'stretch';
  readonly question: string;
  readonly final: Final;
}

for (const file of ['student-questions', 'more-questions', 'varied-questions']) {
  const questions = JSON.parse(
    readFileSync(new URL(`../support/data/${file}.json`, import.meta.url), 'utf8'),
  ) as readonly Question[];
  describe(`${questions.length} questions of ${file}.json`, () => {
    for (const { id, tier, question, final } of questions) {
      it(`${id}: ${question}`, () => {
        const found = ask(question);
        if (typeof found === 'string') assert.equal(tier, 'stretch', `declined: ${found}`);
        else {
          assert.ok(isRight(final, found.answer), `answered ${found.answer.exact}`);
          assert.doesNotMatch(found.answer.spoken, /[\\^*/=+<>$%√]/);
          for (const step of found.steps) assert.ok(step.latex !== '' && step.spoken !== '' && step.caption !== '');
        }
      });
    }
  });
}
