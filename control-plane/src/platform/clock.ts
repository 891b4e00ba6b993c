/** Time, chance and identifiers: the only place of the control plane that asks the machine for them. */
import { randomBytes, randomUUID } from 'node:crypto';

/** Time. `monotonicMs` never goes back and is the one for durations. */
export interface Clock {
  nowMs(): number;
  monotonicMs(): number;
  /** Runs `task` once after `delayMs`; returns its cancel, which may be called twice. */
  after(delayMs: number, task: () => void): () => void;
}

/** Chance: a number in [0, 1). */
export interface Random {
  next(): number;
}

/** Identifiers and secrets. */
export interface Ids {
  uuid(): string;
  /** `bytes` random bytes as base64url; 32 unless told. */
  secret(bytes?: number): string;
}

/** The machine's clock. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The machine's chance. */
export const systemRandom: Random = { next: () => Math.random() };

/** The machine's identifiers. */
export const systemIds: Ids = {
  uuid: () => randomUUID(),
  secret: (bytes = 32) => randomBytes(bytes).toString('base64url'),
};
