/** Changes the sample rate of mono sound by a windowed sinc, piece by piece. Pure; used by both worklets' feeders. */

/** Sub-sample positions of the filter table; more would not be heard in speech. */
const PHASES = 256;
/** Zero crossings of the filter on each side. */
const CROSSINGS = 12;

/** Feeds pieces through; what a piece ends with is kept for the next. */
export interface Resampler {
  /** Returns the samples that are complete; the array is new. */
  process(input: Float32Array): Float32Array<ArrayBuffer>;
}

/**
 * Creates a resampler. Its delay is `CROSSINGS` periods of the lower rate (0.75 ms at 16 kHz).
 *
 * @param fromHz rate of what comes in, 8,000–192,000.
 * @param toHz rate of what goes out, the same bounds.
 */
export function createResampler(fromHz: number, toHz: number): Resampler {
  const ratio = fromHz / toHz;
  // Going down, the filter also takes away what the lower rate cannot hold.
  const cutoff = Math.min(1, toHz / fromHz) * 0.94;
  const half = Math.ceil(CROSSINGS * Math.max(1, ratio));
  const taps = half * 2;
  const table = filterTable(taps, half, cutoff);
  let kept = new Float32Array(taps);
  /** Where the next output sample lies, in samples of `kept`. */
  let position = half;
  return {
    process(input) {
      const samples = new Float32Array(kept.length + input.length);
      samples.set(kept);
      samples.set(input, kept.length);
      const count = Math.max(0, Math.ceil((samples.length - half - position) / ratio));
      const output = new Float32Array(count);
      let written = 0;
      while (position + half < samples.length && written < count) {
        const base = Math.floor(position);
        const row = Math.floor((position - base) * PHASES) * taps;
        let sum = 0;
        for (let k = 0; k < taps; k += 1) sum += (samples[base - half + 1 + k] as number) * (table[row + k] as number);
        output[written] = sum;
        written += 1;
        position += ratio;
      }
      const drop = Math.max(0, Math.floor(position) - half);
      kept = samples.slice(drop);
      position -= drop;
      return written === count ? output : output.slice(0, written);
    },
  };
}

/** `PHASES` rows of a Blackman-windowed sinc, each scaled to pass a constant unchanged. */
function filterTable(taps: number, half: number, cutoff: number): Float32Array {
  const table = new Float32Array(PHASES * taps);
  for (let phase = 0; phase < PHASES; phase += 1) {
    let sum = 0;
    for (let k = 0; k < taps; k += 1) {
      const x = k - half + 1 - phase / PHASES;
      const angle = Math.PI * x * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(angle) / angle;
      const w = Math.min(1, Math.abs(x) / half);
      const value = sinc * (0.42 + 0.5 * Math.cos(Math.PI * w) + 0.08 * Math.cos(2 * Math.PI * w));
      table[phase * taps + k] = value;
      sum += value;
    }
    for (let k = 0; k < taps; k += 1) table[phase * taps + k] = (table[phase * taps + k] as number) / sum;
  }
  return table;
}
