import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createPageWire } from './page-wire.js';
import { createVoiceCounters } from './voice-counters.js';

/** A wire whose page has `waiting` bytes to read, and a time that a test moves. */
function create() {
  const counters = createVoiceCounters();
  const socket = { bufferedAmount: 0, sent: 0, send: () => void (socket.sent += 1) };
  let now = 0;
  let timer: { readonly atMs: number; readonly task: () => void } | null = null;
  let slow = 0;
  const wire = createPageWire({
    socket,
    clock: {
      nowMs: () => now,
      monotonicMs: () => now,
      after(delayMs, task) {
        const mine = { atMs: now + delayMs, task };
        timer = mine;
        return () => {
          if (timer === mine) timer = null;
        };
      },
    },
    options: { bufferedBytes: 1000, slowMs: 10_000 },
    counters,
    onEnd() {},
    onSlow: () => void (slow += 1),
  });
  const at = (ms: number, waiting: number) => {
    now = ms;
    socket.bufferedAmount = waiting;
    if (timer && timer.atMs <= now) {
      const { task } = timer;
      timer = null;
      task();
    }
  };
  return { wire, at, socket, counters, slow: () => slow };
}
const frame = new ArrayBuffer(10);

describe('the way to a page', () => {
  it('drops sound above the bound and never words', () => {
    const { wire, at, socket, counters } = create();
    at(0, 1001);
    wire.binary(frame);
    wire.text('x');
    assert.deepEqual([socket.sent, counters.droppedAudio], [1, 1]);
    at(1, 999);
    wire.binary(frame);
    assert.equal(socket.sent, 2);
  });
  it('R-FAULT-14: gives a page up that stays behind for its time, though it sometimes takes a frame', () => {
    const { wire, at, slow, counters } = create();
    for (let ms = 0; ms < 10_000; ms += 1000) {
      at(ms, ms % 2000 === 0 ? 1001 : 999);
      wire.binary(frame);
      assert.equal(slow(), 0);
    }
    at(10_000, 999);
    assert.deepEqual([slow(), counters.slow], [1, 1]);
  });
  it('is patient again with a page that has caught up', () => {
    const { wire, at, slow } = create();
    at(0, 2000);
    wire.text('x');
    at(5000, 400);
    wire.text('x');
    at(10_000, 2000);
    wire.text('x');
    at(19_999, 2000);
    assert.equal(slow(), 0);
    at(20_000, 2000);
    assert.equal(slow(), 1);
  });
  it('does not give a page up that caught up while nothing was sent, nor one that left', () => {
    const { wire, at, slow } = create();
    at(0, 2000);
    wire.text('x');
    at(10_000, 100);
    assert.equal(slow(), 0);
    at(10_001, 2000);
    wire.text('x');
    wire.stop();
    at(30_000, 2000);
    assert.equal(slow(), 0);
  });
});
