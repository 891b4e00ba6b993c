/** Runs features behind their flags: loads them lazily, gives them their context and slot, and takes away one that fails. */
import { render } from 'lit';
import type { Feature, FeatureContext, LessonView } from '../contracts/features.js';
import type { KeyValueStore } from '../protected-core/ports.js';

/** Features by flag; each is a chunk of its own. */
export const FEATURES: Readonly<Record<string, () => Promise<{ feature: Feature }>>> = {
  'feedback-form': () => import('../features/feedback-form/feature.js'),
};

/** What the host of features asks of outside. */
export interface FeatureHostDeps {
  readonly features: Readonly<Record<string, () => Promise<{ feature: Feature }>>>;
  readonly store: KeyValueStore;
  readonly lesson: () => LessonView;
  readonly send: (text: string) => void;
  readonly rate: (rating: 'up' | 'down') => void;
  readonly onFault: (flagKey: string, variant: string, error: unknown) => void;
  /** A slot of its own for each feature, inside the element. */
  readonly slotFor: (flagKey: string) => HTMLElement;
  readonly removeSlot: (flagKey: string) => void;
}

/** Keeps running exactly the features that their flags ask for. */
export interface FeatureHost {
  /** Starts and stops features until they fit `variant`: the variant in force, null for off. */
  apply(variant: (flagKey: string) => string | null): void;
  /** Tells features that the lesson changed. */
  lessonChanged(): void;
  stop(): void;
}

interface Running {
  readonly variant: string;
  readonly listeners: Set<(lesson: LessonView) => void>;
  stop: (() => void) | null;
  ended: boolean;
}

/** Creates a host with nothing running. A feature that failed stays off until the page is loaded again. */
export function createFeatureHost(deps: FeatureHostDeps): FeatureHost {
  const running = new Map<string, Running>();
  const failed = new Set<string>();

  const end = (flagKey: string) => {
    const entry = running.get(flagKey);
    if (!entry) return;
    running.delete(flagKey);
    entry.listeners.clear();
    try {
      entry.stop?.();
    } catch (error) {
      deps.onFault(flagKey, entry.variant, error);
    }
    entry.ended = true;
    deps.removeSlot(flagKey);
  };
  const fail = (flagKey: string, variant: string, error: unknown) => {
    if (failed.has(flagKey)) return;
    failed.add(flagKey);
    end(flagKey);
    deps.onFault(flagKey, variant, error);
  };
  const begin = (flagKey: string, variant: string, load: () => Promise<{ feature: Feature }>) => {
    const entry: Running = { variant, listeners: new Set(), stop: null, ended: false };
    running.set(flagKey, entry);
    const guarded =
      <A extends readonly unknown[]>(task: (...args: A) => void) =>
      (...args: A) => {
        if (entry.ended) return;
        try {
          task(...args);
        } catch (error) {
          fail(flagKey, variant, error);
        }
      };
    const context: FeatureContext = {
      flagKey,
      variant,
      lesson: deps.lesson,
      onLesson(listener) {
        const safe = guarded(listener);
        entry.listeners.add(safe);
        return () => entry.listeners.delete(safe);
      },
      render: guarded((template) => void render(template, deps.slotFor(flagKey))),
      send: guarded((text) => deps.send(text)),
      rate: guarded((rating) => deps.rate(rating)),
      storage: {
        get: (key) => deps.store.get(`feature:${flagKey}:${key}`),
        set: (key, value) => deps.store.set(`feature:${flagKey}:${key.slice(0, 64)}`, value.slice(0, 4096)),
      },
    };
    load().then(
      guarded(({ feature }: { feature: Feature }) => {
        entry.stop = feature.start(context);
      }),
      (error: unknown) => fail(flagKey, variant, error),
    );
  };
  return {
    apply(variant) {
      for (const [flagKey, load] of Object.entries(deps.features)) {
        const wanted = failed.has(flagKey) ? null : variant(flagKey);
        const present = running.get(flagKey)?.variant ?? null;
        if (wanted === present) continue;
        end(flagKey);
        if (wanted !== null) begin(flagKey, wanted, load);
      }
    },
    lessonChanged() {
      const lesson = deps.lesson();
      for (const { listeners } of running.values()) listeners.forEach((listener) => listener(lesson));
    },
    stop: () => [...running.keys()].forEach(end),
  };
}
