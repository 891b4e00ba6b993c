import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { FlagList } from '@voice-tutor/sdk/contracts/operator.js';
import { describeFlagChanges } from './flag-changes.js';

const list = (flags: Readonly<Record<string, readonly [enabled: boolean, changedAtMs: number]>>) =>
  FlagList.parse({
    revision: 1,
    flags: Object.entries(flags).map(([flagKey, [enabled, changedAtMs]]) => ({
      flagKey,
      description: '',
      enabled,
      variants: ['off', 'on'],
      changedAtMs,
    })),
  }).flags;

describe('what others changed', () => {
  it('is said by flag, in order of keys', () => {
    const before = list({ a: [false, 1], b: [true, 1], c: [true, 1], d: [true, 1], e: [true, 1] });
    const after = list({ f: [false, 2], a: [true, 2], b: [false, 2], c: [true, 2], d: [true, 1] });
    assert.deepEqual(describeFlagChanges(before, after), [
      'a was turned on',
      'b was turned off',
      'c was edited',
      'e was removed',
      'f was added',
    ]);
  });
  it('is nothing when nothing differs', () =>
    assert.deepEqual(describeFlagChanges(list({ a: [true, 1] }), list({ a: [true, 1] })), []));
});
