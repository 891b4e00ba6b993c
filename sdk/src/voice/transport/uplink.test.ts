/** The way up over a fake clock: order, bounds, and a pace that the gateway's own bucket never refuses. */
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createFakeClock } from '../../../../tests/support/fake-clock.js';
import { createUplink, UPLINK } from './uplink.js';

/** The gateway's rule: 100 frames a second, at most two seconds' worth at once. */
function gatewayBucket() {
  let [tokens, lastMs] = [200, 0];
  return (nowMs: number) => {
    tokens = Math.min(200, tokens + (nowMs - lastMs) / 10);
    lastMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

function harness() {
  const clock = createFakeClock();
  const line = { open: true, full: false };
  const [sent, refused, drained]: [number[], number[], number[]] = [[], [], []];
  const mayFrame = gatewayBucket();
  const uplink = createUplink({
    clock,
    isOpen: () => line.open,
    send({ sequence, samples }) {
      if (!line.open || line.full) return false;
      assert.equal(samples[0], sequence % 1000, 'samples travel with their number');
      (mayFrame(clock.monotonicMs()) ? sent : refused).push(sequence);
      return true;
    },
    onDrained: () => drained.push(sent.length),
  });
  let next = 0;
  const speak = (frames: number) => {
    for (let i = 0; i < frames; i += 1) {
      uplink.push(new Int16Array([next % 1000]));
      next += 1;
      clock.advance(20);
    }
  };
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  return { clock, line, uplink, sent, refused, drained, speak, numbers };
}

describe('uplink', () => {
  it('sends each frame at once while the line is open', () => {
    const { uplink, sent, speak, numbers } = harness();
    uplink.push(new Int16Array([0]));
    assert.deepEqual(sent, [0]);
    speak(0);
    assert.deepEqual([sent, uplink.waiting()], [numbers(0, 1), 0]);
  });
  it('keeps five seconds during a cut, then sends them in order; the gateway refuses none of them', () => {
    const { line, uplink, sent, refused, speak, numbers } = harness();
    line.open = false;
    speak(250);
    assert.deepEqual([sent.length, uplink.waiting(), uplink.stats().dropped], [0, 250, 0]);
    line.open = true;
    uplink.flush();
    assert.equal(sent.length, UPLINK.burstFrames);
    speak(200);
    assert.deepEqual([sent, refused, uplink.waiting()], [numbers(0, 450), [], 0]);
  });
  it('drops the oldest beyond five seconds, counts them, and their numbers are missing', () => {
    const { line, uplink, sent, speak, numbers } = harness();
    line.open = false;
    speak(300);
    line.open = true;
    uplink.flush();
    speak(200);
    assert.deepEqual(uplink.stats(), { frames: 500, dropped: 50 });
    assert.deepEqual(sent, numbers(50, 500));
  });
  it('goes on sending what waits when no new frame comes, says when that is done, and leaves no timer', () => {
    const { line, uplink, sent, drained, speak, clock } = harness();
    line.open = false;
    speak(250);
    line.open = true;
    uplink.flush();
    clock.advance(2000);
    assert.deepEqual([sent.length, drained, clock.pending()], [250, [250], []]);
  });
  it('tries again while the socket is full, and not at all while there is none', () => {
    const { line, uplink, sent, speak, clock } = harness();
    line.full = true;
    speak(3);
    assert.deepEqual(clock.pending().length, 1);
    line.full = false;
    clock.advance(UPLINK.retryMs);
    assert.deepEqual([sent, clock.pending()], [[0, 1, 2], []]);
    line.open = false;
    speak(3);
    clock.advance(1000);
    assert.deepEqual([clock.pending(), uplink.waiting()], [[], 3]);
  });
  it('forgets what waits, counted, and rests', () => {
    const { line, uplink, speak, clock } = harness();
    line.full = true;
    speak(5);
    uplink.clear();
    assert.deepEqual([uplink.waiting(), uplink.stats().dropped, clock.pending()], [0, 5, []]);
  });
  it('numbers from 0 again for a new lesson', () => {
    const { uplink, sent } = harness();
    uplink.push(new Int16Array([0]));
    uplink.restart();
    uplink.push(new Int16Array([0]));
    assert.deepEqual(sent, [0, 0]);
  });
  it('whatever the line does: order kept, nothing twice, every frame sent, waiting or counted', () => {
    const act = fc.oneof(
      fc.record({ do: fc.constant('speak' as const), n: fc.nat(120) }),
      fc.record({
        do: fc.constantFrom('cut' as const, 'join' as const, 'full' as const, 'free' as const),
        n: fc.nat(),
      }),
      fc.record({ do: fc.constant('wait' as const), n: fc.nat(3000) }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 30 }), (acts) => {
        const { line, uplink, sent, refused, speak, clock } = harness();
        for (const { do: what, n } of acts) {
          if (what === 'speak') speak(n);
          else if (what === 'wait') clock.advance(n);
          else if (what === 'cut' || what === 'join') line.open = what === 'join';
          else line.full = what === 'full';
          if (what === 'join') uplink.flush();
          assert.ok(uplink.waiting() <= UPLINK.waitingFrames);
        }
        assert.deepEqual(refused, []);
        assert.ok(sent.every((sequence, i) => i === 0 || sequence > sent[i - 1]!));
        const { frames, dropped } = uplink.stats();
        assert.equal(sent.length + dropped + uplink.waiting(), frames);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
