/** What stops faults: the guard towards the page, the emitter between listeners, the closed switch. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createEmitter } from './emitter.js';
import { createGuard } from './guard.js';
import { assertNever, err, ok } from './result.js';

const planted = new Error('planted');
const fail = (): never => {
  throw planted;
};

describe('guard', () => {
  const setup = () => {
    const faults: [string, unknown][] = [];
    return { faults, guard: createGuard({ fault: (where, error) => faults.push([where, error]) }) };
  };
  it('hands on what a task gives', async () => {
    const { guard, faults } = setup();
    assert.equal(
      guard.run('a', 0, () => 1),
      1,
    );
    assert.equal(await guard.runAsync('b', 0, async () => 2), 2);
    assert.deepEqual(faults, []);
  });
  it('reports a throw and a rejection and answers with the fallback', async () => {
    const { guard, faults } = setup();
    assert.equal(guard.run('a', 7, fail), 7);
    assert.equal(await guard.runAsync('b', 8, async () => fail()), 8);
    assert.equal(await guard.runAsync('c', 9, fail), 9);
    assert.deepEqual(faults, [
      ['a', planted],
      ['b', planted],
      ['c', planted],
    ]);
  });
  it('wraps a listener so that it never throws and gets its arguments', () => {
    const { guard, faults } = setup();
    const got: number[] = [];
    guard.wrap('a', (x: number, y: number) => void got.push(x, y))(1, 2);
    guard.wrap('b', fail)();
    assert.deepEqual([got, faults], [[1, 2], [['b', planted]]]);
  });
  it('a reporter that throws is silenced too', () => {
    assert.equal(createGuard({ fault: fail }).run('a', 1, fail), 1);
  });
});

describe('emitter', () => {
  it('calls listeners in the order they came, also when one throws or leaves', () => {
    const faults: unknown[] = [];
    const heard: string[] = [];
    const emitter = createEmitter<number>((error) => faults.push(error));
    const stop = emitter.subscribe((n) => {
      heard.push(`a${n}`);
      stop();
    });
    emitter.subscribe(fail);
    emitter.subscribe((n) => heard.push(`b${n}`));
    emitter.emit(1);
    stop();
    emitter.emit(2);
    assert.deepEqual(heard, ['a1', 'b1', 'b2']);
    assert.deepEqual(faults, [planted, planted]);
  });
});

it('outcomes carry a value or a reason, and a forgotten case says what it was', () => {
  assert.deepEqual(
    [ok(1), err('x')],
    [
      { ok: true, value: 1 },
      { ok: false, error: 'x' },
    ],
  );
  assert.throws(() => assertNever({ type: 'new' } as never), /\{"type":"new"\}/);
});
