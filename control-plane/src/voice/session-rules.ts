/** Bounds of a voice session, and small pure rules over them. */
import type { ErrorCode } from '@voice-tutor/sdk/contracts/errors.js';
import type { Site } from '../domain/ports.js';
import type { ProviderFailure, VoiceProvider } from './providers/provider.js';

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
  /**
   * Sound of the tutor kept for a resume: 20 s. A cut of 5 s must cost nothing, and a service that makes sound faster than it is heard
   * says most of an answer in that time.
   */
  replayAudioBytes: 960_000,
  /** Microphone frames a second: twice real time. */
  framesPerSecond: 100,
  /** Text messages a second, with room for a burst. */
  messagesPerSecond: 20,
  /** Bytes a second, twice that in a burst: a microphone at twice real time takes 65 kB, and 5 s of it come at once after a cut. */
  bytesPerSecond: 131_072,
  /** Messages that are not of the protocol before the socket is closed. */
  garbage: 20,
  /** Unsent bytes of a slow page: above this sound is dropped, words never. */
  bufferedBytes: 1_048_576,
  /** A page that never gets below half of that for so long will not catch up. */
  slowMs: 10_000,
  /** A peer that does not answer a close by then is cut off. */
  closeMs: 5000,
  /** Unknown origins that may ask the database at once whether they have a session. */
  lookups: 20,
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

/** Tokens that refill: `perSecond`, at most two seconds' worth in hand; a call takes `cost` or is refused. */
export function createBucket(perSecond: number): (nowMs: number, cost?: number) => boolean {
  let tokens = perSecond * 2;
  let lastMs: number | null = null;
  return (nowMs, cost = 1) => {
    tokens = Math.min(perSecond * 2, tokens + ((nowMs - (lastMs ?? nowMs)) * perSecond) / 1000);
    lastMs = nowMs;
    if (tokens < cost) return false;
    tokens -= cost;
    return true;
  };
}

/** Whether a provider may teach at this site: minors only under a recorded contract. */
export function mayTeach(provider: Pick<VoiceProvider, 'minors'>, site: Pick<Site, 'audience'>): boolean {
  return site.audience !== 'minors' || provider.minors === 'allowed';
}
