import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createJitterBuffer, jitterDefaults, type JitterBuffer } from './jitter-buffer.js';

const RATE_HZ = 1000; // One sample is one millisecond.
const sound = (length: number, value = 0.5) => new Float32Array(length).fill(value);
const pull = (buffer: JitterBuffer, length: number) => {
  const output = new Float32Array(length);
  buffer.pull(output);
  return output;
};
const heard = (output: Float32Array) => output.filter((sample) => sample !== 0).length;

describe('jitter buffer', () => {
  it('starts a turn with 120 ms in hand, not before', () => {
    const buffer = createJitterBuffer(RATE_HZ);
    buffer.push(1, sound(119));
    assert.equal(heard(pull(buffer, 10)), 0);
    buffer.push(1, sound(1));
    assert.equal(heard(pull(buffer, 10)), 10);
    assert.equal(buffer.stats().playedSamples, 10);
  });
  it('plays a short turn at once when it is over', () => {
    const buffer = createJitterBuffer(RATE_HZ);
    buffer.push(1, sound(20));
    buffer.finish(1);
    assert.equal(heard(pull(buffer, 30)), 20);
    assert.equal(buffer.stats().underruns, 0);
  });
  it('plays the rest of a turn whose end never came: when a later turn has sound, or after 400 ms', () => {
    const later = createJitterBuffer(RATE_HZ);
    later.push(1, sound(20));
    later.push(2, sound(1));
    assert.equal(heard(pull(later, 10)), 10);
    const alone = createJitterBuffer(RATE_HZ);
    alone.push(1, sound(20));
    assert.equal(heard(pull(alone, 400)), 0);
    assert.equal(heard(pull(alone, 30)), 20);
  });
  it('does not count silence inside speech as played', () => {
    const buffer = createJitterBuffer(RATE_HZ);
    buffer.push(1, Float32Array.from([...sound(100), ...sound(50, 0), ...sound(50)]));
    pull(buffer, 300);
    assert.equal(buffer.stats().playedSamples, 150);
    assert.equal(buffer.stats().turnSamples, 200);
  });
  it('counts the silence inside a turn that ran dry and went on, with the wait before it goes on', () => {
    const buffer = createJitterBuffer(RATE_HZ);
    buffer.push(1, sound(150));
    pull(buffer, 200); // 150 of sound, 50 of silence
    buffer.push(1, sound(100));
    pull(buffer, 40); // less than the preroll in hand
    assert.equal(buffer.stats().gapSamples, 0);
    buffer.push(1, sound(100));
    assert.equal(heard(pull(buffer, 40)), 40);
    assert.deepEqual([buffer.stats().gapSamples, buffer.stats().underruns], [90, 1]);
  });
  it('takes the silence after a turn for no gap, whether it was said to be over or another began', () => {
    for (const end of ['finish', 'next', 'flush'] as const) {
      const buffer = createJitterBuffer(RATE_HZ);
      buffer.push(1, sound(150));
      pull(buffer, 500);
      if (end === 'finish') buffer.finish(1);
      if (end === 'flush') buffer.flush(1);
      buffer.push(2, sound(200));
      pull(buffer, 100);
      assert.deepEqual([buffer.stats().gapSamples, buffer.stats().playedSamples], [0, 250], end);
    }
  });
  it('keeps the order of turns and says which one is heard', () => {
    const buffer = createJitterBuffer(RATE_HZ);
    buffer.push(1, sound(100, 0.1));
    buffer.push(2, sound(100, 0.2));
    const output = pull(buffer, 150);
    assert.ok(Math.abs((output[99] as number) - 0.1) < 1e-6 && Math.abs((output[100] as number) - 0.2) < 1e-6);
    assert.deepEqual([buffer.stats().turn, buffer.stats().turnSamples, buffer.stats().heldSamples], [2, 50, 50]);
  });

  describe('flush', () => {
    it('fades out within 5 ms and is silent after', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      buffer.push(1, sound(500));
      pull(buffer, 10);
      buffer.flush(1);
      const output = pull(buffer, 20);
      assert.deepEqual(
        [...output.subarray(0, 5)].map((sample) => Math.round(sample * 100) / 100),
        [0.4, 0.3, 0.2, 0.1, 0],
      );
      assert.equal(heard(output.subarray(5)), 0);
      assert.equal(buffer.stats().heldSamples, 0);
    });
    it('fades over several quanta when they are short', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      buffer.push(1, sound(500));
      pull(buffer, 2);
      buffer.flush(1);
      assert.equal(
        heard(pull(buffer, 2)) + heard(pull(buffer, 2)) + heard(pull(buffer, 2)) + heard(pull(buffer, 2)),
        4,
      );
    });
    it('drops late sound of the turn and of those before, and counts it', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      buffer.flush(3);
      for (const turn of [1, 2, 3]) buffer.push(turn, sound(200));
      assert.equal(heard(pull(buffer, 100)), 0);
      assert.equal(buffer.stats().droppedSamples, 600);
      buffer.push(4, sound(200));
      assert.equal(heard(pull(buffer, 100)), 100);
    });
    it('leaves the sound of later turns', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      buffer.push(1, sound(200));
      buffer.push(2, sound(200, 0.25));
      pull(buffer, 10);
      buffer.flush(1);
      assert.equal(buffer.stats().heldSamples, 200);
      assert.equal(pull(buffer, 10)[9], 0.25);
    });
    it('is no underrun', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      buffer.push(1, sound(200));
      pull(buffer, 300);
      buffer.flush(1);
      buffer.push(2, sound(200));
      pull(buffer, 300);
      buffer.finish(2);
      assert.equal(buffer.stats().underruns, 0);
    });
  });

  describe('adaptive preroll', () => {
    const runDry = (buffer: JitterBuffer, turn: number) => {
      for (let i = 0; i < 2; i += 1) {
        buffer.push(turn, sound(500));
        pull(buffer, 600);
      }
      buffer.finish(turn);
    };
    it('counts an underrun when a turn goes on after it ran dry, and waits 40 ms longer', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      runDry(buffer, 1);
      assert.equal(buffer.stats().underruns, 1);
      assert.equal(buffer.stats().prerollSamples, 160);
    });
    it('counts none when the end of the turn came late', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      buffer.push(1, sound(200));
      pull(buffer, 300);
      buffer.finish(1);
      buffer.push(2, sound(200));
      assert.equal(buffer.stats().underruns, 0);
    });
    it('never waits longer than 400 ms', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      for (let turn = 1; turn < 30; turn += 1) runDry(buffer, turn);
      assert.equal(buffer.stats().prerollSamples, 400);
    });
    it('comes down by 10 ms with each steady turn, to 60 ms', () => {
      const buffer = createJitterBuffer(RATE_HZ);
      for (let turn = 1; turn < 10; turn += 1) {
        buffer.push(turn, sound(200));
        buffer.finish(turn);
        pull(buffer, 250);
        assert.equal(buffer.stats().prerollSamples, Math.max(60, 120 - turn * 10));
      }
    });
  });

  it('refuses what is beyond its capacity and counts it', () => {
    const buffer = createJitterBuffer(RATE_HZ, { capacityMs: 1000 });
    buffer.push(1, sound(900));
    buffer.push(1, sound(200));
    assert.equal(buffer.stats().heldSamples, 900);
    assert.equal(buffer.stats().droppedSamples, 200);
  });
  it('numbers turns anew after a reset', () => {
    const buffer = createJitterBuffer(RATE_HZ);
    buffer.push(5, sound(200));
    pull(buffer, 10);
    buffer.flush(5);
    buffer.reset();
    pull(buffer, 10);
    buffer.push(1, sound(200));
    assert.equal(heard(pull(buffer, 10)), 10);
  });

  it('loses no sample, plays none of a flushed turn, and never waits for ever: any order of events', () => {
    const event = fc.oneof(
      fc.record({
        type: fc.constant('push' as const),
        turn: fc.integer({ min: 1, max: 6 }),
        size: fc.integer({ min: 0, max: 300 }),
      }),
      fc.record({ type: fc.constant('pull' as const), turn: fc.constant(0), size: fc.integer({ min: 1, max: 400 }) }),
      fc.record({
        type: fc.constantFrom('finish' as const, 'flush' as const),
        turn: fc.integer({ min: 1, max: 6 }),
        size: fc.constant(0),
      }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 80 }), (events) => {
        const buffer = createJitterBuffer(RATE_HZ);
        let [pushed, heardSamples, flushed, fading] = [0, 0, 0, 0];
        for (const { type, turn, size } of events) {
          if (type === 'push') {
            pushed += size;
            // Each turn has a loudness of its own, so that what is heard can be told apart.
            buffer.push(turn, sound(size, turn));
          } else if (type === 'pull') {
            const output = pull(buffer, size);
            heardSamples += heard(output);
            output.forEach((sample, i) => assert.ok(sample === 0 || sample > flushed || i < fading));
            fading = 0;
          } else if (type === 'flush') {
            flushed = Math.max(flushed, turn);
            fading = jitterDefaults.fadeMs;
            buffer.flush(turn);
          } else buffer.finish(turn);
          const { heldSamples, droppedSamples, prerollSamples } = buffer.stats();
          assert.ok(heldSamples >= 0 && prerollSamples >= 60 && prerollSamples <= 400);
          assert.ok(heardSamples + heldSamples + droppedSamples >= pushed);
        }
        pull(buffer, 500);
        pull(buffer, 80 * 300);
        assert.equal(buffer.stats().heldSamples, 0);
      }),
      { numRuns: 500 },
    );
  });
});
