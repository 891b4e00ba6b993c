/** Public API of the SDK: classes and types, no side effect. `@voice-tutor/sdk/define` registers the element. */
export { VoiceTutor } from './element/voice-tutor.js';
export type { VoiceTutorEvents } from './element/events.js';
export { RELEASE } from './element/release.js';
