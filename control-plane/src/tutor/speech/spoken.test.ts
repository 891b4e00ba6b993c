/** Trees in words, as a table, and numbers by name. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  add,
  divide,
  equation,
  integer,
  multiply,
  negate,
  power,
  subtract,
  variable,
  type Line,
} from '../algebra/expression.js';
import { nameDecimal, nameFraction, nameInteger, nameOrdinal } from './number-names.js';
import { toSpoken } from './spoken.js';

const x = variable('x');
const n = (value: number): ReturnType<typeof integer> => integer(BigInt(value));

describe('trees', () => {
  const rows: readonly (readonly [string, Line])[] = [
    ['x squared', power(x, n(2))],
    ['x cubed', power(x, n(3))],
    ['x to the fourth', power(x, n(4))],
    ['x to the power of negative one', power(x, negate(n(1)))],
    ['negative two', negate(n(2))],
    ['five minus two', subtract(n(5), n(2))],
    ['one half', divide(n(1), n(2))],
    ['three fourths', divide(n(3), n(4))],
    ['two x', multiply(n(2), x, 'implicit')],
    ['two times three', multiply(n(2), n(3))],
    ['five over the quantity x plus one', divide(n(5), add(x, n(1)))],
    ['five over the quantity two x', divide(n(5), multiply(n(2), x, 'implicit'))],
    ['three times the quantity x minus two', multiply(n(3), subtract(x, n(2)), 'implicit')],
    ['the square root of nine', { kind: 'root', degree: 2, value: n(9) }],
    ['fifteen percent of eighty', multiply({ kind: 'percent', value: n(15) }, n(80), 'of')],
    ['two x plus three equals eleven', equation(add(multiply(n(2), x, 'implicit'), n(3)), n(11))],
    ['x equals two, or x equals three', { kind: 'either', equations: [equation(x, n(2)), equation(x, n(3))] }],
  ];
  for (const [words, line] of rows) it(words, () => assert.equal(toSpoken(line), words));
});

describe('numbers', () => {
  it('whole numbers', () => {
    assert.deepEqual([0n, 7n, 13n, 40n, 52n, 100n, 342n, 1000n, 1_002_003n, -5n].map(nameInteger), [
      'zero', 'seven', 'thirteen', 'forty', 'fifty-two', 'one hundred', 'three hundred forty-two', 'one thousand', 'one million two thousand three', 'negative five',
    ]); // prettier-ignore
    assert.match(nameInteger(10n ** 15n), /^one zero zero/);
  });
  it('decimals, fractions, ordinals', () => {
    assert.deepEqual(['2.05', '-0.5', '3'].map(nameDecimal), [
      'two point zero five',
      'negative zero point five',
      'three',
    ]);
    assert.deepEqual([nameFraction(1n, 2n), nameFraction(3n, 2n), nameFraction(5n, 6n), nameFraction(1n, 100n), nameFraction(7n, 120n), nameFraction(5n, 1n)], ['one half', 'three halves', 'five sixths', 'one hundredth', 'seven over one hundred twenty', 'five over one']); // prettier-ignore
    assert.deepEqual([nameOrdinal(4n), nameOrdinal(20n), nameOrdinal(21n)], ['fourth', 'twentieth', null]);
  });
});
