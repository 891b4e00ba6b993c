/** Where faults stop: every entry from the host page runs through here, so that nothing of ours throws into it. */
import type { Reporter } from './ports.js';

/** Wraps entries from the host page. */
export interface Guard {
  /** Runs `task`; a throw or a rejection is reported and answered with `fallback`. */
  run<T>(where: string, fallback: T, task: () => T): T;
  /** The same for promises: the returned promise never rejects. */
  runAsync<T>(where: string, fallback: T, task: () => Promise<T>): Promise<T>;
  /** A listener that never throws. */
  wrap<A extends readonly unknown[]>(where: string, listener: (...args: A) => void): (...args: A) => void;
}

/** Creates a guard that reports to `reporter`; a reporter that throws is silenced too. */
export function createGuard(reporter: Reporter): Guard {
  const report = (where: string, error: unknown) => {
    try {
      reporter.fault(where, error);
    } catch {
      // A guard has nowhere left to report to, and the host page must not pay for it.
    }
  };
  const run = <T>(where: string, fallback: T, task: () => T): T => {
    try {
      return task();
    } catch (error) {
      report(where, error);
      return fallback;
    }
  };
  return {
    run,
    async runAsync(where, fallback, task) {
      try {
        return await task();
      } catch (error) {
        report(where, error);
        return fallback;
      }
    },
    wrap:
      (where, listener) =>
      (...args) =>
        run(where, undefined, () => listener(...args)),
  };
}
