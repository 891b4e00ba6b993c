/** Changes the rate of mono sound with a windowed sinc, and softens its ends. Pure: samples in, samples out. */

/** Zero crossings of the sinc on each side of a sample: 32 taps in all at rates that go up. */
const halfWidth = 16;

/**
 * Resamples mono PCM.
 *
 * @param samples Int16 at `fromHz`; not changed
 * @returns a new Int16Array at `toHz` of the same duration, rounded to whole samples; clipped, never wrapped
 */
export function resample(samples: Int16Array, fromHz: number, toHz: number): Int16Array {
  if (fromHz === toHz) return samples.slice();
  const length = Math.round((samples.length * toHz) / fromHz);
  const output = new Int16Array(length);
  // Going down, the filter widens so that nothing above the new band folds back.
  const cutoff = Math.min(1, toHz / fromHz);
  const reach = halfWidth / cutoff;
  for (let index = 0; index < length; index += 1) {
    const centre = (index * fromHz) / toHz;
    const first = Math.max(0, Math.ceil(centre - reach));
    const last = Math.min(samples.length - 1, Math.floor(centre + reach));
    let [sum, weights] = [0, 0];
    for (let at = first; at <= last; at += 1) {
      const weight = kernel((at - centre) * cutoff);
      sum += (samples[at] as number) * weight;
      weights += weight;
    }
    // Dividing by the weights keeps a constant level constant up to the very ends.
    const value = weights === 0 ? 0 : sum / weights;
    output[index] = Math.max(-32_768, Math.min(32_767, Math.round(value)));
  }
  return output;
}

/** Fades both ends linearly over `fadeMs`, in place of a click; shorter sound is faded over half its length. */
export function fadeEnds(samples: Int16Array, rateHz: number, fadeMs: number): Int16Array {
  const faded = samples.slice();
  const length = Math.min(Math.round((rateHz * fadeMs) / 1000), Math.floor(samples.length / 2));
  for (let index = 0; index < length; index += 1) {
    const gain = index / length;
    const mirror = samples.length - 1 - index;
    faded[index] = Math.round((samples[index] as number) * gain);
    faded[mirror] = Math.round((samples[mirror] as number) * gain);
  }
  return faded;
}

/** Sinc under a Hann window that ends at `halfWidth`. */
function kernel(x: number): number {
  if (x === 0) return 1;
  const angle = Math.PI * x;
  return (Math.sin(angle) / angle) * (0.5 + 0.5 * Math.cos(angle / halfWidth));
}
