/** Sends batches: fetch while the page lives, `sendBeacon` when it goes. */
import type { SendOutcome } from './event-queue.js';

/** Longest wait for an answer; a request that hangs must not hold up everything after it. */
const ANSWER_MS = 30_000;

/** Creates the sender for a control plane. */
export function createSender(serverOrigin: string): (body: string, leaving: boolean) => Promise<SendOutcome> {
  const url = `${serverOrigin}/v1/ingest`;
  return async (body, leaving) => {
    // A beacon says only that it was queued; the ids make a second sending harmless.
    if (leaving && navigator.sendBeacon(url, body)) return 'sent';
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain' },
      credentials: 'omit',
      keepalive: true,
      // A page that goes away hears no answer, and its last request must not be cut by a timer of ours.
      ...(leaving ? {} : { signal: AbortSignal.timeout(ANSWER_MS) }),
    });
    if (response.ok) return 'sent';
    return response.status === 429 || response.status >= 500 ? 'retry' : 'refused';
  };
}
