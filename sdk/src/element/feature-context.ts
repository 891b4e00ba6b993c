/** A feature's whole world: every way out of it is guarded and bounded. */
import type { FeatureContext, LessonView } from '../contracts/features.js';
import { TEXT_LIMIT } from '../contracts/voice.js';
import type { KeyValueStore } from '../protected-core/ports.js';

/**
 * What one feature may do. A turn lasts seconds, so more than a few sends or ratings in one are a loop; ten listeners are more than
 * any view needs. One that goes beyond is taken away like one that throws. Storage is the contract's promise: there the surplus is
 * cut or left out.
 */
export const FEATURE_LIMITS = {
  sendsPerTurn: 5,
  ratingsPerTurn: 10,
  listeners: 10,
  storedKeys: 16,
  storedCharacters: 4096,
  keyCharacters: 64,
} as const;

/** What a context acts on. */
export interface FeatureContextDeps {
  readonly store: KeyValueStore;
  readonly lesson: () => LessonView;
  readonly send: (text: string) => void;
  readonly rate: (rating: 'up' | 'down') => void;
}

/** One feature, as its context sees it. */
export interface FeatureContextOptions {
  readonly flagKey: string;
  readonly variant: string;
  readonly listeners: Set<(lesson: LessonView) => void>;
  readonly isEnded: () => boolean;
  readonly render: (template: unknown) => void;
  readonly fail: (error: unknown) => void;
}

/** Creates the context of one feature. Nothing in it throws, and after the feature's end nothing in it acts. */
export function createFeatureContext(
  deps: FeatureContextDeps,
  { flagKey, variant, listeners, isEnded, render, fail }: FeatureContextOptions,
): FeatureContext {
  const guarded =
    <A extends readonly unknown[]>(task: (...args: A) => unknown) =>
    (...args: A) => {
      if (isEnded()) return;
      try {
        const outcome = task(...args);
        // An async listener's rejection would surface in the host page.
        if (outcome instanceof Promise) outcome.catch(fail);
      } catch (error) {
        fail(error);
      }
    };
  const perTurn = (limit: number) => {
    let [turn, used] = [-1, 0];
    return () => {
      const present = deps.lesson().turn;
      [turn, used] = [present, present === turn ? used + 1 : 1];
      if (used > limit) throw new Error(`more than ${limit} in one turn`);
    };
  };
  const [countSend, countRating] = [perTurn(FEATURE_LIMITS.sendsPerTurn), perTurn(FEATURE_LIMITS.ratingsPerTurn)];
  return {
    flagKey,
    variant,
    lesson: deps.lesson,
    onLesson(listener) {
      const safe = guarded(listener);
      guarded(() => {
        if (listeners.size >= FEATURE_LIMITS.listeners) throw new Error('too many listeners');
        listeners.add(safe);
      })();
      return () => listeners.delete(safe);
    },
    render: guarded(render),
    send: guarded((text: string) => {
      countSend();
      deps.send(text.slice(0, TEXT_LIMIT));
    }),
    rate: guarded((rating: 'up' | 'down') => {
      countRating();
      deps.rate(rating);
    }),
    storage: storageOf(deps.store, flagKey, isEnded),
  };
}

/** A feature's own strings, under names of its own; the list of its keys is kept beside them to hold their number down. */
function storageOf(store: KeyValueStore, flagKey: string, isEnded: () => boolean): FeatureContext['storage'] {
  const listKey = `feature-keys:${flagKey}`;
  const nameOf = (key: string) => `feature:${flagKey}:${key.slice(0, FEATURE_LIMITS.keyCharacters)}`;
  return {
    get: (key) => store.get(nameOf(key)),
    set(key, value) {
      if (isEnded()) return;
      const name = nameOf(key);
      const names = parseNames(store.get(listKey));
      if (!names.includes(name)) {
        if (names.length >= FEATURE_LIMITS.storedKeys) return;
        store.set(listKey, JSON.stringify([...names, name]));
      }
      store.set(name, value.slice(0, FEATURE_LIMITS.storedCharacters));
    },
  };
}
function parseNames(text: string | null): string[] {
  try {
    const names: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  } catch {
    return [];
  }
}
