/** Changes the sample rate of mono sound by a windowed sinc, piece by piece. Pure; allocates nothing once it runs. */

/** Zero crossings of the filter on each side: passes 0.73 of the lower rate's band, stops from 1.07 of it on. */
const CROSSINGS = 16;
/** Middle of the filter's slope, as a part of what the lower rate can hold. */
const CUTOFF = 0.9;
/** Rows of the filter table at most: common rates need 1, 2, 147 or 160; odd ones are rounded to one of these. */
const ROWS_LIMIT = 1024;

/** Feeds pieces through; what a piece ends with is kept for the next. */
export interface Resampler {
  /** Takes a piece of any length and returns how many samples of `output` are new. */
  process(input: Float32Array): number;
  /** The newest samples, from index 0; overwritten by the next call, and another array when pieces grow. */
  readonly output: Float32Array;
}

/**
 * Creates a resampler. It looks ahead by `CROSSINGS` periods of the lower rate (1 ms at 16 kHz), and is exact over time:
 * after n seconds it has given n × `toHz` samples less that look-ahead.
 *
 * @param fromHz rate of what comes in, 8,000–192,000; rounded to whole hertz.
 * @param toHz rate of what goes out, the same bounds.
 */
export function createResampler(fromHz: number, toHz: number): Resampler {
  const [from, to] = [Math.round(fromHz), Math.round(toHz)];
  const divisor = greatestCommonDivisor(from, to);
  // Positions are counted in whole steps of 1/phases, so that nothing drifts.
  const [step, phases] = [from / divisor, to / divisor];
  const rows = Math.min(phases, ROWS_LIMIT);
  const half = Math.ceil(CROSSINGS * Math.max(1, from / to));
  const taps = half * 2;
  const table = filterTable(rows, half, CUTOFF * Math.min(1, to / from));
  let held = new Float32Array(taps + 4096);
  let output = new Float32Array(0);
  // Silence before the first sample, so that the first output falls on it.
  let length = half - 1;
  let base = half - 1;
  let phase = 0;
  return {
    get output() {
      return output;
    },
    process(input) {
      if (length + input.length > held.length) {
        const longer = new Float32Array(length + input.length + taps);
        longer.set(held.subarray(0, length));
        held = longer;
      }
      held.set(input, length);
      length += input.length;
      const most = Math.ceil((input.length * phases) / step) + 1;
      if (output.length < most) output = new Float32Array(most);
      let written = 0;
      while (base + half < length) {
        const row = Math.floor((phase * rows) / phases) * taps;
        const first = base - half + 1;
        let sum = 0;
        for (let k = 0; k < taps; k += 1) sum += (held[first + k] as number) * (table[row + k] as number);
        output[written] = sum;
        written += 1;
        phase += step;
        base += Math.floor(phase / phases);
        phase %= phases;
      }
      const drop = base - half + 1;
      held.copyWithin(0, drop, length);
      length -= drop;
      base -= drop;
      return written;
    },
  };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** `rows` rows of a Blackman-windowed sinc, each scaled to pass a constant unchanged. */
function filterTable(rows: number, half: number, cutoff: number): Float32Array {
  const taps = half * 2;
  const table = new Float32Array(rows * taps);
  for (let row = 0; row < rows; row += 1) {
    let sum = 0;
    for (let k = 0; k < taps; k += 1) {
      const x = k - half + 1 - row / rows;
      const angle = Math.PI * x * cutoff;
      const sinc = x === 0 ? 1 : Math.sin(angle) / angle;
      const w = Math.min(1, Math.abs(x) / half);
      const value = sinc * (0.42 + 0.5 * Math.cos(Math.PI * w) + 0.08 * Math.cos(2 * Math.PI * w));
      table[row * taps + k] = value;
      sum += value;
    }
    for (let k = 0; k < taps; k += 1) table[row * taps + k] = (table[row * taps + k] as number) / sum;
  }
  return table;
}
