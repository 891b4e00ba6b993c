/** Registers `<voice-tutor>`; the only module of the SDK with a side effect. A second copy on the page leaves the first in place. */
import { VoiceTutor } from './element/voice-tutor.js';

if (!customElements.get('voice-tutor')) customElements.define('voice-tutor', VoiceTutor);
