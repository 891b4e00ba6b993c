/** Practice: every topic at every level is solvable, repeatable, and grows harder; pages are matched to topics. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { toLatex } from '../algebra/latex.js';
import { setPractice } from './practice.js';
import { topicOfProblem } from './topic-of-problem.js';
import { drillFor, hardest, shifted, topicFromWords, topicNames, type PracticeTopic } from './topics.js';

const topics = Object.keys(topicNames).flatMap((key) => topicFromKey(key));

function topicFromKey(key: string): readonly PracticeTopic[] {
  return key in topicNames ? [key as PracticeTopic] : [];
}

describe('practice', () => {
  for (const topic of topics) {
    it(`${topic}: solvable at each level, the same for the same seed, different for others`, () => {
      for (let level = 1; level <= hardest; level += 1) {
        const set = new Set<string>();
        for (let seed = 0; seed < 40; seed += 1) {
          const practice = setPractice({ topic, level }, seed);
          assert.ok(practice !== null, `${topic} ${level} ${seed}`);
          assert.ok(practice.solution.steps.length > 0);
          assert.notEqual(practice.seed, seed);
          assert.deepEqual(setPractice({ topic, level }, seed), practice);
          set.add(practice.solution.problem.latex);
          assert.doesNotMatch(practice.solution.problem.latex, /(?<![\d.])1x|\+ -|- -/);
        }
        assert.ok(set.size >= 4, `${topic} ${level}: ${[...set].join('; ')}`);
      }
    });
    it(`${topic}: "another one" stays there`, () => {
      for (let seed = 0; seed < 20; seed += 1) {
        const practice = setPractice({ topic, level: 2 }, seed);
        assert.ok(practice !== null);
        assert.equal(topicOfProblem(practice.problem), topic, practice.solution.problem.latex);
      }
    });
  }
  it('linear equations get more steps with the level', () => {
    const steps = (level: number): number => {
      const counts = Array.from({ length: 30 }, (_, seed) => setPractice({ topic: 'linear', level }, seed)?.solution.steps.length ?? 0); // prettier-ignore
      return counts.reduce((sum, each) => sum + each, 0);
    };
    assert.ok(steps(1) < steps(3) && steps(1) < steps(5));
  });
  it('lines are written as a person would', () => {
    const practice = setPractice({ topic: 'quadratic', level: 3 }, 1);
    assert.ok(practice?.problem.task === 'solve');
    assert.match(toLatex(practice.problem.equation), /^x\^\{2\} [+-] \d*x? ?[+-]? ?\d* ?= 0$/);
  });
});

describe('what a page is about', () => {
  const named: readonly (readonly [string, PracticeTopic | null])[] = [
    ['Quadratic equations', 'quadratic'], ['Linear equations', 'linear'], ['Adding fractions', 'fractions'], ['Percentages and discounts', 'percent'],
    ['Exponents', 'powers'], ['Derivatives', 'derivative'], ['Factoring', 'factor'], ['the distributive law', 'expand'], ['Multiplication tables', 'times'], ['Subtraction', 'adding'],
    ['PEMDAS', 'order'], ['Ancient Rome', null], ['', null],
  ]; // prettier-ignore
  for (const [words, topic] of named) it(words || 'nothing', () => assert.equal(topicFromWords(words), topic));

  it('the grade decides where the topic does not', () => {
    assert.equal(drillFor(undefined, '5').topic, 'fractions');
    assert.equal(drillFor('Ancient Rome', 'Grade 12').topic, 'derivative');
    assert.equal(drillFor('Fractions', '12').topic, 'fractions');
    assert.deepEqual(drillFor(undefined, undefined), { topic: 'linear', level: 1 });
    assert.deepEqual(drillFor(undefined, 'kindergarten'), { topic: 'linear', level: 1 });
  });
  it('levels stay within bounds', () => {
    assert.equal(shifted({ topic: 'linear', level: hardest }, 1).level, hardest);
    assert.equal(shifted({ topic: 'linear', level: 1 }, -1).level, 1);
  });
});
