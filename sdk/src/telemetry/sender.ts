/** Sends batches: fetch while the page lives, `sendBeacon` when it goes. */
import type { SendOutcome } from './event-queue.js';

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
    });
    if (response.ok) return 'sent';
    return response.status === 429 || response.status >= 500 ? 'retry' : 'refused';
  };
}
