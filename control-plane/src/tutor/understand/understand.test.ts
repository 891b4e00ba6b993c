/** Tables of sentences and the readings they must get, or must not get. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Expression, Line } from '../algebra/expression.js';
import { toLatex } from '../algebra/latex.js';
import { toPlainText } from '../algebra/plain-text.js';
import type { Problem } from '../algebra/solution.js';
import { nameInteger } from '../speech/number-names.js';
import { readNumber } from './number-words.js';
import { understand } from './understand.js';

/** The reading as LaTeX after its task, or what happened instead. */
function reading(sentence: string): string {
  const meaning = understand(sentence);
  if (meaning.kind === 'follow-up') return `follow-up ${meaning.ask}`;
  if (meaning.kind === 'not-understood') return `left over: ${meaning.leftover}`;
  if (meaning.kind !== 'problem') return meaning.kind;
  const problem: Problem = meaning.problem;
  const suffix = meaning.brief ? ' (brief)' : '';
  if (problem.task === 'gcd' || problem.task === 'lcm') return `${problem.task} ${problem.numbers.join(',')}${suffix}`;
  if ('inequality' in problem) return `${problem.task} ${toLatex(problem.inequality)}${suffix}`;
  if ('equations' in problem)
    return `${problem.task} ${toLatex({ kind: 'system', equations: problem.equations })}${suffix}`;
  const line: Line | null =
    'equation' in problem ? problem.equation : 'expression' in problem ? problem.expression : null;
  if (line === null) return `${problem.task} ${JSON.stringify(Object.values(problem).slice(1).map(plainOf))}${suffix}`;
  return `${problem.task} ${toLatex(line)}${suffix}`;
}

/** A piece of a problem as text: an expression, a number or a word. */
function plainOf(piece: unknown): string {
  const isTree = typeof piece === 'object' && piece !== null && 'kind' in piece;
  return isTree ? toPlainText(piece as Expression) : String(piece);
}

function table(rows: readonly (readonly [string, string])[]): void {
  for (const [sentence, expected] of rows) it(sentence, () => assert.equal(reading(sentence), expected));
}

describe('typed', () => {
  table([
    ['2x+3=11', 'solve 2x + 3 = 11'],
    ['Solve: 2x + 3 = 11', 'solve 2x + 3 = 11'],
    ['2x + 3 = 11, solve for x', 'solve 2x + 3 = 11'],
    ['What is x if 2x+3=11?', 'solve 2x + 3 = 11'],
    ['find x: 5 = x - 1', 'solve 5 = x - 1'],
    ['6 x 7', 'compute 6 \\times 7'],
    ['6x7', 'compute 6 \\times 7'],
    ['6×7=', 'compute 6 \\times 7'],
    ['12 ÷ 4', 'compute 12 \\div 4'],
    ['3/4 ÷ 2/5', 'compute \\frac{3}{4} \\div \\frac{2}{5}'],
    ['2 1/2 + 1', 'compute 2\\frac{1}{2} + 1'],
    ['2½ + ¼', 'compute 2\\frac{1}{2} + \\frac{1}{4}'],
    ['½x = 3', 'solve \\frac{1}{2}x = 3'],
    ['x² − 5x + 6 = 0', 'solve x^{2} - 5x + 6 = 0'],
    ['2**3', 'compute 2^{3}'],
    ['1,250 + 1', 'compute 1250 + 1'],
    ['√16 + 2', 'compute \\sqrt{16} + 2'],
    ['-3/4', 'compute -\\frac{3}{4}'],
    ['2 * -3', 'compute 2 \\times (-3)'],
    ['2^-1', 'compute 2^{-1}'],
    ['-2^2', 'compute -2^{2}'],
    ['1-2-3', 'compute 1 - 2 - 3'],
    ['1-(2-3)', 'compute 1 - (2 - 3)'],
    ['2^3^2', 'compute 2^{3^{2}}'],
    ['15% of 80', 'compute 15\\% \\text{ of } 80'],
    ['1/2 of 10', 'compute \\frac{1}{2} \\text{ of } 10'],
    ['gcd(12,345)', 'gcd 12,345'],
    ['GCD of 1,200 and 36', 'gcd 1200,36'],
    ['expand (x+2)(x-3)', 'expand (x + 2)(x - 3)'],
    ['2x + 3x', 'simplify 2x + 3x'],
    ['just the answer: 2x+3=11', 'solve 2x + 3 = 11 (brief)'],
    ['2x+3=11, just the answer', 'solve 2x + 3 = 11 (brief)'],
    ['𝑥 + 1 = ２', 'solve x + 1 = 2'],
  ]);
});

describe('LaTeX', () => {
  table([
    ['$2x+3=11$', 'solve 2x + 3 = 11'],
    ['\\(\\frac{3}{4} - \\frac{2}{5}\\)', 'compute \\frac{3}{4} - \\frac{2}{5}'],
    ['\\frac{1}{2}x = 3', 'solve \\frac{1}{2}x = 3'],
    ['2\\frac{1}{2}', 'compute 2\\frac{1}{2}'],
    ['x^{2} = \\sqrt{16}', 'solve x^{2} = \\sqrt{16}'],
    ['2 \\cdot \\left(3 + 4\\right)', 'compute 2 \\times (3 + 4)'],
    ['x^2\\frac{1}{2} = 1', 'left over: 1/2 = 1'],
    ['\\oint x + 2', 'left over: \\oint x + 2'],
    ['\\begin{cases} x + y = 6 \\\\ x - y = 2 \\end{cases}', 'solve-system x + y = 6 \\text{ and } x - y = 2'],
    ['Solve $4x + 1 = 13$ for x.', 'solve 4x + 1 = 13'],
    ['4x + 1 \\le 13', 'solve-inequality 4x + 1 \\le 13'],
  ]);
});

describe('spoken', () => {
  table([
    ['two x plus three equals eleven', 'solve 2x + 3 = 11'],
    ['what is fifty two minus seventeen', 'compute 52 - 17'],
    ['one hundred and five plus one', 'compute 105 + 1'],
    ['two thousand three hundred four minus four', 'compute 2304 - 4'],
    ['three point one four times two', 'compute 3.14 \\times 2'],
    ['five sixths minus a half', 'compute \\frac{5}{6} - \\frac{1}{2}'],
    ['two and a half times four', 'compute 2\\frac{1}{2} \\times 4'],
    ['2 and 1/2 times 4', 'compute 2\\frac{1}{2} \\times 4'],
    ['half of ten', 'compute \\frac{1}{2} \\text{ of } 10'],
    ['fifteen percent of eighty', 'compute 15\\% \\text{ of } 80'],
    ['ex squared equals nine', 'solve x^{2} = 9'],
    ['two to the third', 'compute 2^{3}'],
    ['two to the 4th power', 'compute 2^{4}'],
    ['x to the power of two equals nine', 'solve x^{2} = 9'],
    ['three times the quantity x minus two equals six', 'solve 3 \\cdot (x - 2) = 6'],
    ['x plus one all over two equals three', 'solve \\frac{x + 1}{2} = 3'],
    ['the square root of nine plus one', 'compute \\sqrt{9} + 1'],
    ['the sum of three and four', 'compute 3 + 4'],
    ['subtract three from ten', 'compute 10 - 3'],
    ['divide twelve by four', 'compute 12 \\div 4'],
    ['multiply 3 by 4', 'compute 3 \\times 4'],
    ['add 3 to 4', 'compute 4 + 3'],
    ['ten take away four', 'compute 10 - 4'],
    ['three plus for', 'compute 3 + 4'],
    ['six plus to', 'compute 6 + 2'],
    ['can you please tell me what is 2 plus 2, thanks', 'compute 2 + 2'],
    ['factor x squared minus nine', 'factor x^{2} - 9'],
    ['why equals three plus four', 'solve y = 3 + 4'],
  ]);
});

describe('forms', () => {
  table([
    ['2x + 1 > 5', 'solve-inequality 2x + 1 > 5'],
    ['x is less than or equal to four', 'solve-inequality x \\le 4'],
    ['3 less than 10', 'compute 10 - 3'],
    ['5 into 45', 'compute 45 \\div 5'],
    ['5!', 'compute 5!'],
    ['|x - 3| = 5', 'solve \\left|x - 3\\right| = 5'],
    ['log base 2 of 8', 'compute \\log_{2}(8)'],
    ['sine of thirty degrees', 'compute \\sin(30^{\\circ})'],
    ['is 7 prime', 'is-prime ["7"]'],
    ['what percent of 80 is 12', 'what-percent ["12","80"]'],
    ['increase 80 by 15%', 'change-by-percent ["80","15","up"]'],
    ['how many centimeters are in 3.5 meters', 'convert ["7/2","meters","centimeters"]'],
    ['round 3.456 to two decimal places', 'round 3.456'],
    ['what is 2x + 1 when x is 3', 'evaluate-at 2x + 1'],
    ['if f(x) = 2x + 3, find f(4)', 'evaluate-at 2x + 3'],
    ['x + y = 5, x - y = 1', 'solve-system x + y = 5 \\text{ and } x - y = 1'],
    ['what number plus seven equals fifteen', 'solve x + 7 = 15'],
    ['to plus for', 'compute 2 + 4'],
    ['x plus three all squared', 'simplify (x + 3)^{2}'],
    ['um, can you please tell me what is 2 + 2', 'compute 2 + 2'],
    ['4xy + 2ab', 'simplify 4xy + 2ab'],
  ]);
});

describe('readings of what can be read in two ways', () => {
  const readings = (sentence: string): readonly string[] => {
    const meaning = understand(sentence);
    return meaning.kind === 'ambiguous' ? meaning.readings.map(({ latex }) => latex) : [meaning.kind];
  };
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['1/2x + 3 = 7', ['\\frac{1}{2}x + 3 = 7', '\\frac{1}{2x} + 3 = 7']],
    ['negative two squared', ['(-2)^{2}', '-2^{2}']],
    ['square root of nine over four', ['\\frac{\\sqrt{9}}{4}', '\\sqrt{\\frac{9}{4}}']],
    ['80 + 15%', ['80 + 15\\% \\text{ of } 80', '80 + 15\\%']],
    ['difference between 3 and 10', ['10 - 3', '3 - 10']],
    ['2^3x = 4', ['2^{3}x = 4', '2^{3x} = 4']],
    ['sine x squared', ['\\sin(x^{2})', '\\left(\\sin(x)\\right)^{2}']],
    ['f(x) = 2', ['fx = 2']],
  ];
  for (const [sentence, expected] of rows) it(sentence, () => assert.deepEqual(readings(sentence), expected));
});

describe('two readings are asked about, never guessed', () => {
  table(
    ['1/2x + 3 = 7', '6/2(1+2)', '6÷2(1+2)', '6÷2/3', '9^1/2', '2^3x = 4', '√4x = 2', '80 + 15%', 'negative two squared', 'difference between 3 and 10',
      'the sum of 3 and 4 times 2', 'the quantity one plus two plus three squared', 'two times the quantity x plus two squared', '2 1/2x = 5', 'f(x) = 2', 'X + x = 2', '2 x 3 + x = 10', 'square root of nine over four', 'two to the power of three squared'].map((sentence) => [sentence, 'ambiguous'] as const), // prettier-ignore
  );
});

describe('left over means not understood', () => {
  table([
    ['x2 + 1 = 5', 'left over: 2 + 1 = 5'],
    ['2ⁿ = 8', 'left over: ⁿ = 8'],
    ['0,125 + 1', 'left over: ,125 + 1'],
    ['two third plus one', 'left over: two third plus one'],
    ['twenty fifteen plus one', 'left over: fifteen plus one'],
    ['three point fourteen plus one', 'left over: three point fourteen plus one'],
    ['solve for x plus two equals five', 'left over: plus two equals five'],
    ['solve for x minus two equals five', 'left over: minus two equals five'],
    ['5 km + 3 miles', 'left over: km + 3 miles'],
    ['2 + 2 = 4 = 4', 'left over: = 4'],
    ['two of three', 'left over: of three'],
    ['2 3', 'left over: 3'],
    ['(1 + 2', 'left over: '],
    ['1 + 2)', 'left over: )'],
    ['2 + * 3', 'left over: * 3'],
    ['e + 1 = 2', 'left over: e + 1 = 2'],
  ]);
});

describe('conversation', () => {
  table([
    ['Hi!', 'follow-up greeting'],
    ['why?', 'follow-up why'],
    ['Why is that so', 'follow-up why'],
    ['again please', 'follow-up again'],
    ['say that again', 'follow-up again'],
    ['Just the answer.', 'follow-up answer-only'],
    ['thank you', 'follow-up thanks'],
    ['another one', 'follow-up another'],
    ['who won the world cup', 'off-topic'],
    ['tell me a story', 'off-topic'],
    ['', 'off-topic'],
    ['1'.repeat(301), 'too-long'],
  ]);
});

describe('number words', () => {
  it('read back what the tutor says', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999n }), (value) => {
        const words = nameInteger(value).replace(/-/g, ' ').split(' ');
        const read = readNumber(words);
        assert.ok(read !== null && read.expression.kind === 'number' && read.count === words.length);
        assert.equal(read.expression.value.numerator, value);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});
