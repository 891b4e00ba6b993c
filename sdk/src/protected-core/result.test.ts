import assert from 'node:assert/strict';
import { it } from 'node:test';
import { assertNever, err, ok } from './result.js';

it('outcomes carry a value or a reason, and a forgotten case says what it was', () => {
  assert.deepEqual(ok(1), { ok: true, value: 1 });
  assert.deepEqual(err('x'), { ok: false, error: 'x' });
  assert.throws(() => assertNever({ type: 'new' } as never), /\{"type":"new"\}/);
});
