/** Prime numbers by trial division, which is quick enough for twelve digits. Numbers only. */

/** Largest number that is taken apart: its root is a million, a few milliseconds of trying. */
export const largestFactored = 10n ** 12n;

/**
 * The prime factors with their powers, ascending.
 *
 * @param value a whole number from 1 to 10^12; a RangeError otherwise, since callers say "too big" first
 */
export function primeFactors(value: bigint): readonly (readonly [bigint, number])[] {
  if (value < 1n || value > largestFactored) throw new RangeError('not between 1 and 10^12');
  // Twelve digits fit a floating-point number exactly, and its remainders are ten times as quick as a BigInt's.
  let rest = Number(value);
  const found: [bigint, number][] = [];
  const take = (prime: number): void => {
    let count = 0;
    for (; rest % prime === 0; count += 1) rest /= prime;
    if (count > 0) found.push([BigInt(prime), count]);
  };
  take(2);
  take(3);
  for (let prime = 5; prime * prime <= rest; prime += 6) {
    if (rest % prime === 0) take(prime);
    if (rest % (prime + 2) === 0) take(prime + 2);
  }
  if (rest > 1) found.push([BigInt(rest), 1]);
  return found;
}

/** Is the number prime? Same bounds as `primeFactors`; 0 and 1 are not. */
export function isPrime(value: bigint): boolean {
  if (value < 2n) return false;
  const factors = primeFactors(value);
  return factors.length === 1 && factors[0]?.[1] === 1;
}

/** All divisors of a number, ascending. */
export function divisorsOf(value: bigint): readonly bigint[] {
  let found = [1n];
  for (const [prime, count] of primeFactors(value))
    found = found.flatMap((each) => Array.from({ length: count + 1 }, (_, power) => each * prime ** BigInt(power)));
  return found.sort((a, b) => (a < b ? -1 : 1));
}
