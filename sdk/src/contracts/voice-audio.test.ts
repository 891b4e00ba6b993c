import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AUDIO_KIND, encodeAudioFrame, parseAudioFrame } from './voice-audio.js';

describe('audio frames', () => {
  it('have the golden bytes', () => {
    const bytes = encodeAudioFrame({
      kind: AUDIO_KIND.tutor,
      turn: 0x010203,
      sequence: 0xfffefdfc,
      samples: Int16Array.of(1, -2),
    });
    assert.equal(Buffer.from(bytes).toString('hex'), '02010203fffefdfc0100feff');
  });
  it('come back as they were, also out of the middle of a pool', () => {
    fc.assert(
      fc.property(
        fc.nat(0xffffff),
        fc.nat(0xffffffff),
        fc.int16Array({ minLength: 1, maxLength: 500 }),
        (turn, sequence, samples) => {
          const bytes = Buffer.concat([
            Buffer.from([7]),
            Buffer.from(encodeAudioFrame({ kind: AUDIO_KIND.mic, turn, sequence, samples })),
          ]).subarray(1);
          assert.deepEqual(parseAudioFrame(bytes), { kind: AUDIO_KIND.mic, turn, sequence, samples });
        },
      ),
    );
  });
  it('are refused when too short, odd, of an unknown kind, or too long', () => {
    for (const bytes of [[], [1, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0, 1], [3, 0, 0, 0, 0, 0, 0, 0, 1, 1]])
      assert.equal(parseAudioFrame(Uint8Array.from(bytes)), null);
    assert.equal(parseAudioFrame(new Uint8Array(60_000)), null);
  });
});
