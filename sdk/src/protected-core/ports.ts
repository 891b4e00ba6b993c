/** What the core and its neighbours ask of the outside. `platform/` and the composition root answer. */

/** Time. `nowMs` is epoch milliseconds; `monotonicMs` never goes back and is the one for durations. */
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

/** New identifiers: random UUIDs (version 4). */
export interface Ids {
  uuid(): string;
}

/** Small strings that outlive the page where the browser allows it; never throws, may forget. */
export interface KeyValueStore {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
}

/** Receives faults that were stopped on their way to the host page. */
export interface Reporter {
  /** `where` names our own code place, never host data. */
  fault(where: string, error: unknown): void;
}
