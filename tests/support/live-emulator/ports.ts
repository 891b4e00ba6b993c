/** What the emulator asks of the machine: time and chance. The real ones stand beside the interfaces; tests may pass their own. */
import { randomBytes } from 'node:crypto';

/** Time as the emulator sees it. */
export interface Clock {
  /** Milliseconds since some fixed start; only differences matter. */
  now(): number;
  /** Runs `task` once after `delayMs` (≥ 0). The returned function cancels it and may be called at any time. */
  after(delayMs: number, task: () => void): () => void;
}

/** Chance as the emulator needs it: names that nobody can guess or repeat. */
export interface Random {
  /** `bytes` random bytes as lower-case hexadecimal. */
  hex(bytes: number): string;
  /** A random decimal number of exactly `digits` digits, as Google writes function call ids. */
  digits(digits: number): string;
}

/** The machine's monotonic clock and timers. */
export const realClock: Clock = {
  now: () => performance.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

/** The machine's cryptographic randomness. */
export const realRandom: Random = {
  hex: (bytes) => randomBytes(bytes).toString('hex'),
  digits: (digits) =>
    Array.from(randomBytes(digits), (byte, index) => String(index === 0 ? 1 + (byte % 9) : byte % 10)).join(''),
};
