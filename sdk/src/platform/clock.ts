/** The browser's clock; works on the page and in a worker. */
import type { Clock } from '../protected-core/ports.js';

/** Time as the browser gives it. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
