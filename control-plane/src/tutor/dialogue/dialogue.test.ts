/** Whole turns: what is said and shown, and how follow-ups refer to the last solution. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { freshLesson, greet, reply, type LessonState } from './dialogue.js';
import type { TutorTurn } from './turn.js';

function converse(...sentences: readonly string[]): TutorTurn {
  let state: LessonState = freshLesson;
  let turn = greet();
  for (const text of sentences) ({ state, turn } = reply(state, { text }));
  return turn;
}

const said = (turn: TutorTurn): string => turn.pieces.map(({ say }) => say).join(' ');

describe('a solution', () => {
  it('is told in words and shown in formulas', () => {
    assert.equal(
      said(converse('2x + 3 = 11')),
      'Let us solve two x plus three equals eleven. Subtract three from both sides. Divide both sides by two. So x equals four. ' +
        'To check, put four in for x: both sides come to eleven. Ask me why, or give me another one.',
    );
  });
  it('gives a decimal beside a fraction', () => {
    assert.match(
      said(converse('3/4 - 2/5')),
      /The answer is seven twentieths, which is zero point three five as a decimal\./,
    );
    assert.match(said(converse('one half plus one third')), /five sixths, about zero point eight three three three\./);
  });
  it('names identities, contradictions and division by zero', () => {
    assert.match(said(converse('2(x+1) = 2x+2')), /every number is a solution/);
    assert.match(said(converse('2x = 2x + 1')), /there is no solution/);
    assert.match(said(converse('5/0')), /This is not defined\. Nothing can be divided by zero/);
  });
  it('is only the answer when only that is wanted', () => {
    assert.equal(said(converse('just the answer: 2x + 3 = 11')), 'So x equals four.');
    assert.equal(said(converse('2x + 3 = 11', 'just the answer')), 'So x equals four.');
  });
});

describe('follow-ups', () => {
  it('why gives the reasons of the last steps', () => {
    assert.match(said(converse('2x + 3 = 11', 'why?')), /balance/);
  });
  it('again repeats the walk', () => {
    assert.deepEqual(converse('2x + 3 = 11', 'again'), { ...converse('2x + 3 = 11'), outcome: 'follow-up' });
  });
  it('without a solution ask for a problem', () => {
    for (const ask of ['why', 'again', 'just the answer'])
      assert.match(said(converse(ask)), /not worked anything out yet/);
  });
  it('a declined problem leaves the last solution in place', () => {
    assert.match(said(converse('2x + 3 = 11', 'x^5 + x = 3', 'why')), /balance/);
  });
});

describe('other turns', () => {
  const cases: readonly (readonly [string, TutorTurn['outcome']])[] = [
    ['hello', 'follow-up'], ['thanks', 'follow-up'], ['who won the match', 'off-topic'], ['1/2x = 3', 'ambiguous'], ['2x + 1 ~ 5', 'not-understood'], ['x^5 + x = 3', 'refused'], ['1'.repeat(400), 'too-long'], ['what can you do', 'follow-up'],
  ]; // prettier-ignore
  for (const [sentence, outcome] of cases) {
    it(`${sentence.slice(0, 40)}: ${outcome}, at most four sentences, no symbols`, () => {
      const turn = converse(sentence);
      assert.equal(turn.outcome, outcome);
      assert.ok((said(turn).match(/[.!?](?= |$)/g) ?? []).length <= 4);
      assert.doesNotMatch(said(turn), /[\\^*/=+<>$]/);
    });
  }
  it('says which words it did not understand', () => {
    assert.match(said(converse('is 7 purple')), /“purple”/);
  });
  it('the greeting names the topic when it is words', () => {
    assert.match(said(greet('Quadratic equations')), /Today is about Quadratic equations\./);
    assert.doesNotMatch(said(greet('<img src=x>')), /img/);
  });
});

describe('other hearings', () => {
  it('the first that is a whole problem wins', () => {
    const { turn } = reply(freshLesson, {
      text: 'too eggs plus three equals eleven',
      alternatives: ['two eggs plus three', 'two x plus three equals eleven', 'two x equals eleven'],
    });
    assert.match(said(turn), /x equals four/);
  });
  it('none of them: the best one is answered', () => {
    assert.equal(reply(freshLesson, { text: 'the weather', alternatives: ['the feather'] }).turn.outcome, 'off-topic');
  });
});
