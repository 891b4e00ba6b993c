/** The bus of a single process: listeners are called in order, after the publisher's turn. */
import type { Log } from '../log.js';
import type { Bus } from './bus.js';

/** Creates a bus that reaches this process only. */
export function createLocalBus<E extends { readonly type: string }>(log: Log): Bus<E> {
  const listeners = new Map<string, Set<(event: E) => void>>();
  let closed = false;
  return {
    publish(event) {
      if (closed) return;
      for (const listener of [...(listeners.get(event.type) ?? [])]) {
        try {
          listener(event);
        } catch (error) {
          log.error({ error: error as Error, event: event.type }, 'a listener failed');
        }
      }
    },
    subscribe(type, listener) {
      const set = listeners.get(type) ?? new Set();
      listeners.set(type, set);
      // The map keeps each listener under its own type, so it only ever gets events of that type.
      const entry = listener as (event: E) => void;
      set.add(entry);
      return () => set.delete(entry);
    },
    counters: { ignored: 0, unsent: 0 },
    onGap: () => () => {},
    ping: async () => {},
    async close() {
      closed = true;
      listeners.clear();
    },
  };
}
