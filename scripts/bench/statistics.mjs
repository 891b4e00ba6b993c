/** Medians and quantiles of a few numbers. */

/** The value below which `part` (0–1) of the values lie, by the nearest rank. */
export function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(part * sorted.length) - 1))] ?? Number.NaN;
}

/** The middle value; of an even count the mean of the two in the middle. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Runs every sampler once in each round, turned by one place a round, so that a machine that grows warm or busy favours none.
 *
 * @param {Record<string, () => Promise<number>>} samplers
 * @returns {Promise<Record<string, number[]>>} what each gave, in order.
 */
export async function interleave(samplers, rounds) {
  const names = Object.keys(samplers);
  const results = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (let i = 0; i < names.length; i += 1) {
      const name = names[(i + round) % names.length];
      results[name].push(await samplers[name]());
    }
  return results;
}
