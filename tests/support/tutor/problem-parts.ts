/** What makers of problems share: how numbers are written, and the plainest check. */
import { isClose, valueOf, type Given } from './oracle.js';

/** A question, and whether an answer to it is right. */
export interface Generated {
  readonly question: string;
  readonly isRight: (given: Given) => boolean;
}

/** Is the answer this number? */
export const value =
  (expected: number) =>
  (given: Given): boolean =>
    given.kind === 'value' && isClose(valueOf(given.exact), expected);

/** `+ 3` or `- 3`. */
export const plus = (n: number): string => (n < 0 ? `- ${-n}` : `+ ${n}`);
/** The number before an unknown; 1 is not written. */
export const factor = (a: number): string => (a === 1 ? '' : a === -1 ? '-' : `${a}`);
/** The same with its sign. */
export const term = (a: number, rest: string): string => (a < 0 ? `- ${factor(-a)}${rest}` : `+ ${factor(a)}${rest}`);
/** Greatest common divisor. */
export const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));
