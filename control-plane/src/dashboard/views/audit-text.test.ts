import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { textOf } from './audit-text.js';

const id = '8548eedc-2f9f-4fc3-9b33-4ab63e09eddd';

describe('the words of an audit entry', () => {
  it('name a checkpoint and shorten what only machines read, with all of it at hand', () => {
    assert.deepEqual(
      textOf({ subject: id, detail: { name: 'before the fair', digest: 'ab'.repeat(32), revision: 3 } }),
      {
        subject: 'before the fair',
        detail: 'id: 8548eedc… · digest: abababab… · revision: 3',
        whole: `id: ${id} · digest: ${'ab'.repeat(32)} · revision: 3`,
      },
    );
  });
  it('leave other subjects as they are', () => {
    assert.deepEqual(textOf({ subject: 'hints', detail: { enabled: true, checkpointId: id } }), {
      subject: 'hints',
      detail: 'enabled: true · checkpointId: 8548eedc…',
      whole: `enabled: true · checkpointId: ${id}`,
    });
    assert.deepEqual(textOf({ subject: 'hints', detail: {} }), { subject: 'hints', detail: '', whole: '' });
  });
  it('end where a line is long enough', () => {
    assert.equal(textOf({ subject: 'x', detail: { a: 'b'.repeat(400) } }).detail.length, 160);
  });
});
