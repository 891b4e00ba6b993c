/** All of the voice room as one lazy chunk: worker source, audio, microphone. Fetched when the panel opens, not with the page. */
import source from 'inline:../voice/transport/voice.worker.ts';

export { browserRecogniser } from '../voice/capture/recogniser.js';
export { browserVoice } from '../voice/playback/browser-voice.js';
export { createVoiceClient } from '../voice/create-voice-client.js';

/** The session's worker as a classic script. */
export const workerSource: string = source;
