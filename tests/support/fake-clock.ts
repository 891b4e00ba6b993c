/** A clock that stands still until it is told to go on; for the SDK's tests, in node and in a browser. */
import type { Clock } from '../../sdk/src/protected-core/ports.js';

/** A clock under the test's control. */
export interface FakeClock extends Clock {
  /** Goes on by `ms`, running what falls due in its order; what that sets is run too when it falls within. */
  advance(ms: number): void;
  /** Delays of the timers that are set, shortest first. */
  pending(): readonly number[];
}

/** Creates a clock at 0. */
export function createFakeClock(): FakeClock {
  let nowMs = 0;
  let timers: { readonly atMs: number; readonly task: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    after(delayMs, task) {
      const timer = { atMs: nowMs + delayMs, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const [due] = timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
        if (!due) break;
        timers = timers.filter((timer) => timer !== due);
        nowMs = Math.max(nowMs, due.atMs);
        due.task();
      }
      nowMs = endMs;
    },
    pending: () => timers.map(({ atMs }) => atMs - nowMs).sort((a, b) => a - b),
  };
}
