/** Runs features behind their flags: loads them lazily, gives them their context and slot, and takes away one that fails. */
import { render } from 'lit';
import type { Feature, LessonView } from '../contracts/features.js';
import type { KeyValueStore } from '../protected-core/ports.js';
import { createFeatureContext } from './feature-context.js';

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
  /** Runs a task with the next frame; the browser's own unless given. */
  readonly nextFrame?: (task: () => void) => void;
}

/** Keeps running exactly the features that their flags ask for. */
export interface FeatureHost {
  /** Starts and stops features until they fit `variant`: the variant in force, null for off. */
  apply(variant: (flagKey: string) => string | null): void;
  /** Tells features that the lesson changed: with the next frame, once for all changes until then. */
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
  const nextFrame = deps.nextFrame ?? ((task: () => void) => void requestAnimationFrame(task));
  const running = new Map<string, Running>();
  const failed = new Set<string>();
  let frameAsked = false;

  /** Notes a failure; only a feature's first is reported. */
  const report = (flagKey: string, variant: string, error: unknown) => {
    if (failed.has(flagKey)) return;
    failed.add(flagKey);
    deps.onFault(flagKey, variant, error);
  };
  const undo = (flagKey: string, variant: string, stop: (() => void) | null) => {
    try {
      stop?.();
    } catch (error) {
      report(flagKey, variant, error);
    }
  };
  const end = (flagKey: string) => {
    const entry = running.get(flagKey);
    if (!entry) return;
    running.delete(flagKey);
    entry.listeners.clear();
    // Its context still works within its stop, so that it can clear what it drew.
    undo(flagKey, entry.variant, entry.stop);
    entry.ended = true;
    deps.removeSlot(flagKey);
  };
  const begin = (flagKey: string, variant: string, load: () => Promise<{ feature: Feature }>) => {
    const entry: Running = { variant, listeners: new Set(), stop: null, ended: false };
    running.set(flagKey, entry);
    const isEnded = () => entry.ended;
    const fail = (error: unknown) => {
      report(flagKey, variant, error);
      // Not one that took its place meanwhile.
      if (running.get(flagKey) === entry) end(flagKey);
    };
    const context = createFeatureContext(deps, {
      flagKey,
      variant,
      listeners: entry.listeners,
      isEnded,
      render: (template) => void render(template, deps.slotFor(flagKey)),
      fail,
    });
    // In a `then`, so that a loader that throws is a rejection like any other.
    Promise.resolve()
      .then(load)
      .then(({ feature }) => {
        if (isEnded()) return;
        const stop = feature.start(context);
        // It may have been taken away while it started: then nobody else would ever call its stop.
        if (isEnded()) undo(flagKey, variant, stop);
        else entry.stop = stop;
      })
      .catch((error: unknown) => {
        if (!isEnded()) fail(error);
      });
  };
  return {
    apply(variant) {
      for (const [flagKey, load] of Object.entries(deps.features)) {
        const wanted = failed.has(flagKey) ? null : variant(flagKey);
        const present = running.get(flagKey)?.variant ?? null;
        if (wanted === present) continue;
        end(flagKey);
        if (wanted !== null && !failed.has(flagKey)) begin(flagKey, wanted, load);
      }
    },
    lessonChanged() {
      if (frameAsked || running.size === 0) return;
      frameAsked = true;
      nextFrame(() => {
        frameAsked = false;
        const lesson = deps.lesson();
        for (const { listeners } of [...running.values()]) [...listeners].forEach((listener) => listener(lesson));
      });
    },
    stop: () => [...running.keys()].forEach(end),
  };
}
