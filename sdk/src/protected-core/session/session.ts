/** Performs the machine's effects over ports, and feeds their outcomes back as events. Holds the one socket there is. */
import { DownMessage, VOICE_SUBPROTOCOL, type IsolationMode, type UpMessage } from '../../contracts/voice.js';
import type { ErrorCode } from '../../contracts/errors.js';
import type { SessionAnswer } from '../../contracts/sessions.js';
import type { Clock, Random } from '../ports.js';
import type { Result } from '../result.js';
import { next } from './machine.js';
import { IDLE, type SessionEffect, type SessionEvent, type SessionState } from './states.js';

/** A WebSocket as the session sees it; listeners are set before anything can arrive. */
export interface VoiceSocket {
  send(data: string | ArrayBuffer): void;
  /** Bytes accepted and not sent yet. */
  readonly bufferedBytes: number;
  /** After this no listener is called. */
  close(): void;
}

/** What becomes of a socket. */
export interface SocketListeners {
  opened(): void;
  text(data: string): void;
  binary(data: ArrayBuffer): void;
  closed(): void;
}

/** What the session asks of outside. */
export interface SessionDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly openSocket: (url: string, protocol: string, listeners: SocketListeners) => VoiceSocket;
  readonly requestSession: () => Promise<
    Result<SessionAnswer, { readonly code: ErrorCode; readonly retryable: boolean }>
  >;
  readonly isolation: IsolationMode;
  readonly release: string;
  readonly onState: (state: SessionState) => void;
  readonly onContent: (message: DownMessage) => void;
  readonly onAudio: (frame: ArrayBuffer) => void;
  readonly onFlush: (turn: number) => void;
  /** A frame that could not be understood; counted by the caller. */
  readonly onGarbage: () => void;
}

/** One session; `dispatch` is its only way in. */
export interface Session {
  state(): SessionState;
  dispatch(event: SessionEvent): void;
  /** Sends a binary frame when a socket is ready for it; false when it was not sent. */
  sendAudio(frame: ArrayBuffer): boolean;
}

/** Microphone bytes that may wait in the socket: two seconds, after which older speech is worth less than a fresh start. */
const BUFFER_LIMIT_BYTES = 64_000;

/** Creates a session at rest. */
export function createSession(deps: SessionDeps): Session {
  let state: SessionState = IDLE;
  let socket: VoiceSocket | null = null;
  let voiceUrl = '';
  const timers = new Map<string, () => void>();
  const queue: SessionEvent[] = [];
  let running = false;
  let requests = 0;

  const clear = (timer: string) => {
    timers.get(timer)?.();
    timers.delete(timer);
  };
  const closeSocket = () => {
    socket?.close();
    socket = null;
  };
  const send = (message: UpMessage) => socket?.send(JSON.stringify(message));
  const receive = (data: string) => {
    let parsed: ReturnType<typeof DownMessage.safeParse> | null;
    try {
      parsed = DownMessage.safeParse(JSON.parse(data));
    } catch {
      parsed = null;
    }
    if (parsed?.success) dispatch({ type: 'socket.message', message: parsed.data, nowMs: deps.clock.monotonicMs() });
    else deps.onGarbage();
  };
  const open = () => {
    closeSocket();
    // The close of a socket that was replaced must not be taken for the present one's.
    let mine: VoiceSocket | null = null;
    const current = (task: () => void) => () => {
      if (mine !== null && mine === socket) task();
    };
    mine = deps.openSocket(voiceUrl, VOICE_SUBPROTOCOL, {
      opened: current(() => dispatch({ type: 'socket.opened' })),
      text: (data) => current(() => receive(data))(),
      binary: (data) => current(() => deps.onAudio(data))(),
      closed: current(() => dispatch({ type: 'socket.closed', nowMs: deps.clock.monotonicMs() })),
    });
    socket = mine;
  };
  const requestSession = () => {
    requests += 1;
    const mine = requests;
    // What cannot be expected is a refusal too, or the lesson would wait for ever.
    const failed = () => ({ ok: false, error: { code: 'VT_UNAVAILABLE', retryable: true } }) as const;
    void deps
      .requestSession()
      .catch(failed)
      .then((granted) => {
        // An answer to a question of before `end` must not open a socket for the lesson that came after.
        if (mine !== requests) return;
        const nowMs = deps.clock.monotonicMs();
        if (!granted.ok) return dispatch({ type: 'session.refused', ...granted.error, nowMs });
        voiceUrl = granted.value.voiceUrl;
        dispatch({ type: 'session.granted', token: granted.value.token });
      });
  };
  const perform = (effect: SessionEffect) => {
    switch (effect.type) {
      case 'request-session':
        return requestSession();
      case 'open-socket':
        return open();
      case 'close-socket':
        return closeSocket();
      case 'hello':
        return send({ type: 'hello', auth: effect.auth, isolation: deps.isolation, release: deps.release });
      case 'send':
        return send(effect.message);
      case 'set-timer': {
        clear(effect.timer);
        const delayMs = effect.jitter ? effect.delayMs * deps.random.next() : effect.delayMs;
        timers.set(
          effect.timer,
          deps.clock.after(delayMs, () => dispatch({ type: `${effect.timer}.due`, nowMs: deps.clock.monotonicMs() })),
        );
        return;
      }
      case 'clear-timer':
        return clear(effect.timer);
      case 'flush-playback':
        return deps.onFlush(effect.turn);
      case 'tell':
        return deps.onContent(effect.message);
    }
  };
  const dispatch = (event: SessionEvent) => {
    queue.push(event);
    // An effect may dispatch at once; its event waits until this one's effects are done.
    if (running) return;
    running = true;
    try {
      for (let current = queue.shift(); current; current = queue.shift()) {
        const step = next(state, current);
        state = step.state;
        for (const effect of step.effects) perform(effect);
        deps.onState(state);
      }
    } finally {
      running = false;
    }
  };
  return {
    state: () => state,
    dispatch,
    sendAudio(frame) {
      const live = state.phase === 'listening' || state.phase === 'thinking' || state.phase === 'speaking';
      if (!live || !socket || socket.bufferedBytes > BUFFER_LIMIT_BYTES) return false;
      socket.send(frame);
      return true;
    },
  };
}
