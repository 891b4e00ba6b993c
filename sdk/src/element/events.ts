/** Events that the element dispatches; they bubble and cross shadow roots. None carries speech unless its name says so. */
import type { ErrorCode } from '../contracts/errors.js';
import type { IsolationMode } from '../contracts/voice.js';
import type { LessonPhase } from '../protected-core/session/lesson.js';

/** Details by event name. */
export interface VoiceTutorEvents {
  /** The element is set up and can be started. */
  'voice-tutor-ready': { readonly release: string };
  /** The lesson's phase changed. */
  'voice-tutor-state': { readonly phase: LessonPhase };
  /** Where the session core runs; told once it is known. */
  'voice-tutor-transport': { readonly mode: IsolationMode };
  /** A settled line of the transcript. */
  'voice-tutor-transcript': { readonly speaker: 'learner' | 'tutor'; readonly text: string };
  /** Something does not work; the element tells the learner what to do. */
  'voice-tutor-error': { readonly code: ErrorCode };
  /** The lesson is over. */
  'voice-tutor-ended': { readonly turns: number; readonly durationMs: number };
}

declare global {
  interface HTMLElementEventMap extends Record<never, never> {
    'voice-tutor-ready': CustomEvent<VoiceTutorEvents['voice-tutor-ready']>;
    'voice-tutor-state': CustomEvent<VoiceTutorEvents['voice-tutor-state']>;
    'voice-tutor-transport': CustomEvent<VoiceTutorEvents['voice-tutor-transport']>;
    'voice-tutor-transcript': CustomEvent<VoiceTutorEvents['voice-tutor-transcript']>;
    'voice-tutor-error': CustomEvent<VoiceTutorEvents['voice-tutor-error']>;
    'voice-tutor-ended': CustomEvent<VoiceTutorEvents['voice-tutor-ended']>;
  }
}

/** Dispatches one of them. */
export function tellHost<K extends keyof VoiceTutorEvents>(
  element: HTMLElement,
  type: K,
  detail: VoiceTutorEvents[K],
): void {
  element.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}
