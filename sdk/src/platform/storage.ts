/** Small strings in localStorage where it is allowed, in memory otherwise; never throws. */
import type { KeyValueStore } from '../protected-core/ports.js';

/** Names are prefixed, so that the host's own keys are never met. */
const PREFIX = 'voice-tutor:';

/** Opens the store. */
export function browserStorage(): KeyValueStore {
  const memory = new Map<string, string>();
  const attempt = <T>(task: (storage: Storage) => T, fallback: T): T => {
    try {
      return task(localStorage);
    } catch {
      return fallback;
    }
  };
  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(PREFIX + key), null),
    set(key, value) {
      memory.set(key, value);
      attempt((storage) => storage.setItem(PREFIX + key, value), undefined);
    },
    remove(key) {
      memory.delete(key);
      attempt((storage) => storage.removeItem(PREFIX + key), undefined);
    },
  };
}
