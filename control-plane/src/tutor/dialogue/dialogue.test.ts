/** Whole turns: how a lesson is led, and how follow-ups refer to what is open. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { greet, openLesson, reply, type LessonState } from './dialogue.js';
import type { TutorTurn } from './turn.js';

function converse(...sentences: readonly string[]): TutorTurn {
  return converseFrom(openLesson({}), ...sentences);
}

function converseFrom(start: LessonState, ...sentences: readonly string[]): TutorTurn {
  let state = start;
  let turn = greet(start);
  for (const text of sentences) ({ state, turn } = reply(state, { text }));
  return turn;
}

const said = (turn: TutorTurn): string =>
  turn.pieces
    .map(({ say }) => say)
    .filter((say) => say !== '')
    .join(' ');
const shown = (turn: TutorTurn): readonly string[] =>
  turn.pieces.flatMap(({ equation }) => (equation === undefined ? [] : [`${equation.role} ${equation.latex}`]));

describe('a problem', () => {
  it('is restated, its first step given, and the next one asked for', () => {
    const turn = converse('2x + 3 = 11');
    assert.equal(
      said(turn),
      'Let us solve two x plus three equals eleven. Subtract three from both sides. So what does x equal?',
    );
    assert.deepEqual(shown(turn), ['problem 2x + 3 = 11', 'step 2x = 8']);
  });
  it('of one step is answered at once, with its check', () => {
    const turn = converse('7 + 8');
    assert.equal(
      said(turn),
      'Let us work out seven plus eight. The answer is fifteen. To check, fifteen minus eight is seven again. ' +
        'Ask me why, say another one for practice, or give me a problem of your own.',
    );
    assert.deepEqual(shown(turn), ['problem 7 + 8', 'step 7 + 8 = 15', 'answer 15']);
    assert.match(said(converse('3/4 of 20')), /The answer is fifteen\. To check, fifteen divided by three fourths is twenty again\./); // prettier-ignore
  });
  for (const ask of ['show me', 'show me all the steps', 'all steps', 'solve it for me', 'step by step']) {
    it(`"${ask}" gives every line`, () => {
      assert.deepEqual(shown(converse('2x + 3 = 11', ask)), ['problem 2x + 3 = 11', 'step 2x = 8', 'step x = 4', 'answer x = 4']); // prettier-ignore
    });
  }
  it('can be asked for with all its steps at once', () => {
    for (const ask of ['show me all the steps for 2x + 3 = 11', 'solve 2x + 3 = 11 step by step'])
      assert.equal(shown(converse(ask)).length, 4, ask);
  });
  it('with many steps keeps to four sentences and shows every line all the same', () => {
    const turn = converse('3(x - 2)/4 = x/2 + 1', 'show me all steps');
    assert.equal(shown(turn).length, 5);
    assert.equal(
      said(turn),
      'Here is the whole way, line by line. So x equals ten. To check, put ten in for x: both sides come to six. ' +
        'Ask me why, say another one for practice, or give me a problem of your own.',
    );
  });
  it('is only the answer when only that is wanted', () => {
    for (const talk of [['just the answer: 2x + 3 = 11'], ['2x + 3 = 11', 'just the answer']])
      assert.equal(said(converse(...talk)), 'So x equals four. Ask me why, or say another one.');
  });
  it('names identities, contradictions and division by zero', () => {
    assert.match(said(converse('2(x+1) = 2x+2', 'show me')), /every number is a solution/);
    assert.match(said(converse('2x = 2x + 1', 'show me')), /there is no solution/);
    assert.match(said(converse('5/0')), /This is not defined\. Nothing can be divided by zero/);
  });
  it('gives a decimal beside a fraction', () => {
    assert.match(
      said(converse('3/4 - 2/5', '7/20')),
      /seven twentieths, which is zero point three five as a decimal\./,
    );
    assert.match(said(converse('one half plus one third', '5/6')), /five sixths, about zero point eight three three three\./); // prettier-ignore
  });
  it('replaces the present one at any time', () => {
    assert.deepEqual(shown(converse('2x + 3 = 11', 'solve 5y - 1 = 9')), ['problem 5y - 1 = 9', 'step 5y = 10']);
    assert.deepEqual(shown(converse('2x + 3 = 11', '7 + 8')).slice(0, 1), ['problem 7 + 8']);
    assert.deepEqual(shown(converse('2x + 3 = 11', '2x + 3 = 11')), ['problem 2x + 3 = 11', 'step 2x = 8']);
  });
});

describe('an attempt', () => {
  it('that is right is praised, and the lesson goes on', () => {
    const turn = converse('2(x + 3) = 14', '2x = 8');
    assert.match(said(turn), /^(?:You skipped ahead, and it is right|Right, and you even saved a step)\. So what does x equal\?$|^.+ So what does x equal\?$/); // prettier-ignore
    assert.deepEqual(shown(turn), ['step 2x = 8']);
    assert.match(said(converse('2(x + 3) = 14', '2x = 8', '4')), /So x equals four\. To check/);
  });
  it('that skips ahead is praised for it', () => {
    assert.match(said(converse('2(x + 3) = 14', 'x is 4')), /^(?:You skipped ahead|Right, and you even saved a step)/);
  });
  it('that is wrong hears which rule was broken, and the second miss shows the step', () => {
    assert.match(said(converse('2x + 3 = 11', '2x = 14')), /Watch the sign: .* Try once more, or say hint\.$/);
    const second = converse('2x + 3 = 11', '2x = 14', 'x = 7');
    assert.deepEqual(shown(second), ['step x = 4', 'answer x = 4']);
  });
  it('of the learner’s own kind goes on from the learner’s line', () => {
    const turn = converse('2(x + 3) = 14', 'x + 3 = 7');
    assert.deepEqual(shown(turn), ['step x + 3 = 7']);
    assert.match(said(converse('2(x + 3) = 14', 'x + 3 = 7', 'x = 4')), /So x equals four/);
  });
  it('that is true but no closer is no miss', () => {
    assert.match(said(converse('2x + 3 = 11', '2x = 8')), /the line that we have already/);
    assert.match(said(converse('2x + 3 = 11', '4x = 16')), /^That is true, and you can go on from there\./);
    assert.match(said(converse('3/4 + 2/5', '46/40')), /can still be reduced/);
  });
  it('in words for the step is taken for the step', () => {
    for (const words of ['divide by two', 'divide both sides by 2', 'I would divide by 2'])
      assert.match(said(converse('2x + 3 = 11', words)), /that is the step to take\. Which line/, words);
  });
  it('with one root of two is not enough, with both it is', () => {
    assert.match(said(converse('x^2 - 5x + 6 = 0', '2')), /That is one of them, but not all/);
    for (const both of ['2 and 3', 'x = 2 or x = 3', '3, 2', 'x = 3, x = 2', 'x is 2 or 3', 'is it 2 and 3?'])
      assert.match(said(converse('x^2 - 5x + 6 = 0', both)), /So x equals two, or x equals three/, both);
    assert.match(said(converse('2x^2 = 18', 'plus or minus 3')), /So x equals negative three, or x equals three/);
  });
});

describe('follow-ups', () => {
  it('hints deepen, and after the third the step is shown', () => {
    const hints = ['hint', 'another hint', "I don't know", 'hint'].map((_, index, all) =>
      said(converse('2x + 3 = 11', ...all.slice(0, index + 1))),
    );
    assert.match(hints[0] ?? '', /^Look at the number in front of the unknown\. So what/);
    assert.match(hints[1] ?? '', /^Dividing both sides by the same number/);
    assert.match(hints[2] ?? '', /^Divide both sides by two\. So what/);
    assert.match(hints[3] ?? '', /So x equals four/);
  });
  it('why gives the reason of the step that was just made', () => {
    assert.match(said(converse('2x + 3 = 11', 'why?')), /^An equation is a balance.* So what does x equal\?$/);
  });
  it('again says the step in smaller pieces', () => {
    assert.equal(
      said(converse('2x + 3 = 11', 'again')),
      'Slowly: first we had two x plus three equals eleven. Subtract three from both sides. That leaves two x equals eight. So what does x equal?',
    );
  });
  it('next gives the line that was asked for', () => {
    assert.deepEqual(shown(converse('2x + 3 = 11', 'next')), ['step x = 4', 'answer x = 4']);
  });
  it('the question can be heard once more', () => {
    assert.deepEqual(shown(converse('2x + 3 = 11', 'what was the question')), ['problem 2x + 3 = 11', 'step 2x = 8']);
  });
  it('skip leaves the problem: a number is no attempt any more', () => {
    assert.match(said(converse('2x + 3 = 11', 'skip')), /we leave that one/);
    assert.doesNotMatch(said(converse('2x + 3 = 11', 'skip', '4')), /So x equals four/);
  });
  it('without a problem ask for one', () => {
    for (const ask of ['why', 'again', 'just the answer', 'next', 'show me'])
      assert.match(said(converse(ask)), /not worked anything out yet/, ask);
  });
  it('a declined problem leaves the open one in place', () => {
    assert.match(said(converse('2x + 3 = 11', 'solve x^7 + x = 8', '4')), /So x equals four/);
  });
});

describe('other turns', () => {
  const cases: readonly (readonly [string, TutorTurn['outcome']])[] = [
    ['hello', 'follow-up'], ['thanks', 'follow-up'], ['who won the match', 'off-topic'], ['1/2x = 3', 'ambiguous'], ['1'.repeat(400), 'too-long'], ['what can you do', 'follow-up'],
  ]; // prettier-ignore
  for (const [sentence, outcome] of cases) {
    it(`${sentence.slice(0, 40)}: ${outcome}`, () => assert.equal(converse(sentence).outcome, outcome));
  }
  it('the greeting names the topic when it is words', () => {
    assert.match(said(greet(openLesson({}), 'Quadratic equations')), /Today is about Quadratic equations\./);
    assert.doesNotMatch(said(greet(openLesson({}), '<img src=x>')), /img/);
  });
});

describe('other hearings', () => {
  it('the first that is complete wins', () => {
    const { turn } = reply(openLesson({}), {
      text: 'too eggs plus three equals eleven',
      alternatives: ['two eggs plus three', 'two x plus three equals eleven', 'two x equals eleven'],
    });
    assert.deepEqual(shown(turn).slice(0, 1), ['problem 2x + 3 = 11']);
  });
  it('an attempt counts as complete', () => {
    const { state } = reply(openLesson({}), { text: '2x + 3 = 11' });
    assert.match(said(reply(state, { text: 'eggs equals', alternatives: ['x equals four'] }).turn), /So x equals four/);
  });
  it('none of them: the best one is answered', () => {
    assert.equal(reply(openLesson({}), { text: 'the weather', alternatives: ['the feather'] }).turn.outcome, 'off-topic'); // prettier-ignore
  });
});
