/** What the views show, and what they ask for. Views hold no state and decide nothing. */
import type { ErrorCode } from '../../contracts/errors.js';
import type { LessonSnapshot } from '../../protected-core/session/lesson.js';
import type { MathDeps } from '../../transcript/math/math-view.js';
import type { Entry } from '../../transcript/transcript.js';

/** One picture of the element. */
export interface ViewModel {
  readonly snapshot: LessonSnapshot;
  readonly entries: readonly Entry[];
  /** Trouble to tell of, null when all is well. */
  readonly notice: ErrorCode | null;
  readonly draft: string;
  /** The site teaches minors: consent says so. */
  readonly minors: boolean;
  /** What became of the last copy of the transcript, null when that is long ago. */
  readonly copied: 'copied' | 'refused' | null;
  /** Something new was said below what is in sight. */
  readonly unseen: boolean;
  readonly math: MathDeps;
}

/** What a learner can ask for. */
export interface ViewActions {
  consent(): void;
  start(): void;
  stop(): void;
  openMic(): void;
  mute(muted: boolean): void;
  interrupt(): void;
  /** The draft changed. */
  edit(draft: string): void;
  /** Sends the words, and empties the draft when they were it. */
  submit(words: string): void;
  copy(): void;
  scrolled(log: Element): void;
  showNewest(): void;
}
