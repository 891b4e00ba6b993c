/** What the element asks of the voice room. The implementation owns worker, worklets and microphone. */
import type { ErrorCode } from '../contracts/errors.js';
import type { SessionRequest } from '../contracts/sessions.js';
import type { Source } from '../protected-core/emitter.js';
import type { Result } from '../protected-core/result.js';
import type { LessonEvent, LessonSnapshot } from '../protected-core/session/lesson.js';

/** Where and as what a lesson is opened. */
export interface LessonOptions {
  /** Origin of the control plane, e.g. `https://tutor.example.org`. */
  readonly serverOrigin: string;
  readonly siteKey: string;
  readonly request: SessionRequest;
}

/** One lesson's voice. One per element; closed for good by `close`. */
export interface VoiceClient extends Source<LessonEvent> {
  snapshot(): LessonSnapshot;
  /** Starts the worker so that it is warm before the learner speaks; harmless twice. */
  warm(): void;
  /** Opens the session. Call inside a user gesture: the audio output is unlocked here. */
  start(options: LessonOptions): Promise<Result<void, ErrorCode>>;
  /** Asks for the microphone and sends its frames. Call inside a user gesture. */
  openMic(): Promise<Result<void, ErrorCode>>;
  closeMic(): void;
  /** Mutes at the track, so that nothing is captured; before the microphone is open it opens muted. */
  setMuted(muted: boolean): void;
  sendText(text: string, source: 'typed' | 'recogniser', alternatives?: readonly string[]): void;
  interrupt(): void;
  setContext(exercise: string): void;
  sendFeedback(rating: 'up' | 'down', turn: number): void;
  /** Says goodbye to the gateway and frees everything of this lesson; `start` may be called again. */
  end(): void;
  /** Frees everything, worker included. Harmless twice. */
  close(): void;
}
