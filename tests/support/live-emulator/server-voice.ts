/** Writes what the model says as server messages: parts, transcripts, the end of a turn with its usage. Keeps the token count. */
import { toFragments } from './answer-plan.js';
import { encodeAudio, SPEAK_RATE_HZ } from './pcm.js';
import type { SessionSettings } from './setup.js';
import { remember, type ConnectionStats } from './stats.js';

/** Tokens per second of sound, in and out. */
const AUDIO_TOKENS_PER_SECOND = 25;
/** Characters per token of text, roughly. */
const CHARACTERS_PER_TOKEN = 4;

/** Writes the model's side of a conversation. */
export interface ServerVoice {
  /** One part of sound, with the fragment of words that begins in it. */
  part(samples: Int16Array, text: string): void;
  /** The transcript of what the learner said. */
  heard(words: string): void;
  /** Typed text: counted, and echoed by the models that do so. */
  typed(text: string): void;
  /** Sound that the learner sent counts as prompt tokens. */
  countInput(speechMs: number): void;
  /** Ends a turn: `turnComplete` with usage; the words spoken go into the history. */
  turnComplete(end: { readonly last: boolean; readonly reason?: string }): void;
}

/** Creates the writer of one session. */
export function createServerVoice(
  { traits, inputTranscription, outputTranscription }: SessionSettings,
  bundleFacts: boolean,
  page: ConnectionStats,
  send: (message: object) => void,
): ServerVoice {
  let promptAudio = 0;
  let promptText = 0;
  let responseAudio = 0;
  let spoken = '';

  function content(...facts: readonly object[]): void {
    if (bundleFacts) send({ serverContent: Object.assign({}, ...facts) as object });
    else for (const fact of facts) send({ serverContent: fact });
  }

  return {
    part(samples, text) {
      const ms = (samples.length * 1000) / SPEAK_RATE_HZ;
      page.spokenMs += ms;
      responseAudio += (ms * AUDIO_TOKENS_PER_SECOND) / 1000;
      spoken += text;
      const inlineData = { mimeType: `audio/pcm;rate=${SPEAK_RATE_HZ}`, data: encodeAudio(samples) };
      const words = text === '' || !outputTranscription ? [] : [{ outputTranscription: { text } }];
      content({ modelTurn: { parts: [{ inlineData }], role: 'model' } }, ...words);
    },
    heard(words) {
      if (!inputTranscription) return;
      if (traits.wholeInputTranscript) return content({ inputTranscription: { text: words, finished: true } });
      for (const text of toFragments(words)) content({ inputTranscription: { text } });
    },
    typed(text) {
      promptText += text.length / CHARACTERS_PER_TOKEN;
      if (inputTranscription && traits.wholeInputTranscript && text.trim() !== '') {
        content({ inputTranscription: { text, finished: true } });
      }
    },
    countInput(speechMs) {
      promptAudio += (speechMs * AUDIO_TOKENS_PER_SECOND) / 1000;
    },
    turnComplete({ last, reason }) {
      if (spoken !== '') remember(page.history, { role: 'model', text: spoken });
      promptText += spoken.length / CHARACTERS_PER_TOKEN;
      spoken = '';
      const audio = Math.ceil(promptAudio);
      const text = Math.ceil(promptText) + Math.ceil(page.systemInstruction.length / CHARACTERS_PER_TOKEN);
      const response = Math.ceil(responseAudio);
      responseAudio = 0;
      const usageMetadata = {
        promptTokenCount: audio + text,
        responseTokenCount: response,
        totalTokenCount: audio + text + response,
        promptTokensDetails: [
          { modality: 'TEXT', tokenCount: text },
          { modality: 'AUDIO', tokenCount: audio },
        ],
        responseTokensDetails: [{ modality: 'AUDIO', tokenCount: response }],
      };
      const serverContent = {
        turnComplete: true,
        ...(reason === undefined ? {} : { turnCompleteReason: reason }),
        ...(traits.interactionStatus ? { interactionStatus: last ? 'IDLE' : 'IN_PROGRESS' } : {}),
      };
      if (bundleFacts) return send({ serverContent, usageMetadata });
      send({ serverContent });
      send({ usageMetadata });
    },
  };
}
