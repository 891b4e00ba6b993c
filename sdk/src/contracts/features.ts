/** What a feature behind a flag is given, and what it must be. A feature sees nothing else of the page or of us. */

/** What a feature may read of the lesson. */
export interface LessonView {
  /** Where the lesson stands. */
  readonly phase:
    'idle' | 'connecting' | 'listening' | 'thinking' | 'speaking' | 'reconnecting' | 'text-only' | 'ended';
  /** Number of the newest turn, 0 before the first. */
  readonly turn: number;
  /** What was said so far, oldest first, at most the last 200 entries. */
  readonly transcript: readonly { readonly speaker: 'learner' | 'tutor'; readonly text: string }[];
}

/** A feature's own strings. */
export interface FeatureStorage {
  /** The string kept under a key, or null. */
  get(key: string): string | null;
  /** Keeps a string; longer ones are cut to the bound. */
  set(key: string, value: string): void;
}

/** A feature's whole world. */
export interface FeatureContext {
  readonly flagKey: string;
  readonly variant: string;
  /** The lesson as it stands. */
  lesson(): LessonView;
  /** Calls `listener` after each change of the lesson, at most once a frame; returns its stop. */
  onLesson(listener: (lesson: LessonView) => void): () => void;
  /** Shows a lit template in the feature's own slot, replacing what was there. */
  render(template: unknown): void;
  /** Sends words as if the learner had typed them; ignored outside a running lesson. */
  send(text: string): void;
  /** Rates the newest turn. */
  rate(rating: 'up' | 'down'): void;
  /** The feature's own storage, strings of at most 4,096 characters, 16 keys; may be lost at any time. */
  readonly storage: FeatureStorage;
}

/** A feature's only export, named `feature`. */
export interface Feature {
  /** Starts the feature; the returned function must undo everything. */
  start(context: FeatureContext): () => void;
}
