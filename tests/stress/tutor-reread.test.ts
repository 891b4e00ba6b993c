/** What the tutor reads back is what it understood: its own words and its own formula, asked again, never get another answer. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { solve } from '../../control-plane/src/tutor/algebra/solve.js';
import { understand } from '../../control-plane/src/tutor/understand/understand.js';
import { topics } from '../support/tutor/problems.js';
import { seeded } from '../support/tutor/random.js';
import { damaged, sentence } from '../support/tutor/sentences.js';

const count = process.env['STRESS'] === '1' ? 500 : 40;

interface Understood {
  readonly task: string;
  readonly exact: string;
  readonly forms: readonly string[];
}

function read(question: string): Understood | null {
  const meaning = understand(question);
  if (meaning.kind !== 'problem') return null;
  const solved = solve(meaning.problem);
  if (!solved.ok) return null;
  const { problem, answer } = solved.value;
  return { task: meaning.problem.task, exact: answer.exact, forms: [problem.spoken, problem.latex] };
}

/** How many readings were compared; a form that is declined, or that asks for something else, is no contradiction. */
function compare(question: string): number {
  const first = read(question);
  if (first === null) return 0;
  return first.forms.filter((form) => {
    const second = read(form);
    if (second?.task !== first.task) return false;
    assert.equal(second.exact, first.exact, `${question} → ${form}`);
    return true;
  }).length;
}

describe('readings asked again', () => {
  for (const [topic, make] of Object.entries(topics))
    it(topic, (test) => {
      const choices = seeded(topic.length * 31 + 5);
      let compared = 0;
      for (let index = 0; index < count; index += 1) compared += compare(make(choices).question);
      test.diagnostic(`${compared} compared`);
    });

  it('damaged sentences', (test) => {
    const choices = seeded(77);
    let compared = 0;
    for (let index = 0; index < count * 10; index += 1) compared += compare(damaged(choices, sentence(choices).text));
    test.diagnostic(`${compared} compared`);
    assert.ok(compared > count);
  });
});
