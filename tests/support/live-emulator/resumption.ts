/** Keeps what a resumption handle stands for. Knows conversations; knows no socket beyond "is it still open". */
import type { Clock, Random } from './ports.js';
import type { HistoryEntry } from './stats.js';

/** How long a handle is good for: two hours, as the Gemini API documentation says. */
export const HANDLE_LIFETIME_MS = 2 * 60 * 60 * 1000;
/** Handles kept; the oldest goes first. Enough for any test, little memory. */
const KEPT_HANDLES = 1000;

/** One conversation over all the connections that carry it in turn. */
export interface Lineage {
  /** Whether the newest connection of this conversation is still open. */
  isOpen: () => boolean;
}

/** What a handle brings back. */
export interface Resumable {
  readonly model: string;
  readonly history: readonly HistoryEntry[];
  readonly lineage: Lineage;
}

/** The answer to a handle. */
export type Claim =
  | { readonly outcome: 'restored'; readonly resumable: Resumable }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'still-open' };

/** Issues and redeems handles; one handle may be redeemed any number of times. */
export interface HandleStore {
  issue(resumable: Resumable): string;
  claim(handle: string): Claim;
}

/** Creates an empty store. */
export function createHandleStore({ clock, random }: { readonly clock: Clock; readonly random: Random }): HandleStore {
  const kept = new Map<string, Resumable & { readonly issuedAtMs: number }>();
  return {
    issue({ model, history, lineage }) {
      const handle = random.hex(24);
      kept.set(handle, { model, history: [...history], lineage, issuedAtMs: clock.now() });
      if (kept.size > KEPT_HANDLES) {
        for (const oldest of [...kept.keys()].slice(0, 1)) kept.delete(oldest);
      }
      return handle;
    },
    claim(handle) {
      const found = kept.get(handle);
      if (found === undefined || clock.now() - found.issuedAtMs > HANDLE_LIFETIME_MS) return { outcome: 'unknown' };
      return found.lineage.isOpen() ? { outcome: 'still-open' } : { outcome: 'restored', resumable: found };
    },
  };
}
