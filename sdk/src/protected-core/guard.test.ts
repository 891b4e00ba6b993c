import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createGuard } from './guard.js';

const fault = new Error('ours');
const fail = (): never => {
  throw fault;
};
function setUp() {
  const reported: (readonly [string, unknown])[] = [];
  return { reported, guard: createGuard({ fault: (where, error) => void reported.push([where, error]) }) };
}

describe('a guard', () => {
  it('hands through what goes well', async () => {
    const { guard, reported } = setUp();
    assert.equal(
      guard.run('a', 0, () => 7),
      7,
    );
    assert.equal(await guard.runAsync('b', 0, async () => 8), 8);
    const heard: unknown[] = [];
    guard.wrap('c', (...args: readonly [number, string]) => void heard.push(...args))(1, 'x');
    assert.deepEqual(heard, [1, 'x']);
    assert.deepEqual(reported, []);
  });

  it('answers a fault with the fallback and reports it with its place', async () => {
    const { guard, reported } = setUp();
    assert.equal(guard.run('a', 'fallback', fail), 'fallback');
    assert.equal(await guard.runAsync('b', 'fallback', async () => fail()), 'fallback');
    assert.equal(await guard.runAsync('c', 'fallback', fail), 'fallback', 'one that throws before its promise');
    guard.wrap('d', fail)();
    assert.deepEqual(
      reported,
      ['a', 'b', 'c', 'd'].map((where) => [where, fault]),
    );
  });

  it('stays silent when the reporter itself fails', async () => {
    const guard = createGuard({ fault: fail });
    assert.equal(guard.run('a', 1, fail), 1);
    assert.equal(await guard.runAsync('b', 2, fail), 2);
  });
});
