/** One conversation's line to the service over the connections it takes: when to connect, come back, rotate and give up. No turns, no sound. */
import type { Clock } from '../../../platform/clock.js';
import type { Log } from '../../../platform/log.js';
import type { ProviderFailure } from '../provider.js';
import type { Verdict } from './close-reasons.js';
import { openLiveSocket, type LiveSocket } from './live-socket.js';
import { durationMs, type ServerMessage } from './messages.js';

/** Before connecting again after a loss. */
const RETRY_MS = 500;
/** A connection that held so long earned another retry; one that died sooner may have been poisoned by its handle. */
const STABLE_MS = 10_000;
/** A rotation is done this long before the service cuts the line. */
const MARGIN_MS = 3000;
/** After a turn the service writes a handle that holds it. */
const HANDLE_MS = 1000;

/** What a line needs. */
export interface LiveLineDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly apiKey: string;
  readonly baseUrl: string;
  /** The first message of a connection that resumes `handle`, or starts anew without. */
  readonly setup: (handle: string | null) => object;
  readonly onReady: (resumed: boolean) => void;
  /** Takes a message. */
  readonly onMessage: (message: ServerMessage) => void;
  /** Nothing is asked and nothing is being said: a line may be changed for another. */
  readonly isIdle: () => boolean;
  /** The connection went; another one comes. */
  readonly onLost: () => void;
  /** It is given up: for good when `final`, else `connect` may be called again. */
  readonly onFailed: (failure: ProviderFailure, final: boolean) => void;
}

/** A line. */
export interface LiveLine {
  connect(): void;
  /** False when no connection is ready. */
  send(message: object | string, kind: 'audio' | 'text'): boolean;
  /** Ends it silently. */
  close(): void;
}

/** Creates a line; `connect` opens it. */
export function createLiveLine(deps: LiveLineDeps): LiveLine {
  const { clock, log } = deps;
  let closed = false;
  let socket: LiveSocket | null = null;
  let handle: string | null = null;
  let retried = false;
  let readySinceMs: number | null = null;
  /** The service announced the end of this connection. */
  let leaving = false;
  let cancelDeadline = (): void => undefined;
  let cancelHandleWait = (): void => undefined;
  let cancelRetry = (): void => undefined;

  const settle = () => {
    leaving = false;
    readySinceMs = null;
    cancelDeadline();
    cancelHandleWait();
    cancelRetry();
  };
  const ended = ({ failure, retry }: Verdict, code: number) => {
    const heldMs = readySinceMs === null ? 0 : clock.monotonicMs() - readySinceMs;
    log.warn({ provider: 'gemini-live', code, failure, retry, heldMs: Math.round(heldMs) }, 'tutor connection lost');
    socket = null;
    settle();
    if (heldMs >= STABLE_MS) retried = false;
    if (retry === 'no' || retried) {
      handle = null;
      retried = false;
      return deps.onFailed(failure, retry === 'no' && failure !== 'temporary');
    }
    retried = true;
    if (retry === 'fresh') handle = null;
    deps.onLost();
    cancelRetry = clock.after(RETRY_MS, connect);
  };
  const rotate = () => {
    if (closed || !leaving) return;
    const old = socket;
    socket = null;
    settle();
    deps.onLost();
    // The service refuses to resume while the old line stands.
    if (old) old.close(connect);
    else connect();
  };
  const take = (message: ServerMessage) => {
    const wasIdle = deps.isIdle();
    deps.onMessage(message);
    const { newHandle, resumable } = message.sessionResumptionUpdate ?? {};
    const renewed = resumable === true && newHandle !== undefined && newHandle !== '';
    if (renewed) handle = newHandle;
    if (message.goAway && !leaving) {
      leaving = true;
      cancelDeadline = clock.after(Math.max(0, durationMs(message.goAway.timeLeft) - MARGIN_MS), rotate);
    }
    if (!leaving || !deps.isIdle()) return;
    if (renewed) rotate();
    else if (!wasIdle) {
      cancelHandleWait();
      cancelHandleWait = clock.after(HANDLE_MS, () => {
        if (deps.isIdle()) rotate();
      });
    }
  };
  function connect(): void {
    if (closed) return;
    socket = openLiveSocket({
      clock,
      apiKey: deps.apiKey,
      baseUrl: deps.baseUrl,
      setup: deps.setup(handle),
      onReady() {
        readySinceMs = clock.monotonicMs();
        deps.onReady(handle !== null);
      },
      onMessage: (message) => {
        if (!closed) take(message);
      },
      onEnd: (verdict, code) => {
        if (!closed) ended(verdict, code);
      },
    });
  }
  return {
    connect,
    send: (message, kind) => socket?.send(message, kind) ?? false,
    close() {
      closed = true;
      settle();
      socket?.close();
      socket = null;
    },
  };
}
