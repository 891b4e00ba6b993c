/** What the learner's presses do: each runs behind the guard, so that a fault ends here and not in the page. */
import { TEXT_LIMIT } from '../contracts/voice.js';
import type { FollowEnd } from './follow-end.js';
import type { LessonController } from './lesson-controller.js';
import type { TranscriptCopy } from './transcript-copy.js';
import type { ViewActions } from './views/view-model.js';

/** What the actions work on. */
export interface ActionDeps {
  readonly lesson: LessonController;
  readonly follow: FollowEnd;
  readonly copying: TranscriptCopy;
  readonly element: {
    draft: string;
    readonly renderRoot: ParentNode;
    start(): Promise<void>;
    requestUpdate(): void;
  };
}

/** Sends what is left of the words when they are trimmed and cut to the gateway's bound. */
export function submitWords(lesson: LessonController, text: string): void {
  const words = text.trim().slice(0, TEXT_LIMIT);
  if (words) lesson.send(words);
}

/** Creates the actions of one element. */
export function createViewActions({ lesson, follow, copying, element }: ActionDeps): ViewActions {
  const guarded = (where: string, task: () => unknown) =>
    void lesson.guard.runAsync(`element.${where}`, undefined, async () => {
      await task();
    });
  const showNewest = () => {
    follow.toEnd(element.renderRoot);
    element.requestUpdate();
  };
  return {
    consent: () =>
      guarded('consent', () => {
        lesson.consent?.give();
        return element.start();
      }),
    start: () => guarded('start', () => element.start()),
    stop: () => guarded('stop', () => lesson.end()),
    openMic: () => guarded('mic', () => lesson.parts?.voice.openMic()),
    mute: (muted) => guarded('mute', () => lesson.parts?.voice.setMuted(muted)),
    interrupt: () => guarded('interrupt', () => lesson.parts?.voice.interrupt()),
    edit: (draft) => (element.draft = draft),
    submit(words) {
      guarded('submit', () => submitWords(lesson, words));
      if (words === element.draft) element.draft = '';
      showNewest();
    },
    copy: () => guarded('copy', () => (lesson.parts ? copying.copy(lesson.entries, lesson.parts.clock) : undefined)),
    scrolled(log) {
      if (follow.scrolled(log)) element.requestUpdate();
    },
    showNewest,
  };
}
