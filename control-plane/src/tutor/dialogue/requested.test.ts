/** Practice, the exercise on the page, and words with two readings: what a learner asks for, in whole turns. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { greet, openLesson, reply, withExercise, type LessonState } from './dialogue.js';
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

describe('practice', () => {
  it('is about the page’s topic, else its grade, else what was just done', () => {
    assert.match(said(converseFrom(openLesson({ topic: 'Percent', grade: '9' }), 'another one')), /percent of/);
    assert.match(said(converseFrom(openLesson({ grade: 'Year 9' }), 'another one')), /squared/);
    assert.match(said(converse('factor x^2 - 9', 'another one')), /^Here is one for you: factor/);
    assert.match(said(converse('practice fractions')), /^Here is one for you: work out/);
  });
  it('begins with the learner, and a right answer makes the next one harder', () => {
    const first = reply(openLesson({ topic: 'linear equations' }), { text: 'another one' });
    assert.match(said(first.turn), /What is your first line, or your answer\?$/);
    assert.ok(first.state.phase.kind === 'asking');
    const { exact } = first.state.phase.work.solution.answer;
    const solved = reply(first.state, { text: exact });
    assert.match(said(solved.turn), /So x equals/);
    assert.equal(solved.state.drill.level, first.state.drill.level + 1);
    assert.equal(reply(solved.state, { text: 'easier' }).state.drill.level, first.state.drill.level);
  });
});

describe('the exercise on the page', () => {
  const page = withExercise(openLesson({}), 'Exercise 1: Solve 3x + 4 = 19\n2) Factor x^2 - 9');
  it('is opened when it is meant', () => {
    for (const ask of ['help me with this', 'the exercise', 'exercise 1', 'help me with number 1', 'help me'])
      assert.deepEqual(shown(converseFrom(page, ask)).slice(0, 1), ['problem 3x + 4 = 19'], ask);
    assert.deepEqual(shown(converseFrom(page, 'help me with number 2')).slice(0, 1), ['problem x^{2} - 9']);
  });
  it('that is not there is said to be missing', () => {
    assert.match(said(converseFrom(page, 'number 7')), /do not find that one/);
    assert.match(said(converse('help me with this exercise')), /cannot see an exercise/);
  });
  it('shows in the greeting', () => {
    assert.match(said(greet(page)), /I can see the exercise on this page/);
  });
});

describe('words with two readings', () => {
  it('are shown as formulas, and the learner says which one is meant', () => {
    const turn = converse('1/2x = 3');
    assert.equal(turn.outcome, 'ambiguous');
    assert.deepEqual(
      shown(turn).map((each) => each.split(' ')[0]),
      ['example', 'example'],
    );
    assert.match(said(turn), /Do you mean the first or the second\?$/);
    const [first, second] = shown(turn).map((each) => each.replace('example', 'problem'));
    assert.equal(shown(converse('1/2x = 3', 'the first one'))[0], first);
    assert.equal(shown(converse('1/2x = 3', 'second'))[0], second);
    assert.match(said(converse('1/2x = 3', 'no')), /Could you put it another way\?$/);
    assert.equal(shown(converse('1/2x = 3', '2x + 3 = 11'))[0], 'problem 2x + 3 = 11');
  });
});

describe('chance', () => {
  it('the same seed gives the same lesson, another seed other praise or practice', () => {
    const lesson = (seed: number): string =>
      said(converseFrom(openLesson({ seed }), '2x + 3 = 11', '4')) +
      said(converseFrom(openLesson({ seed }), 'another'));
    assert.equal(lesson(5), lesson(5));
    assert.ok(new Set([1, 2, 3, 4, 5, 6].map(lesson)).size > 3);
  });
});
