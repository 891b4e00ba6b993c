import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { flagImpact } from '../../control-plane/src/rollback/impact-rules.js';

const flag = (defaultVariant: string, more: object = {}) => ({
  document: { state: 'ENABLED', defaultVariant, ...more },
  description: '',
});
type State = Readonly<Record<string, unknown>>;

describe('impact of a rollback', () => {
  const table: readonly [string, State, State, readonly (readonly [string, string | null, string | null])[]][] = [
    ['nothing when both are equal', { 'flag/a': flag('on') }, { 'flag/a': flag('on') }, []],
    ['a variant', { 'flag/a': flag('on') }, { 'flag/a': flag('off') }, [['a', 'on', 'off']]],
    ['a flag that goes', { 'flag/a': flag('on') }, {}, [['a', 'on', null]]],
    ['a flag that comes back', {}, { 'flag/a': flag('off') }, [['a', null, 'off']]],
    [
      'a disabled flag',
      { 'flag/a': flag('on', { state: 'DISABLED' }) },
      { 'flag/a': flag('on') },
      [['a', 'disabled', 'on']],
    ],
    [
      'a rule, though the default stays',
      { 'flag/a': flag('off', { targeting: { if: [true, 'on'] } }) },
      { 'flag/a': flag('off') },
      [['a', 'off', 'off']],
    ],
    [
      'flags by key',
      { 'flag/b': flag('on'), 'flag/a': flag('on') },
      {},
      [
        ['a', 'on', null],
        ['b', 'on', null],
      ],
    ],
    ['no sites', { 'site/pk_a': { name: 'x' } }, {}, []],
  ];
  for (const [name, present, target, wanted] of table) {
    it(`shows ${name}`, () =>
      assert.deepEqual(
        flagImpact(present, target).map(({ flagKey, from, to }) => [flagKey, from, to]),
        wanted,
      ));
  }
});
