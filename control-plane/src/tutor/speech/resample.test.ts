/** Resampling keeps level, pitch and length; fades are straight; WAV headers are not trusted. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fadeEnds, resample } from './resample.js';
import { parseWav } from './wav.js';

function tone(hz: number, rateHz: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, index) => Math.round(10_000 * Math.sin((2 * Math.PI * hz * index) / rateHz)));
}

/** Amplitude of one frequency, away from the ends. */
function levelAt(samples: Int16Array, hz: number, rateHz: number): number {
  let [real, imaginary, count] = [0, 0, 0];
  for (let index = 200; index < samples.length - 200; index += 1) {
    const angle = (2 * Math.PI * hz * index) / rateHz;
    real += (samples[index] as number) * Math.cos(angle);
    imaginary += (samples[index] as number) * Math.sin(angle);
    count += 1;
  }
  return (2 * Math.hypot(real, imaginary)) / count;
}

describe('resample', () => {
  for (const rateHz of [16_000, 22_050]) {
    it(`${rateHz} Hz to 24 kHz keeps a tone and makes no image`, () => {
      const output = resample(tone(1000, rateHz, rateHz), rateHz, 24_000);
      assert.equal(output.length, 24_000);
      assert.ok(Math.abs(levelAt(output, 1000, 24_000) - 10_000) < 100);
      // The image of 6 kHz at the old rate would stand at rate - 6 kHz.
      const high = resample(tone(6000, rateHz, rateHz), rateHz, 24_000);
      if (rateHz - 6000 < 12_000) assert.ok(levelAt(high, rateHz - 6000, 24_000) < 100);
    });
  }
  it('going down removes what would fold back', () => {
    assert.ok(levelAt(resample(tone(20_000, 48_000, 48_000), 48_000, 24_000), 4000, 24_000) < 100);
  });
  it('keeps silence, constants and extremes', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_768, max: 32_767 }), fc.integer({ min: 0, max: 200 }), (level, length) => {
        const output = resample(new Int16Array(length).fill(level), 16_000, 24_000);
        assert.equal(output.length, Math.round(length * 1.5));
        assert.ok(output.every((value) => Math.abs(value - level) <= 1));
      }),
    );
  });
  it('at the same rate is a copy', () => {
    const input = tone(500, 24_000, 100);
    assert.deepEqual(resample(input, 24_000, 24_000), input);
    assert.notEqual(resample(input, 24_000, 24_000), input);
  });
});

describe('fadeEnds', () => {
  it('rises and falls over 5 ms and leaves the middle', () => {
    const output = fadeEnds(new Int16Array(1000).fill(1000), 24_000, 5);
    assert.deepEqual(
      [output[0], output[60], output[120], output[500], output[879], output[939], output[999]],
      [0, 500, 1000, 1000, 1000, 500, 0],
    );
  });
  it('takes any length', () => {
    for (const length of [0, 1, 2, 3]) assert.equal(fadeEnds(new Int16Array(length), 24_000, 5).length, length);
  });
});

describe('parseWav', () => {
  function wav(dataBytes: number, samples: readonly number[], channels = 1): Uint8Array {
    const bytes = new Uint8Array(44 + samples.length * 2);
    const view = new DataView(bytes.buffer);
    const put = (at: number, text: string): void =>
      Array.from(text).forEach((each, index) => view.setUint8(at + index, each.charCodeAt(0)));
    (put(0, 'RIFF'), put(8, 'WAVE'), put(12, 'fmt '), put(36, 'data'));
    (view.setUint32(16, 16, true),
      view.setUint16(20, 1, true),
      view.setUint16(22, channels, true),
      view.setUint32(24, 16_000, true),
      view.setUint16(34, 16, true));
    view.setUint32(40, dataBytes, true);
    samples.forEach((value, index) => view.setInt16(44 + index * 2, value, true));
    return bytes;
  }
  it('reads samples, with a true length or an endless one', () => {
    for (const length of [6, 0x7fff_f000]) {
      const sound = parseWav(wav(length, [1, -2, 3]));
      assert.ok(sound.ok);
      assert.deepEqual([sound.value.rateHz, ...sound.value.samples], [16_000, 1, -2, 3]);
    }
  });
  it('refuses what is not mono 16-bit', () => {
    assert.deepEqual(parseWav(wav(2, [1], 2)), { ok: false, error: 'unsupported-format' });
  });
  it('takes any bytes without throwing', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(79), (noise, cut) => {
      parseWav(noise);
      const broken = wav(6, [1, 2, 3]).slice(0, cut);
      parseWav(broken);
    })); // prettier-ignore
  });
});
