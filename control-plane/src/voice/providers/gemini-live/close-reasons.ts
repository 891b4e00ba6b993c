/** What the end of a connection means: one table of close codes and reason texts as seen from the service. Pure. */
import type { ProviderFailure } from '../provider.js';

/** A judged end. */
export interface Verdict {
  readonly failure: ProviderFailure;
  /** Whether to connect again, once: `resume` with the newest handle, `fresh` without. */
  readonly retry: 'resume' | 'fresh' | 'no';
}

const verdict = (failure: ProviderFailure, retry: Verdict['retry']): Verdict => ({ failure, retry });

/** First match wins. Reasons arrive cut to 123 bytes, so that only their beginnings are asked for. */
const TABLE: readonly { readonly code?: number; readonly reason: RegExp; readonly verdict: Verdict }[] = [
  { reason: /API key/i, verdict: verdict('configuration', 'no') },
  { reason: /location is not supported/i, verdict: verdict('region', 'no') },
  // Overload says RESOURCE_EXHAUSTED as well; it passes, but not by asking at once.
  { reason: /OVERLOADED/i, verdict: verdict('temporary', 'no') },
  { reason: /quota|RESOURCE_EXHAUSTED/i, verdict: verdict('quota', 'no') },
  { code: 1008, reason: /is not found for API version|unregistered callers/i, verdict: verdict('configuration', 'no') },
  { code: 1008, reason: /session not found|entity was not found/i, verdict: verdict('temporary', 'fresh') },
  { code: 1008, reason: /prohibited|safety|policy/i, verdict: verdict('blocked', 'no') },
  { code: 1007, reason: /(?:)/, verdict: verdict('configuration', 'no') },
];

/** Judges a close frame; what the table does not know is taken as a lost line. */
export function judgeClose(code: number, reason: string): Verdict {
  const row = TABLE.find((one) => (one.code ?? code) === code && one.reason.test(reason));
  return row?.verdict ?? verdict('temporary', 'resume');
}

/** Judges an upgrade that was refused with an HTTP status. */
export function judgeStatus(status: number): Verdict {
  if (status === 429) return verdict('quota', 'no');
  return status >= 400 && status < 500 ? verdict('configuration', 'no') : verdict('temporary', 'resume');
}
