/** What the dashboard asks of the browser, so that tests can answer instead. */
import type { FetchPort } from './api-client.js';
import type { EventStream } from './live.js';

/** The browser as the dashboard sees it. */
export interface DashboardPorts {
  readonly fetch: FetchPort;
  readonly openEvents: (path: string) => EventStream;
  /** Runs `task` once after `delayMs`; returns its cancel. */
  readonly after: (delayMs: number, task: () => void) => () => void;
  readonly nowMs: () => number;
  /** Takes the sign-in token out of the address, so that it stays in no history and in no copied link; null when there is none. */
  readonly takeToken: () => string | null;
  /** Calls `listener` when the address gets another fragment; returns its stop. */
  readonly onFragment: (listener: () => void) => () => void;
  /** Copies text; false when the browser does not allow it. */
  readonly copy: (text: string) => Promise<boolean>;
}

/** The real browser. */
export const browserPorts: DashboardPorts = {
  fetch: (path, init) => fetch(path, init),
  openEvents: (path) => new EventSource(path),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
  nowMs: () => Date.now(),
  takeToken: () => {
    const token = new URLSearchParams(location.hash.slice(1)).get('token');
    if (token !== null) history.replaceState(null, '', location.pathname + location.search);
    return token;
  },
  onFragment: (listener) => {
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
  },
  copy: async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },
};

/** The token in what somebody pasted: the whole link, its fragment, or the token alone. Null when none can be meant. */
export function tokenFrom(pasted: string): string | null {
  const text = pasted.trim();
  const [, inLink] = /[#?&]?\btoken=([A-Za-z0-9_-]+)/.exec(text) ?? [];
  const token = inLink ?? text;
  return /^[A-Za-z0-9_-]{16,256}$/.test(token) ? token : null;
}
