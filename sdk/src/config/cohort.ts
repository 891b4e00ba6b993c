/** The browser's cohort: drawn once, kept, and nothing else is known of anybody. */
import type { KeyValueStore, Random } from '../protected-core/ports.js';

/** Reads the kept cohort or draws one: an integer from 0 to 999. */
export function cohortOf(store: KeyValueStore, random: Random): number {
  const kept = store.get('cohort');
  if (kept !== null && /^\d{1,3}$/.test(kept)) return Number(kept);
  const drawn = Math.floor(random.next() * 1000);
  store.set('cohort', String(drawn));
  return drawn;
}
