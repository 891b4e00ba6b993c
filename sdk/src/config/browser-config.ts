/** The real fetch, EventSource and beacon for the config client. */
import type { ConfigClientDeps } from './config-client.js';
import type { EventStream } from './config-stream.js';

/** Reads a text; throws when it does not come in time or is refused. */
export const fetchText: ConfigClientDeps['fetchText'] = async (url, timeoutMs) => {
  const response = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`refused with ${response.status}`);
  return response.text();
};

/** Opens an EventSource; null where there is none. */
export const openEventStream: ConfigClientDeps['openStream'] = (url): EventStream | null => {
  if (typeof EventSource === 'undefined') return null;
  const source = new EventSource(url);
  return {
    onEvent(listener) {
      for (const type of ['hello', 'config'])
        source.addEventListener(type, (event) => listener(type, (event as MessageEvent<string>).data));
    },
    onBroken(listener) {
      source.addEventListener('error', () => {
        // EventSource would retry the same address; ours names what is known by now.
        source.close();
        listener();
      });
    },
    close: () => source.close(),
  };
};

/** Posts and forgets. */
export const postText: ConfigClientDeps['post'] = (url, body) => {
  void fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain' },
    credentials: 'omit',
    keepalive: true,
  }).catch(() => {});
};
