/** A fixed number of places and a bounded line before them. Knows nothing of what is done in a place. */
import { err, ok, type Result } from '../../platform/result.js';

/** Gives a place back; calling it twice is fine. */
export type Release = () => void;

/** Places to work in. */
export interface Slots {
  /** Waits for a place; `busy` at once when the line is full, `aborted` when the caller gave up. */
  readonly take: (signal: AbortSignal) => Promise<Result<Release, 'busy' | 'aborted'>>;
}

/** Creates places; first come, first served. */
export function createSlots(atOnce: number, mostWaiting: number): Slots {
  let free = atOnce;
  const line: (() => void)[] = [];

  const handOut = (): Release => {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const next = line.shift();
      if (next === undefined) free += 1;
      else next();
    };
  };

  return {
    take(signal) {
      if (signal.aborted) return Promise.resolve(err('aborted' as const));
      if (free > 0) {
        free -= 1;
        return Promise.resolve(ok(handOut()));
      }
      if (line.length >= mostWaiting) return Promise.resolve(err('busy' as const));
      return new Promise((resolve) => {
        const onAbort = (): void => {
          const place = line.indexOf(enter);
          if (place >= 0) line.splice(place, 1);
          resolve(err('aborted'));
        };
        const enter = (): void => {
          signal.removeEventListener('abort', onAbort);
          resolve(ok(handOut()));
        };
        signal.addEventListener('abort', onAbort, { once: true });
        line.push(enter);
      });
    },
  };
}
