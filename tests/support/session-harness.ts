/** A session over a socket, a clock and a gateway that are all the test's. */
import assert from 'node:assert/strict';
import type { SessionAnswer } from '../../sdk/src/contracts/sessions.js';
import type { DownMessage } from '../../sdk/src/contracts/voice.js';
import type { Result } from '../../sdk/src/protected-core/result.js';
import { createSession, type SessionDeps, type SocketListeners } from '../../sdk/src/protected-core/session/session.js';
import type { SessionState } from '../../sdk/src/protected-core/session/states.js';
import { createFakeClock } from './fake-clock.js';

/** What the gateway answers to a request. */
export type Grant = Result<
  SessionAnswer,
  { readonly code: 'VT_UNAVAILABLE' | 'VT_ORIGIN_REFUSED'; readonly retryable: boolean }
>;
/** The right to a socket. */
export const granted: Grant = {
  ok: true,
  value: {
    sessionId: '4b8e0d5a-2d1a-4a7c-9a43-8a2f6d2f1f00' as never,
    token: 'session-token-001',
    expiresInMs: 60_000,
    voiceUrl: 'ws://gateway/v1/voice',
  },
};
const READY = {
  type: 'ready',
  seq: 0,
  sessionId: '4b8e0d5a-2d1a-4a7c-9a43-8a2f6d2f1f00',
  resumeToken: 'resume-token-0001',
  resumed: false,
  provider: 'default',
  hears: 'server',
  speaks: 'server',
};

/** A session with all it asks of outside; `random` is what chance gives. */
export function createSessionHarness(random = 1) {
  const clock = createFakeClock();
  const sockets: {
    url: string;
    sent: unknown[];
    isOpen: boolean;
    bufferedBytes: number;
    listeners: SocketListeners;
  }[] = [];
  const grants: ((grant: Grant) => void)[] = [];
  const rejections: ((error: Error) => void)[] = [];
  const seen = {
    content: [] as DownMessage[],
    audio: 0,
    flushed: [] as number[],
    garbage: 0,
    phases: [] as SessionState['phase'][],
  };
  const deps: SessionDeps = {
    clock,
    random: { next: () => random },
    isolation: 'worker',
    release: '1.2.3',
    openSocket(url, protocol, listeners) {
      assert.equal(protocol, 'voice-tutor.v1');
      assert.ok(
        sockets.every(({ isOpen }) => !isOpen),
        'a second socket while one is open',
      );
      const socket = {
        url,
        listeners,
        sent: [] as unknown[],
        isOpen: true,
        bufferedBytes: 0,
        send: (data: string | ArrayBuffer) =>
          void socket.sent.push(typeof data === 'string' ? (JSON.parse(data) as unknown) : data),
        close: () => void (socket.isOpen = false),
      };
      sockets.push(socket);
      return socket;
    },
    requestSession: () =>
      new Promise((resolve, reject) => {
        grants.push(resolve);
        rejections.push(reject);
      }),
    onState: ({ phase }) => seen.phases.push(phase),
    onContent: (message) => seen.content.push(message),
    onAudio: () => (seen.audio += 1),
    onFlush: (turn) => seen.flushed.push(turn),
    onGarbage: () => (seen.garbage += 1),
  };
  const session = createSession(deps);
  const settled = () => new Promise<void>((done) => setImmediate(done));
  const socket = () => sockets.at(-1)!;
  return {
    clock,
    session,
    sockets,
    grants,
    rejections,
    seen,
    settled,
    socket,
    say: (message: object) => socket().listeners.text(JSON.stringify(message)),
    /** A lesson whose gateway has said ready. */
    async live() {
      session.dispatch({ type: 'start' });
      grants.at(-1)?.(granted);
      await settled();
      socket().listeners.opened();
      socket().listeners.text(JSON.stringify(READY));
    },
  };
}
