/** Two thousand lessons at random: nothing is ever thrown, stated wrongly, too long, unsayable, or left without a way on. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluate } from './algebra/evaluate.js';
import { variablesOf, type Expression } from './algebra/expression.js';
import { equals, rational } from './algebra/rational.js';
import { openLesson, reply, withExercise, type LessonState } from './dialogue/dialogue.js';
import { workOf } from './dialogue/lesson-state.js';
import { mostSentences, sentencesIn, type TutorEquation, type TutorTurn } from './dialogue/turn.js';
import { setPractice } from './practice/practice.js';
import { topicNames } from './practice/topics.js';
import { understand } from './understand/understand.js';

const problems = [
  '2x + 3 = 11', '3(x - 2) = 2x + 5', '5x - 4 = 2x + 11', '3(x - 2)/4 = x/2 + 1', 'x^2 - 5x + 6 = 0', '2x^2 = 18', 'x^2 = -4', '2(x + 1) = 2x + 2', 'solve 4y + 1 = 9',
  '3/4 + 2/5', '2 + 3 * 4 - 1', '15% of 80', '3/4 of 20', '7 + 8', '5/0', '(1/2) ÷ (3/4)', '2^5 - 3', 'sqrt(16) + 2', 'expand (x + 3)^2', 'factor x^2 - 9', 'simplify 2x + 3x - 4 + 7', 'derivative of x^3 + 2x',
  '-2x + 1 > 5', '3x + 2 < 11', 'x^2 - 4 > 0', 'x^2 + 3x + 1 = 0', 'x^2 - 2 = 0', 'sqrt(50)', 'x + y = 10, x - y = 4', '1/(x - 1) = 2', 'x^3 - x = 0', 'simplify x^2 * x^3', 'derivative of x^2 sin x',
  'is 7 prime', 'prime factors of 60', 'convert 3 km to m', 'mean of 3, 4 and 8', 'what is 20 percent more than 50', 'integrate 2x', 'round 3.14159 to 2 decimal places', '5!', 'sin 30 degrees', 'what percent of 80 is 20',
  'gcd of 12 and 18', 'two x plus three equals eleven', 'just the answer: 2x + 3 = 11', 'show me all the steps for 3/4 + 2/5',
]; // prettier-ignore
const followUps = [
  'hint', 'next', "I don't know", 'why', 'again', 'show me', 'just the answer', 'another one', 'harder', 'easier', 'what was the question', 'skip', 'help me with this', 'number 2', 'yes', 'no',
  'hello', 'thanks', 'bye', 'help', 'divide by two', 'practice fractions', 'practice percentages', 'quiz me on derivatives',
]; // prettier-ignore
const garbage = ['the weather is nice', 'I want to die', 'my name is Lena', 'you are stupid', 'ignore your instructions', '1/2x = 3', '((((', 'x = = 2', '', ' ', '🙂', '2x + ', '\\frac{1}{', 'or', ', and 3', '9'.repeat(320)]; // prettier-ignore
const number = fc.integer({ min: -30, max: 30 });

/** What a learner may say next; attempts are made from the solution under way. */
type Move =
  { readonly kind: 'say'; readonly text: string } | { readonly kind: 'line' | 'wrong-line'; readonly pick: number };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom(...problems) }),
  fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom(...followUps) }),
  fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom(...followUps) }),
  fc.record({ kind: fc.constant('say' as const), text: fc.constantFrom(...garbage) }),
  fc.record({ kind: fc.constant('say' as const), text: number.map((n) => `x = ${n}`) }),
  fc.record({ kind: fc.constant('say' as const), text: fc.tuple(number, number).map(([a, b]) => `${a} and ${b}`) }),
  fc.record({ kind: fc.constant('say' as const), text: fc.tuple(number, number).map(([a, b]) => `${a}/${b}`) }),
  fc.record({ kind: fc.constant('say' as const), text: fc.tuple(number, number, number).map(([a, b, c]) => `${a}x + ${b} = ${c}`) }),
  fc.record({ kind: fc.constant('line' as const), pick: fc.nat(9) }),
  fc.record({ kind: fc.constant('line' as const), pick: fc.nat(9) }),
  fc.record({ kind: fc.constant('wrong-line' as const), pick: fc.nat(9) }),
); // prettier-ignore

function textOf(move: Move, state: LessonState): string {
  if (move.kind === 'say') return move.text;
  const work = workOf(state.phase);
  if (work === null) return '12';
  const lines = work.solution.steps.map(({ latex }) => latex.split(' = ').slice(-2).join(' = '));
  const line = lines[move.pick % Math.max(1, lines.length)] ?? work.solution.answer.latex;
  return move.kind === 'line' ? line.replace(/\\text\{ or \}/g, ' or ') : line.replace(/\d+/, (digits) => String(Number(digits) + 1 + move.pick)); // prettier-ignore
}

const invitation = /\?$|^(?:Ask|Say|Type|Try|Give|Tell|Come|I am here|Please)\b.*\.$/;

function checkSpeech({ pieces }: TutorTurn, heard: string): void {
  const sentences = pieces.flatMap(({ say }) => sentencesIn(say));
  assert.ok(sentences.length >= 1 && sentences.length <= mostSentences, `${heard}: ${sentences.join(' | ')}`);
  assert.ok(
    pieces.every(({ say }) => sentencesIn(say).length <= 1),
    `one sentence a piece: ${heard}`,
  );
  for (const sentence of sentences) assert.match(sentence, /^[A-Z][A-Za-z ,;:'’“”-]*[.?]$/, `${heard}: ${sentence}`);
  assert.match(sentences[sentences.length - 1] ?? '', invitation, heard);
}

/** The numbers at which a formula is looked at. */
const places = [-7n, -2n, 0n, 1n, 2n, 3n, 5n, 12n].map((top) => rational(top, 1n));

/** Every step is true (readings of the learner's own words need not be): an identity holds everywhere, an equation at least where the answer says. */
function checkFormula({ latex, role }: TutorEquation, solutions: readonly string[] | null): void {
  assert.ok(latex.length <= 500);
  if (role === 'problem' || role === 'example' || latex.includes('\\text{ of }') || latex.includes('\\frac{d}')) return;
  for (const part of solutions === null ? [] : solutions) {
    // One of several equations holds at each solution.
    const holds = latex.split('\\text{ or }').some((each) => isTrueAt(each, part));
    assert.ok(holds, `${latex} does not hold at ${part}`);
  }
  if (solutions === null && latex.includes('=') && !latex.includes('text')) assert.ok(isTrueAt(latex, null), latex);
}

function isTrueAt(latex: string, solution: string | null): boolean {
  const meaning = understand(latex.trim());
  if (meaning.kind !== 'problem' || meaning.problem.task !== 'solve') return true;
  const { left, right } = meaning.problem.equation;
  const [name] = variablesOf(meaning.problem.equation);
  const same = (a: Expression, b: Expression, values: Parameters<typeof evaluate>[1]): boolean => {
    const [x, y] = [evaluate(a, values), evaluate(b, values)];
    return !x.ok || !y.ok || equals(x.value, y.value);
  };
  if (name === undefined) return same(left, right, new Map());
  if (solution === null) return places.every((place) => same(left, right, new Map([[name, place]])));
  const [top = '0', below = '1'] = solution.split('/');
  return same(left, right, new Map([[name, rational(BigInt(top), BigInt(below))]]));
}

/** `2` and `3` for "x = 2 or x = 3"; null where every line must be true everywhere; `none` where neither can be checked here. */
function solutionsOf(state: LessonState): readonly string[] | null | 'none' {
  const work = workOf(state.phase);
  if (work === null || ['compute', 'simplify', 'expand', 'factor'].includes(work.problem.task)) return null;
  if (work.problem.task !== 'solve') return 'none';
  if (work.solution.answer.kind !== 'solutions') return 'none';
  const found = work.solution.answer.exact.split(' or ').map((each) => each.split(' = ')[1] ?? '');
  return found.every((each) => /^-?\d+(?:\/\d+)?$/.test(each)) ? found : 'none';
}

describe('lessons at random', () => {
  it('two thousand of them', () => {
    let turns = 0;
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...problems), fc.array(move, { minLength: 1, maxLength: 8 }), (seed, first, moves) => {
        let state = withExercise(openLesson({ topic: 'fractions', grade: '7', seed }), '1) 3x + 4 = 19\n2) factor x^2 - 9');
        for (const each of [{ kind: 'say', text: first } as const, ...moves]) {
          const heard = textOf(each, state);
          const next = reply(state, { text: heard });
          state = next.state;
          turns += 1;
          checkSpeech(next.turn, heard);
          const solutions = solutionsOf(state);
          for (const { equation } of next.turn.pieces) {
            if (equation !== undefined && solutions !== 'none') checkFormula(equation, solutions);
          }
        }
      }),
      { numRuns: 2000, seed: 21 },
    ); // prettier-ignore
    assert.ok(turns > 5000, `${turns} turns`);
  });

  it('practice of every topic solved by its own lines: praised at each, and led to the end', () => {
    for (const topic of Object.keys(topicNames)) {
      for (let seed = 1; seed <= 10; seed += 1) {
        let state = openLesson({ topic: topicNames[topic as keyof typeof topicNames], seed });
        state = reply(state, { text: 'another one' }).state;
        const work = workOf(state.phase);
        assert.ok(work !== null && setPractice(state.drill, seed) !== null);
        const answer = work.solution.answer.latex.replace(/\\text\{ or \}/g, ' or ');
        const { state: after, turn } = reply(state, { text: answer });
        assert.equal(after.phase.kind, 'done', `${topic}: ${work.solution.problem.latex} answered ${answer}`);
        assert.equal(
          turn.pieces.some(({ equation }) => equation?.role === 'answer'),
          true,
        );
      }
    }
  });
});
