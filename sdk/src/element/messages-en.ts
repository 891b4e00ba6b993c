/** English words of the element: what is wrong and what to do about it, in plain sentences. */
import type { ErrorCode } from '../contracts/errors.js';
import type { LessonPhase } from '../protected-core/session/lesson.js';

/** What the learner reads for each code. */
export const errorText: Readonly<Record<ErrorCode, string>> = {
  VT_MIC_DENIED: 'The microphone is not allowed. Allow it in the address bar and press Speak again, or type below.',
  VT_MIC_NOT_FOUND: 'No microphone was found. Plug one in and press Speak again, or type below.',
  VT_MIC_IN_USE: 'Another program is using the microphone. Close it and press Speak again, or type below.',
  VT_MIC_LOST: 'The microphone was unplugged. Plug it in and press Speak again, or type below.',
  VT_AUDIO_UNAVAILABLE: 'Sound is not available here. Type below; the tutor answers in writing.',
  VT_CONSENT_REQUIRED: 'The terms have changed. Please read and accept them again.',
  VT_SITE_UNKNOWN: 'This tutor is not set up correctly. Please tell the people who run this page.',
  VT_ORIGIN_REFUSED: 'This tutor is not set up for this page. Please tell the people who run it.',
  VT_NOT_ALLOWED_BY_PAGE: 'This page does not allow the microphone. Type below instead.',
  VT_OFFLINE: 'You are offline. The lesson goes on when the connection is back.',
  VT_UNAVAILABLE: 'The tutor cannot be reached right now. Check your connection, then try again in a moment.',
  VT_SESSION_EXPIRED: 'The connection was away for long. A new one is being made; what you wrote is kept.',
  VT_SESSION_REPLACED: 'This lesson was opened in another place. Go on there, or start again here.',
  VT_TOO_MANY_SESSIONS: 'Many people are learning right now. Wait a moment and try again.',
  VT_TOO_MUCH_INPUT: 'That was too fast. Wait a moment and go on.',
  VT_PROTOCOL: 'The tutor and this page do not understand each other. Reload the page.',
  VT_TUTOR_CONFIGURATION: 'The tutor is not set up correctly. Please tell the people who run this page.',
  VT_TUTOR_QUOTA: 'The tutor has no time left today. Come back tomorrow.',
  VT_TUTOR_REGION: 'The tutor is not available in this country. Please tell the people who run this page.',
  VT_TUTOR_BLOCKED: 'The tutor cannot answer that. Ask another question.',
  VT_TUTOR_TEMPORARY: 'That did not work. Please ask again.',
  VT_INTERNAL: 'Something went wrong. Reload the page to go on.',
};

/** The phase in words. */
export const phaseText: Readonly<Record<LessonPhase, string>> = {
  idle: 'Ready when you are',
  connecting: 'Connecting…',
  listening: 'Your turn',
  thinking: 'Thinking…',
  speaking: 'Tutor is speaking',
  reconnecting: 'Connection lost. Reconnecting…',
  draining: 'Moving to another server…',
  'text-only': 'Voice unavailable. Type instead.',
  ended: 'Lesson ended',
};
