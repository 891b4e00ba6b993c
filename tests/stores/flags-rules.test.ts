import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FlagKey } from '@voice-tutor/sdk/contracts/ids.js';
import { FlagChange } from '@voice-tutor/sdk/contracts/operator.js';
import { FlagDocument, isEnabled, SeedSet, withEnabled } from '../../control-plane/src/flags/flag-rules.js';

const flag = (
  defaultVariant: string,
  state = 'ENABLED',
  variants: Record<string, unknown> = { on: true, off: false },
) => FlagDocument.parse({ state, variants, defaultVariant });

describe('flag rules', () => {
  const table: readonly [string, FlagDocument, boolean][] = [
    ['on', flag('on'), true],
    ['off', flag('off'), false],
    ['on, but disabled', flag('on', 'DISABLED'), false],
    ['named otherwise', flag('yes', 'ENABLED', { yes: true, no: false }), true],
    ['a number', flag('one', 'ENABLED', { one: 1 }), false],
  ];
  for (const [name, document, enabled] of table)
    it(`tell whether a flag is enabled: ${name}`, () => assert.equal(isEnabled(document), enabled));

  it('turn a switch on and keep variants and metadata', () => {
    const before = FlagDocument.parse({ ...flag('off'), metadata: { description: 'x' } });
    const turned = withEnabled(before, true);
    assert.ok(turned.ok);
    assert.ok(isEnabled(turned.value));
    assert.deepEqual({ ...turned.value, defaultVariant: 'off' }, before);
  });
  it('have no switch for a flag that is not boolean', () => {
    assert.deepEqual(withEnabled(flag('a', 'ENABLED', { a: 'x', b: 'y' }), true), { ok: false, error: 'not-boolean' });
  });
  it('refuse a seed set with a flag that starts on, a missing default or a bad key', () => {
    for (const flags of [{ a: flag('on') }, { a: flag('missing') }, { 'Not A Key': flag('off') }])
      assert.equal(SeedSet.safeParse({ flags }).success, false);
    assert.ok(SeedSet.safeParse({ flags: { a: flag('off') } }).success);
  });
});

describe('what a change may say', () => {
  it('takes nothing but a boolean and a whole revision from 0, whatever is sent', () => {
    const change = fc.record({
      enabled: fc.oneof(fc.boolean(), fc.anything()),
      expectedRevision: fc.oneof(fc.integer(), fc.double(), fc.anything()),
    });
    fc.assert(
      fc.property(fc.oneof(change, fc.anything()), (body) => {
        const parsed = FlagChange.safeParse(body);
        if (!parsed.success) return;
        assert.equal(typeof parsed.data.enabled, 'boolean');
        assert.ok(Number.isSafeInteger(parsed.data.expectedRevision) && parsed.data.expectedRevision >= 0);
      }),
    );
    for (const body of [
      {},
      { enabled: 'true', expectedRevision: 0 },
      { enabled: true },
      { enabled: true, expectedRevision: -1 },
      { enabled: true, expectedRevision: 0.5 },
      null,
    ])
      assert.equal(FlagChange.safeParse(body).success, false);
    assert.ok(FlagChange.safeParse({ enabled: true, expectedRevision: 0 }).success);
  });
  it('takes only keys that are safe in a path', () => {
    fc.assert(fc.property(fc.string(), (key) => !FlagKey.safeParse(key).success || encodeURIComponent(key) === key));
  });
});
