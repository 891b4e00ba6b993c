import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createReplayBuffer } from './replay-buffer.js';

const bounds = { replayMessages: 100, replayBytes: 10_000, replayAudioBytes: 100 };
/** A buffer with its losses; frames are 10 bytes whose first is their sequence. */
function create(own: Partial<typeof bounds> = {}) {
  let lost = 0;
  const buffer = createReplayBuffer({ ...bounds, ...own }, () => void (lost += 1));
  const audio = (sequence: number, sent: boolean) => {
    const data = new ArrayBuffer(10);
    new Uint8Array(data)[0] = sequence;
    buffer.audio(sequence, data, sent);
  };
  const resend = (seq: number, audioSequence?: number) =>
    buffer
      .resend({ seq, audioSequence })
      ?.map((one) => (typeof one === 'string' ? one : (new Uint8Array(one)[0] ?? -1))) ?? null;
  return { buffer, audio, resend, lost: () => lost };
}

describe('what a resume sends again', () => {
  it('is messages and unsent sound in the order in which they were made', () => {
    const { buffer, audio, resend } = create();
    buffer.message(1, 'one');
    audio(0, true);
    buffer.message(2, 'two');
    audio(1, false);
    buffer.message(3, 'three');
    audio(2, false);
    audio(3, false);
    assert.deepEqual(resend(1), ['two', 1, 'three', 2, 3]);
  });
  it('is nothing twice', () => {
    const { buffer, audio, resend } = create();
    buffer.message(1, 'one');
    audio(0, false);
    assert.deepEqual(resend(0), ['one', 0]);
    assert.deepEqual(resend(1), []);
  });
  it('is exactly the sound that did not arrive, when the page says what did', () => {
    const { buffer, audio, resend } = create();
    buffer.message(1, 'one');
    for (const sequence of [0, 1, 2]) audio(sequence, true);
    audio(3, false);
    assert.deepEqual(resend(1, 1), [2, 3]);
    // The socket was lost once more, with one frame on its way.
    assert.deepEqual(resend(1, 2), [3]);
  });
  it('holds no sound that must not be heard, nor any that a message shows to have arrived', () => {
    const { buffer, audio, resend } = create();
    buffer.message(1, 'one');
    audio(0, false);
    buffer.forgetAudio();
    audio(1, true);
    buffer.message(2, 'two');
    audio(2, true);
    buffer.acknowledge(2);
    assert.deepEqual(resend(2, -1), [2]);
  });
  it('is refused when messages are missing, or were never sent', () => {
    const { buffer, resend } = create({ replayMessages: 2 });
    for (const seq of [1, 2, 3]) buffer.message(seq, 'm');
    assert.equal(resend(0), null);
    assert.equal(resend(4), null);
    assert.deepEqual(resend(1), ['m', 'm']);
  });
  it('goes on after the numbers of another process', () => {
    const { buffer, resend } = create();
    buffer.goOnAfter(41);
    assert.deepEqual(resend(41), []);
    buffer.message(42, 'next');
    assert.deepEqual(resend(41), ['next']);
  });
  it('keeps the newest sound within its bound, and counts only what was never sent', () => {
    const { buffer, audio, resend, lost } = create();
    buffer.message(1, 'one');
    for (let sequence = 0; sequence < 10; sequence += 1) audio(sequence, sequence < 5);
    for (let sequence = 10; sequence < 18; sequence += 1) audio(sequence, false);
    assert.equal(lost(), 3);
    assert.deepEqual(resend(1), [8, 9, 10, 11, 12, 13, 14, 15, 16, 17]);
  });
  it('never holds more than its bounds, and never sends sound out of order, whatever happens', () => {
    const step = fc.oneof(
      fc.constant('message' as const),
      fc.constant('sent' as const),
      fc.constant('unsent' as const),
      fc.constant('forget' as const),
      fc.record({ acknowledge: fc.nat(30) }),
      fc.record({ resend: fc.nat(30), audio: fc.option(fc.nat(60), { nil: undefined }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { buffer, audio, resend } = create({ replayMessages: 5, replayAudioBytes: 50 });
        let [seq, sequence] = [0, 0];
        for (const one of steps) {
          if (one === 'message') buffer.message((seq += 1), `m${seq}`);
          else if (one === 'sent' || one === 'unsent') audio(sequence++, one === 'sent');
          else if (one === 'forget') buffer.forgetAudio();
          else if ('acknowledge' in one) buffer.acknowledge(one.acknowledge);
          else {
            const again = resend(one.resend, one.audio) ?? [];
            const sound = again.filter((entry) => typeof entry === 'number');
            assert.ok(sound.length <= 5 && again.length - sound.length <= 5);
            assert.deepEqual(
              sound,
              [...sound].sort((a, b) => a - b),
            );
          }
        }
      }),
    );
  });
});
