import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFramer, levelOf } from './framer.js';

function framesOf(deviceHz: number, samples: Float32Array, quantum = 128): Int16Array[] {
  const framer = createFramer(deviceHz);
  const frames: Int16Array[] = [];
  for (let at = 0; at < samples.length; at += quantum)
    framer.push(samples.subarray(at, at + quantum), (frame) => frames.push(frame));
  return frames;
}

describe('framer', () => {
  for (const deviceHz of [16_000, 44_100, 48_000, 96_000]) {
    it(`cuts 60 s at ${deviceHz} Hz into 3000 frames of 20 ms, the last waiting for its look-ahead`, () => {
      const frames = framesOf(deviceHz, new Float32Array(deviceHz * 60 + Math.ceil(deviceHz / 1000) + 1));
      assert.equal(frames.length, 3000);
      assert.ok(frames.every((frame) => frame.length === 320));
      assert.equal(framesOf(deviceHz, new Float32Array(deviceHz * 60)).length, 2999);
    });
  }
  it('keeps level and sign, and limits what is too loud', () => {
    const [, frame] = framesOf(48_000, new Float32Array(4800).fill(-0.5));
    assert.ok(frame?.every((sample) => Math.abs(sample + 16_384) < 8));
    const [, loud] = framesOf(48_000, new Float32Array(4800).fill(3));
    assert.ok(loud?.every((sample) => sample === 32_767));
    const [, deep] = framesOf(48_000, new Float32Array(4800).fill(-3));
    assert.ok(deep?.every((sample) => sample === -32_768));
  });
  it('gives away frames of their own: none is written to again', () => {
    const frames = framesOf(
      16_000,
      Float32Array.from({ length: 3200 }, (_, i) => (i % 640) / 1280),
    );
    assert.equal(new Set(frames.map(({ buffer }) => buffer)).size, frames.length);
  });
  it('never loses or adds a frame, whatever the quantum', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(16_000, 44_100, 48_000),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 0, max: 30_000 }),
        (deviceHz, quantum, length) => {
          const samples = Float32Array.from({ length }, (_, i) => Math.sin(i / 20) / 2);
          assert.deepEqual(framesOf(deviceHz, samples, quantum), framesOf(deviceHz, samples, 128));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('levelOf', () => {
  const table: readonly (readonly [string, Int16Array, number])[] = [
    ['silence', new Int16Array(320), 0],
    ['nothing', new Int16Array(0), 0],
    ['quiet speech', new Int16Array(320).fill(800), 0.1],
    ['loud speech', new Int16Array(320).fill(-8000), 1],
    ['clipping', new Int16Array(320).fill(32_767), 1],
  ];
  for (const [name, frame, level] of table)
    it(`${name} is ${level}`, () => assert.ok(Math.abs(levelOf(frame) - level) < 1e-9));
});
