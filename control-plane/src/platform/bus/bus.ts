/** What wakes other rooms and other instances. Stores nothing: whoever misses a message reads the database. */

/** A bus of typed events; delivery is at most once, in order per publisher. */
export interface Bus<E extends { readonly type: string }> {
  /** Tells this instance at once and the others soon. Never throws; a lost connection is retried and logged. */
  publish(event: E): void;
  /** Hears events from this and other instances; a listener's throw is logged and stops nobody. Returns its stop. */
  subscribe<T extends E['type']>(type: T, listener: (event: Extract<E, { type: T }>) => void): () => void;
  /** Calls `listener` after a gap in which events may have been missed. */
  onGap(listener: () => void): () => void;
  /** What did not go through since start; whoever missed it finds it in the database. */
  readonly counters: { readonly ignored: number; readonly unsent: number };
  /** Resolves when the bus answers, throws otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
