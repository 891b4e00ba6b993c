/** The default tutor as a whole: the sample questions, whole sentences at random, and independent arithmetic. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluate } from './algebra/evaluate.js';
import {
  add,
  divide,
  fromRational,
  integer,
  multiply,
  negate,
  power,
  subtract,
  type Expression,
} from './algebra/expression.js';
import { toLatex } from './algebra/latex.js';
import { rational, toText } from './algebra/rational.js';
import { solve } from './algebra/solve.js';
import { toSpoken } from './speech/spoken.js';
import { createTutor } from './tutor.js';
import { understand } from './understand/understand.js';

interface Sample {
  readonly id: string;
  readonly question: string;
  readonly final: {
    readonly kind: string;
    readonly value?: string;
    readonly solutions?: readonly string[];
    readonly expr?: string;
    readonly unit?: string;
    readonly values?: Readonly<Record<string, string>>;
    readonly variable?: string;
    readonly relation?: string;
    readonly bound?: string;
  };
}

const samples = JSON.parse(
  readFileSync(new URL('../../../tests/support/data/student-questions.json', import.meta.url), 'utf8'),
) as readonly Sample[];

/** Answers without a number to compare; written out by hand from the samples. */
const expressions: ReadonlyMap<string, string> = new Map([
  ['5x+3', '5x + 3'],
  ['x^2-x-6', 'x^2 - x - 6'],
  ['(x-3)(x+3)', '(x + 3)(x - 3)'],
  ['3x^2+2', '3x^2 + 2'],
]);

function expected({ final }: Sample): string {
  if (final.kind === 'number') return final.value ?? '';
  if (final.kind === 'solutions') return (final.solutions ?? []).map((each) => `x = ${each}`).join(' or ');
  if (final.kind === 'quantity') return `${final.value ?? ''} ${final.unit ?? ''}`;
  if (final.kind === 'inequality') return `${final.variable ?? ''} ${final.relation ?? ''} ${final.bound ?? ''}`;
  if (final.kind === 'assignment')
    return Object.entries(final.values ?? {})
      .map((each) => each.join(' = '))
      .join(', ');
  return expressions.get(final.expr ?? '') ?? `no expectation for ${final.kind}`;
}

/** What the tutor answers exactly, or null when it declines. */
function exactAnswer(question: string): string | null {
  const meaning = understand(question);
  if (meaning.kind !== 'problem') return null;
  const solved = solve(meaning.problem);
  return solved.ok ? solved.value.answer.exact : null;
}

describe('sample questions', () => {
  for (const sample of samples) {
    it(`${sample.id}: ${sample.question}`, () => {
      assert.equal(exactAnswer(sample.question), expected(sample));
    });
  }

  it('marks the answer as the last equation with the role answer', () => {
    const turn = createTutor().open({ lang: 'en' }).reply('show me all the steps for two x plus three equals eleven');
    const equations = turn.pieces.flatMap(({ equation }) => (equation === undefined ? [] : [equation]));
    assert.deepEqual(
      equations.map(({ role, latex }) => [role, latex]),
      [['problem', '2x + 3 = 11'], ['step', '2x = 8'], ['step', 'x = 4'], ['answer', 'x = 4']], // prettier-ignore
    );
    assert.deepEqual(equations.map(({ step }) => step), [undefined, 1, 2, undefined]); // prettier-ignore
  });
});

const small = fc.integer({ min: -12, max: 12 });
const number = fc.oneof(
  fc.integer({ min: 0, max: 30 }).map((value) => integer(BigInt(value))),
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 2, max: 9 }))
    .map(([a, b]): Expression => divide(integer(BigInt(a)), integer(BigInt(b)))),
  fc.integer({ min: 1, max: 999 }).map((value) => fromRational(rational(BigInt(value), 100n), 'decimal')),
);
const tree = fc.letrec<{ node: Expression }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    number,
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => add(a, b)),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => subtract(a, b)),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => multiply(a, b)),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => divide(a, b, 'divided-by')),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => divide(a, b)),
    fc.tuple(tie('node'), fc.integer({ min: 0, max: 3 })).map(([a, n]) => power(a, integer(BigInt(n)))),
    tie('node').map(negate),
  ),
})).node;

/** A second opinion: fractions as pairs, worked out straight from the tree, or null where there is no value. */
function secondOpinion(expression: Expression): readonly [bigint, bigint] | null {
  const values = 'left' in expression ? [expression.left, expression.right].map(secondOpinion) : [];
  const [a, b] = values;
  switch (expression.kind) {
    case 'number':
      return [expression.value.numerator, expression.value.denominator];
    case 'negate': {
      const inner = secondOpinion(expression.value);
      return inner === null ? null : [-inner[0], inner[1]];
    }
    case 'add':
    case 'subtract':
      return a && b ? [a[0] * b[1] + (expression.kind === 'add' ? 1n : -1n) * b[0] * a[1], a[1] * b[1]] : null;
    case 'multiply':
      return a && b ? [a[0] * b[0], a[1] * b[1]] : null;
    case 'divide':
      return a && b && b[0] !== 0n ? [a[0] * b[1], a[1] * b[0]] : null;
    case 'power':
      return a && b && !(a[0] === 0n && b[0] === 0n) ? [a[0] ** b[0], a[1] ** b[0]] : null;
    default:
      return null;
  }
}

function typed(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.decimal ?? expression.value.numerator.toString();
    case 'negate':
      return `(-${typed(expression.value)})`;
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'power':
      return `(${typed(expression.left)} ${{ add: '+', subtract: '-', multiply: '*', divide: '/', power: '^' }[expression.kind]} ${typed(expression.right)})`;
    default:
      return '';
  }
}

function agrees(expression: Expression, answer: string | null): void {
  if (answer === null) return;
  const opinion = secondOpinion(expression);
  assert.equal(answer, opinion === null ? 'not defined' : toText(rational(opinion[0], opinion[1])));
}

describe('arithmetic at random', () => {
  it('typed: right or declined, and mostly answered', () => {
    let answered = 0;
    fc.assert(
      fc.property(tree, (expression) => {
        const answer = exactAnswer(typed(expression));
        if (answer !== null) answered += 1;
        agrees(expression, answer);
      }),
      { numRuns: 400, seed: 7 },
    );
    assert.ok(answered > 250, `answered ${answered} of 400`);
  });

  it('as LaTeX: what it writes it reads back with the same value, or declines', () => {
    fc.assert(fc.property(tree, (expression) => agrees(expression, exactAnswer(toLatex(expression)))), { numRuns: 400, seed: 8 }); // prettier-ignore
  });

  it('spoken: what it says it hears with the same value, or declines', () => {
    fc.assert(fc.property(tree, (expression) => agrees(expression, exactAnswer(toSpoken(expression)))), { numRuns: 1000, seed: 9 }); // prettier-ignore
  });
});

describe('linear equations at random', () => {
  const side = fc.tuple(small, small, small);
  it('typed with brackets: the root of an independent calculation', () => {
    fc.assert(
      fc.property(side, side, fc.boolean(), ([a, b, c], [d, e, f], spaced) => {
        const write = (p: number, q: number, r: number): string =>
          `${p}*(x${q < 0 ? '-' : '+'}${Math.abs(q)})${r < 0 ? '-' : '+'}${Math.abs(r)}`;
        const question = `${write(a, b, c)}=${write(d, e, f)}`;
        const [slope, rest] = [BigInt(a - d), BigInt(d * e + f - a * b - c)];
        const right =
          slope !== 0n
            ? `x = ${toText(rational(rest, slope))}`
            : rest === 0n
              ? 'every number is a solution'
              : 'no solution';
        assert.equal(exactAnswer(spaced ? question.replace(/([=+*-])/g, ' $1 ') : question), right);
      }),
      { numRuns: 400, seed: 10 },
    );
  });

  it('spoken: right or declined', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 40 }), small, (a, b, c) => {
        const left = add(multiply(integer(BigInt(a)), { kind: 'variable', name: 'x' }, 'implicit'), integer(BigInt(b)));
        const sentence = `please solve ${toSpoken(left)} equals ${toSpoken(fromRational(rational(BigInt(c))))}`;
        assert.equal(exactAnswer(sentence), `x = ${toText(rational(BigInt(c - b), BigInt(a)))}`);
      }),
      { numRuns: 200, seed: 11 },
    );
  });
});

describe('sentences at random', () => {
  const words = fc.constantFrom(
    ...'what is solve for x y the sum of three and a half times divided by over squared percent of equals 2 15 3.5 1/2 ( ) + - * / ^ = % , ? ! why again hello derivative gcd minus negative to the fourth quantity root 10000 9999999999 \\frac{1}{2} ½ ² { } $ √ x^2 2x root of hundred thousand point five'.split(
      ' ',
    ),
  );
  it('never throws, never hangs, always says something short', () => {
    const lesson = createTutor().open({ lang: 'en' });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words, { maxLength: 40 }).map((each) => each.join(' ')),
          fc.array(words, { maxLength: 60 }).map((each) => each.join('')),
          fc.string({ unit: 'binary', maxLength: 320 }),
        ),
        (sentence) => {
          const { outcome, pieces } = lesson.reply(sentence);
          assert.ok(
            pieces.length > 0 &&
              pieces.every(({ say, equation }) => say.length < 2000 && (say !== '' || equation !== undefined)),
          );
          assert.ok(pieces.filter(({ say }) => say !== '').length <= 4, `${outcome}: ${sentence}`);
          for (const { say, equation } of pieces) {
            assert.doesNotMatch(say, /[\\^*/=+$<>{}]/, sentence);
            if (equation !== undefined)
              assert.ok(
                equation.latex.length <= 500 &&
                  equation.spoken.length <= 1000 &&
                  (equation.caption ?? '').length <= 200,
              );
          }
        },
      ),
      { numRuns: 2000, seed: 12, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: true },
    );
  });

  it('answers hostile sizes at once', () => {
    const hostile = ['2^10000', '9^9^9^9', `${'('.repeat(150)}1${')'.repeat(150)}`, '-'.repeat(299), `${'2^'.repeat(149)}2`, '1+'.repeat(149) + '1', '(x+1)^12*(x+1)^12', `${'(x+1)'.repeat(59)}=0`, '9'.repeat(300), 'sqrt('.repeat(50) + '4' + ')'.repeat(50), '0.0000000000000001^9999', 'gcd(999999999999, 999999999989)', '\\frac{'.repeat(50), '1/(1+1/(1+1/(1+1/(1+1/2))))', ', '.repeat(150), '?'.repeat(300), 'please '.repeat(42)]; // prettier-ignore
    const started = process.hrtime.bigint();
    const lesson = createTutor().open({ lang: 'en' });
    for (const question of hostile) assert.ok(lesson.reply(question).pieces.length > 0, question);
    const spentMs = Number(process.hrtime.bigint() - started) / 1e6;
    assert.ok(spentMs < 3000, `${spentMs} ms`);
  });

  it('gives the same turn to the same question', () => {
    const ask = (): unknown => createTutor().open({ lang: 'en' }).reply('3(x-2) = 2x + 5');
    assert.deepEqual(ask(), ask());
  });
});

describe('evaluation', () => {
  it('agrees with the second opinion', () => {
    fc.assert(
      fc.property(tree, (expression) => {
        const value = evaluate(expression);
        if (value.ok) agrees(expression, toText(value.value));
      }),
      { numRuns: 400, seed: 13 },
    );
  });
});
