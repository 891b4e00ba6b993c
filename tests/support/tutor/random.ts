/** Seeded choices, so that a failing problem can be made again. */

/** A source of choices; the same seed gives the same ones. */
export interface Choices {
  /** A whole number, both ends included. */
  readonly whole: (low: number, high: number) => number;
  /** A whole number that is not 0. */
  readonly nonZero: (low: number, high: number) => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

/** Mulberry32. */
export function seeded(seed: number): Choices {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    whole,
    nonZero: (low, high) => whole(low, high) || high,
    pick: (list) => {
      const chosen = list[whole(0, list.length - 1)];
      if (chosen === undefined) throw new RangeError('nothing to pick from');
      return chosen;
    },
  };
}
