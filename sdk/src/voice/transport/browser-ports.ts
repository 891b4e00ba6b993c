/** The real WebSocket and the real session request; the same in a worker and on the page. */
import type { ErrorCode } from '../../contracts/errors.js';
import { Problem, type ProblemCode } from '../../contracts/errors.js';
import { SessionAnswer, type SessionRequest } from '../../contracts/sessions.js';
import { err, ok, type Result } from '../../protected-core/result.js';
import type { SocketListeners, VoiceSocket } from '../../protected-core/session/session.js';

/** Opens a WebSocket; a refused address counts as closed. */
export function openBrowserSocket(url: string, protocol: string, listeners: SocketListeners): VoiceSocket {
  let silent = false;
  const unless = (task: () => void) => {
    if (!silent) task();
  };
  let socket: WebSocket;
  try {
    socket = new WebSocket(url, protocol);
  } catch {
    // An address that is none, or one that the page's policy bars in some browsers. Told later, as a close always is.
    queueMicrotask(() => unless(listeners.closed));
    return { bufferedBytes: 0, send() {}, close: () => void (silent = true) };
  }
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => unless(listeners.opened);
  socket.onclose = () => unless(listeners.closed);
  socket.onmessage = ({ data }: MessageEvent<unknown>) =>
    unless(() => {
      if (typeof data === 'string') listeners.text(data);
      else if (data instanceof ArrayBuffer) listeners.binary(data);
    });
  return {
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    send(data) {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    close() {
      silent = true;
      socket.close();
    },
  };
}

/** What a refused session means to the learner. */
const refusals: Partial<Record<ProblemCode, { readonly code: ErrorCode; readonly retryable: boolean }>> = {
  'forbidden-origin': { code: 'VT_ORIGIN_REFUSED', retryable: false },
  'not-found': { code: 'VT_SITE_UNKNOWN', retryable: false },
  'provider-contract-required': { code: 'VT_TUTOR_CONFIGURATION', retryable: false },
  'consent-required': { code: 'VT_CONSENT_REQUIRED', retryable: false },
  'bad-request': { code: 'VT_PROTOCOL', retryable: false },
  'too-many-requests': { code: 'VT_TOO_MANY_SESSIONS', retryable: true },
};

/** Longest wait for the right to a session. */
const REQUEST_MS = 8000;

/** Asks for a session. A network that fails is worth another try, most refusals are not. */
export async function requestSession(
  serverOrigin: string,
  siteKey: string,
  request: SessionRequest,
): Promise<Result<SessionAnswer, { readonly code: ErrorCode; readonly retryable: boolean }>> {
  try {
    const response = await fetch(`${serverOrigin}/v1/sites/${encodeURIComponent(siteKey)}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      credentials: 'omit',
      signal: AbortSignal.timeout(REQUEST_MS),
    });
    const body: unknown = await response.json();
    if (response.ok) {
      const answer = SessionAnswer.safeParse(body);
      return answer.success ? ok(answer.data) : err({ code: 'VT_PROTOCOL', retryable: false });
    }
    const problem = Problem.safeParse(body);
    return err((problem.success && refusals[problem.data.code]) || { code: 'VT_UNAVAILABLE', retryable: true });
  } catch {
    return err({ code: 'VT_UNAVAILABLE', retryable: true });
  }
}
