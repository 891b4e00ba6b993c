/** The core's ports in memory, for tests of the SDK: a clock that moves when told, a store, chance and ids that repeat. */
import type { Clock, Ids, KeyValueStore, Random } from '../../sdk/src/protected-core/ports.js';

/** A clock that stands still until `advance`. */
export interface FakeClock extends Clock {
  /** Moves on and runs what falls due, in order of time. */
  advance(byMs: number): void;
  /** Delays of the tasks that wait, soonest first. */
  pending(): readonly number[];
}

/** Creates a clock at 1,000,000 ms. */
export function fakeClock(): FakeClock {
  let nowMs = 1_000_000;
  let tasks: { readonly atMs: number; readonly task: () => void }[] = [];
  const sorted = () => [...tasks].sort((a, b) => a.atMs - b.atMs);
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter((other) => other !== entry);
      };
    },
    advance(byMs) {
      const endMs = nowMs + byMs;
      for (;;) {
        const next = sorted()[0];
        if (!next || next.atMs > endMs) break;
        tasks = tasks.filter((other) => other !== next);
        nowMs = next.atMs;
        next.task();
      }
      nowMs = endMs;
    },
    pending: () => sorted().map(({ atMs }) => atMs - nowMs),
  };
}

/** A store that can be looked into. */
export function fakeStore(
  initial: Readonly<Record<string, string>> = {},
): KeyValueStore & { map: Map<string, string> } {
  const map = new Map(Object.entries(initial));
  return {
    map,
    get: (key) => map.get(key) ?? null,
    set: (key, value) => void map.set(key, value),
    remove: (key) => void map.delete(key),
  };
}

/** Chance that answers the given numbers in turn, for ever. */
export function fakeRandom(...numbers: readonly number[]): Random {
  let drawn = 0;
  return { next: () => numbers[drawn++ % numbers.length] ?? 0 };
}

/** UUIDs that count. */
export function fakeIds(): Ids {
  let count = 0;
  return { uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}` };
}

/** Lets everything that is already settled run on, as often as a chain of promises may need. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
