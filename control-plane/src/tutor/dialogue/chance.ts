/** Chance as a value: a seed in, a number and the next seed out, so that a lesson replays exactly. */

/** A number in [0, 1) and the seed for the next one. */
export interface Drawn {
  readonly value: number;
  readonly seed: number;
}

/** Draws by the mulberry32 generator: 32 bits of state are plenty for praise and practice. */
export function draw(seed: number): Drawn {
  const next = (seed + 0x6d2b79f5) >>> 0;
  let mixed = Math.imul(next ^ (next >>> 15), next | 1);
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
  return { value: ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296, seed: next };
}

/** One of several, and the seed for the next draw. */
export function pick<T>(choices: readonly [T, ...T[]], seed: number): { readonly chosen: T; readonly seed: number } {
  const drawn = draw(seed);
  return { chosen: choices[Math.floor(drawn.value * choices.length)] ?? choices[0], seed: drawn.seed };
}

/** A source of whole numbers for a generator: each call draws anew. */
export interface Dice {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** The seed for whoever draws next. */
  seed(): number;
}

/** Dice that start at a seed; for use within one call, since they count on. */
export function createDice(start: number): Dice {
  let seed = start;
  return {
    between(low, high) {
      const drawn = draw(seed);
      seed = drawn.seed;
      return low + Math.floor(drawn.value * (high - low + 1));
    },
    seed: () => seed,
  };
}
