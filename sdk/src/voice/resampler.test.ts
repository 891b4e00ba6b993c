import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createResampler } from './resampler.js';

const tone = (hz: number, rateHz: number, seconds = 1) =>
  Float32Array.from({ length: rateHz * seconds }, (_, i) => 0.5 * Math.sin((2 * Math.PI * hz * i) / rateHz));

function convert(input: Float32Array, fromHz: number, toHz: number, pieces: readonly number[] = [128]): Float32Array {
  const resampler = createResampler(fromHz, toHz);
  const output: number[] = [];
  for (let at = 0, i = 0; at < input.length; i += 1) {
    const size = pieces[i % pieces.length] as number;
    const count = resampler.process(input.subarray(at, at + size));
    output.push(...resampler.output.subarray(0, count));
    at += size;
  }
  return Float32Array.from(output);
}

/** Level of one frequency: the length of its Fourier component, 0.5 for a tone of that amplitude. Skips the ends. */
function levelAt(samples: Float32Array, hz: number, rateHz: number): number {
  const inner = samples.subarray(400, 400 + Math.floor((samples.length - 800) / rateHz / 0.1) * rateHz * 0.1);
  let [re, im] = [0, 0];
  inner.forEach((sample, i) => {
    re += sample * Math.cos((2 * Math.PI * hz * i) / rateHz);
    im += sample * Math.sin((2 * Math.PI * hz * i) / rateHz);
  });
  return (2 * Math.hypot(re, im)) / inner.length;
}
const peak = (samples: Float32Array) =>
  samples.subarray(200, -200).reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

const ways: readonly (readonly [number, number])[] = [
  [44_100, 16_000],
  [48_000, 16_000],
  [96_000, 16_000],
  [16_000, 16_000],
  [22_050, 16_000],
  [8000, 16_000],
  [24_000, 44_100],
  [24_000, 48_000],
  [24_000, 96_000],
  [24_000, 16_000],
  [44_099, 16_000],
];

describe('resampler', () => {
  for (const [fromHz, toHz] of ways) {
    it(`${fromHz} → ${toHz} Hz keeps the frequency and level of speech`, () => {
      for (const hz of [200, 1000, 2500]) {
        const level = levelAt(convert(tone(hz, fromHz), fromHz, toHz), hz, toHz);
        assert.ok(Math.abs(level - 0.5) < 0.005, `${hz} Hz came out at ${level}`);
      }
    });
    it(`${fromHz} → ${toHz} Hz gives the exact number of samples`, () => {
      const lookAhead = Math.ceil(16 * Math.max(1, fromHz / toHz));
      for (const length of [fromHz, fromHz * 3 + 17]) {
        const expected = Math.ceil(((length - lookAhead) * toHz) / fromHz);
        assert.equal(convert(new Float32Array(length), fromHz, toHz).length, expected);
      }
    });
  }
  for (const fromHz of [44_100, 48_000, 96_000]) {
    it(`${fromHz} → 16000 Hz leaves no alias of what 16 kHz cannot hold`, () => {
      for (const hz of [9000, 10_000, 12_000, 15_000, 20_000]) {
        const loudest = peak(convert(tone(hz, fromHz), fromHz, 16_000));
        assert.ok(loudest < 0.0005, `${hz} Hz is heard at ${loudest}`);
      }
    });
  }
  it('leaves no image of speech above 12 kHz when it goes up', () => {
    for (const toHz of [44_100, 48_000]) {
      const level = levelAt(convert(tone(3000, 24_000), 24_000, toHz), 21_000, toHz);
      assert.ok(level < 0.0005, `the image is heard at ${level}`);
    }
  });
  it('passes a constant unchanged', () => {
    for (const [fromHz, toHz] of ways) {
      const output = convert(new Float32Array(fromHz).fill(0.25), fromHz, toHz).subarray(100, -100);
      assert.ok(output.every((sample) => Math.abs(sample - 0.25) < 1e-4));
    }
  });
  it('gives the same samples however the sound is cut', () => {
    const input = tone(700, 44_100, 0.2);
    const whole = convert(input, 44_100, 16_000, [input.length]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 12 }), (pieces) => {
        assert.deepEqual(convert(input, 44_100, 16_000, pieces), whole);
      }),
      { numRuns: 30 },
    );
  });
});
