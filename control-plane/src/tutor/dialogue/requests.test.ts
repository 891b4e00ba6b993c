/** Sentences about the lesson itself, by table: what they ask for, and what is none. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRequest } from './requests.js';

const cases: readonly (readonly [string, readonly string[]])[] = [
  ['hint', ['hint', 'Give me a hint, please', 'another hint', "I'm stuck", 'can I have a clue?', 'help me']],
  ['unknown', ["I don't know", 'i dont know', 'no idea', 'idk', 'how do I do that?', "I'm not sure"]],
  ['next', ['next', 'go on', 'what comes next?', 'next step', 'I give up', 'show me the next step']],
  ['all-steps', ['show me', 'all steps', 'solve it for me', 'Show me all the steps.', 'just solve it', 'show me the solution', 'do it for me']],
  ['answer-only', ['just the answer', 'give me the answer', "what's the answer?", 'just give me the answer please']],
  ['question', ['what was the question', 'what was the question again?', 'where were we', 'repeat the question']],
  ['again', ['again', 'say that again', "I don't understand", 'explain it more slowly', 'simpler', 'once more']],
  ['why', ['why', 'but why?', 'how come']],
  ['skip', ['skip', 'skip this one', 'something else', 'never mind']],
  ['harder', ['harder', 'give me a harder one', 'too easy', 'something more difficult']],
  ['easier', ['easier', 'an easier one please', 'too hard', 'this is too hard']],
  ['another', ['another one', 'another', 'give me another one', 'one more', 'quiz me', 'practice problem', 'give me a problem', 'let’s practice']],
  ['another fractions', ['practice fractions', 'give me a problem about fractions', 'a fraction problem', 'quiz me on fractions']],
  ['another quadratic', ['quadratic problem please', 'can we do some quadratic equations exercises']],
  ['exercise', ['help me with this', 'the exercise', 'help me with the exercise', 'can you help me with this problem', 'do the problem on the page', 'my homework']],
  ['exercise 1', ['number 1', 'help me with number 1', 'exercise 1', 'do question 1']],
  ['exercise b', ['exercise b', 'do problem b']],
  ['yes', ['yes', 'yes please', 'sure']],
  ['no', ['no', 'no thanks']],
  ['none', ['one', '4', 'x', 'b', 'x = 4', '2x + 3 = 11', 'two x plus three equals eleven', 'what is the derivative of x squared', 'the sum of three and four', 'one half', 'who won the match', 'that is one']],
]; // prettier-ignore

describe('requests', () => {
  for (const [expected, sentences] of cases) {
    for (const sentence of sentences) {
      it(`${sentence}: ${expected}`, () => {
        const request = readRequest(sentence);
        const detail = request?.ask === 'another' ? request.topic : request?.ask === 'exercise' ? request.label : null;
        assert.equal([request?.ask ?? 'none', ...(detail === null ? [] : [detail])].join(' '), expected);
      });
    }
  }
  it('text of a hostile shape is read in no time', () => {
    for (const text of ['please '.repeat(28), 'give me a '.repeat(19), 'a '.repeat(99), 'show me '.repeat(24)])
      assert.doesNotThrow(() => readRequest(text));
  });
});
