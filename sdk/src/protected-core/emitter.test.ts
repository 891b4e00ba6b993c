import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEmitter } from './emitter.js';

function setUp() {
  const faults: unknown[] = [];
  const heard: string[] = [];
  const emitter = createEmitter<number>((error) => faults.push(error));
  return { emitter, faults, heard, hear: (name: string) => (event: number) => void heard.push(`${name}${event}`) };
}

describe('an emitter', () => {
  it('calls listeners in the order they came, until they stop', () => {
    const { emitter, heard, hear } = setUp();
    const stop = emitter.subscribe(hear('a'));
    emitter.subscribe(hear('b'));
    emitter.emit(1);
    stop();
    stop();
    emitter.emit(2);
    assert.deepEqual(heard, ['a1', 'b1', 'b2']);
  });

  it('reports what a listener throws, and the others still hear', () => {
    const { emitter, faults, heard, hear } = setUp();
    const fault = new Error('listener');
    emitter.subscribe(() => {
      throw fault;
    });
    emitter.subscribe(hear('b'));
    emitter.emit(1);
    assert.deepEqual(faults, [fault]);
    assert.deepEqual(heard, ['b1']);
  });

  it('tells an event to those who listened when it began', () => {
    const { emitter, heard, hear } = setUp();
    const stop = emitter.subscribe(() => {
      stop();
      emitter.subscribe(hear('late'));
    });
    emitter.subscribe(hear('b'));
    emitter.emit(1);
    assert.deepEqual(heard, ['b1']);
    emitter.emit(2);
    assert.deepEqual(heard, ['b1', 'b2', 'late2']);
  });
});
