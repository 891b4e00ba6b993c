/** Bounds of a voice session, and small pure rules over them. */
import type { ErrorCode } from '@voice-tutor/sdk/contracts/errors.js';
import type { ProviderFailure } from './providers/provider.js';

/** Each number with its reason. */
export const voiceDefaults = {
  /** A token is used at once by the page that asked; 60 s cover a slow phone. */
  tokenMs: 60_000,
  /** Tokens that wait to be used; the oldest goes first. */
  tokens: 10_000,
  /** A socket that has not said hello by then is closed. */
  helloMs: 5000,
  /** A lost socket may come back this long. */
  resumeMs: 60_000,
  /** Nothing heard for so long, although pages ping each 2 s: the socket is half open. */
  silentMs: 10_000,
  /** Messages kept for a resume; beyond either bound the oldest goes, and a page that missed it starts anew. */
  replayMessages: 500,
  replayBytes: 524_288,
  /** Microphone frames a second: twice real time. */
  framesPerSecond: 100,
  /** Text messages a second, with room for a burst. */
  messagesPerSecond: 20,
  /** Messages that are not of the protocol before the socket is closed. */
  garbage: 20,
  /** Unsent bytes of a slow page: above this sound is dropped, words never. */
  bufferedBytes: 1_048_576,
  /** Sessions of one process. */
  sessions: 500,
  /** New sessions an address may open in a minute. */
  sessionsPerMinute: 30,
};
/** The bounds. */
export type VoiceOptions = typeof voiceDefaults;

/** The page's code for a provider's failure, and whether trying again can help. */
export function failureCode(failure: ProviderFailure): { readonly code: ErrorCode; readonly retryable: boolean } {
  switch (failure) {
    case 'configuration':
      return { code: 'VT_TUTOR_CONFIGURATION', retryable: false };
    case 'quota':
      return { code: 'VT_TUTOR_QUOTA', retryable: false };
    case 'region':
      return { code: 'VT_TUTOR_REGION', retryable: false };
    case 'blocked':
      return { code: 'VT_TUTOR_BLOCKED', retryable: true };
    case 'temporary':
      return { code: 'VT_TUTOR_TEMPORARY', retryable: true };
  }
}

/** Tokens that refill: `perSecond`, at most two seconds' worth in hand. */
export function createBucket(perSecond: number): (nowMs: number) => boolean {
  let tokens = perSecond * 2;
  let lastMs: number | null = null;
  return (nowMs) => {
    tokens = Math.min(perSecond * 2, tokens + ((nowMs - (lastMs ?? nowMs)) * perSecond) / 1000);
    lastMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
