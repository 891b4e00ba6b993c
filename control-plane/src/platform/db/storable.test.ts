import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { isStorable } from './storable.js';

describe('what the databases can hold', () => {
  const table: readonly (readonly [object | string, boolean])[] = [
    ['', true],
    ['𝛑 é \n \u0001', true],
    ['\\u0000 as six characters', true],
    ['\\\\ud800', true],
    [{ a: ['x', 1, null] }, true],
    ['\u0000', false],
    ['\\\u0000', false],
    ['a\ud800b', false],
    ['\udc00', false],
    [{ 'key\u0000': 1 }, false],
    [['fine', { deep: '\udfff' }], false],
  ];
  for (const [value, storable] of table)
    it(`${JSON.stringify(value)} is ${storable ? '' : 'not '}storable`, () =>
      assert.equal(isStorable(value), storable));
});
