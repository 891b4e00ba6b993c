/** The Gemini Live tutor as a provider: keeps one conversation alive over the connections it takes. Turns are kept in `live-turn.ts`. */
import type { Clock } from '../../../platform/clock.js';
import type { Log } from '../../../platform/log.js';
import type { LessonTopic, ProviderEvents, ProviderFailure, ProviderSession, VoiceProvider } from '../provider.js';
import type { Verdict } from './close-reasons.js';
import { createLiveTurn } from './live-turn.js';
import { openLiveSocket, type LiveSocket } from './live-socket.js';
import { durationMs, type ServerMessage } from './messages.js';
import { createOutbox } from './outbox.js';
import { PROMPT_VERSION, setupMessage, systemInstruction } from './setup.js';

/** What the provider needs. */
export interface GeminiLiveDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly apiKey: string;
  /** http(s) or ws(s), with or without a path. */
  readonly baseUrl: string;
  /** With or without `models/`. */
  readonly model: string;
}

/** Before connecting again after a loss, and before a failed session may be tried anew. */
const RETRY_MS = 500;
const REVIVE_MS = 5000;
/** A connection that held so long earned another retry; one that died sooner may have been poisoned by its handle. */
const STABLE_MS = 10_000;
/** A rotation is done this long before the service cuts the line. */
const MARGIN_MS = 3000;
/** After a turn the service writes a handle that holds it. */
const HANDLE_MS = 1000;

/** Calls nothing once `isClosed`. */
function guard(events: ProviderEvents, isClosed: () => boolean): ProviderEvents {
  const when =
    <Arguments extends readonly unknown[]>(call: (...given: Arguments) => void) =>
    (...given: Arguments) => {
      if (!isClosed()) call(...given);
    };
  return {
    learnerText: when(events.learnerText.bind(events)),
    thinking: when(events.thinking.bind(events)),
    tutorText: when(events.tutorText.bind(events)),
    say: when(events.say.bind(events)),
    audio: when(events.audio.bind(events)),
    equation: when(events.equation.bind(events)),
    interrupted: when(events.interrupted.bind(events)),
    turnEnd: when(events.turnEnd.bind(events)),
    failed: when(events.failed.bind(events)),
  };
}

/** Creates the provider. */
export function createGeminiLiveProvider(deps: GeminiLiveDeps): VoiceProvider {
  return {
    name: 'gemini-live',
    hears: 'server',
    speaks: 'server',
    open: (topic, events) => openSession(deps, topic, events),
  };
}

function openSession(deps: GeminiLiveDeps, topic: LessonTopic, unguarded: ProviderEvents): ProviderSession {
  const { clock, log, model } = deps;
  let closed = false;
  const events = guard(unguarded, () => closed);
  let socket: LiveSocket | null = null;
  /** Null while up or coming up. */
  let down: { readonly sinceMs: number; readonly final: boolean } | null = null;
  let handle: string | null = null;
  let exercise = '';
  let exerciseSent = '';
  let retried = false;
  let readySinceMs: number | null = null;
  /** The service announced the end of this connection. */
  let leaving = false;
  let cancelDeadline = (): void => undefined;
  let cancelHandleWait = (): void => undefined;
  let cancelRetry = (): void => undefined;

  const outbox = createOutbox((message, kind) => socket?.send(message, kind) ?? false);
  const turn = createLiveTurn(events, (id, name, response) => {
    socket?.send({ toolResponse: { functionResponses: [{ id, name, response, scheduling: 'SILENT' }] } }, 'text');
  });
  const settleDown = () => {
    leaving = false;
    readySinceMs = null;
    cancelDeadline();
    cancelHandleWait();
    cancelRetry();
  };
  const lose = () => {
    const unanswered = turn.lost();
    if (unanswered !== null && !outbox.hasText()) outbox.text(unanswered);
  };
  const fail = (failure: ProviderFailure, final: boolean) => {
    // Before the failure: words that settle after it would open a turn of their own.
    turn.lost(true);
    down = { sinceMs: clock.monotonicMs(), final };
    events.failed(failure);
  };
  const sendContext = () => {
    // Older models take a changed instruction with the next setup only.
    if (exercise === exerciseSent || !/^(?:models\/)?gemini-3\.8/.test(model)) return;
    const update = { contextUpdate: { systemInstruction: systemInstruction({ topic, exercise }) } };
    if (socket?.send(update, 'text')) exerciseSent = exercise;
  };
  const ended = ({ failure, retry }: Verdict, code: number) => {
    const heldMs = readySinceMs === null ? 0 : clock.monotonicMs() - readySinceMs;
    log.warn({ provider: 'gemini-live', code, failure, retry, heldMs: Math.round(heldMs) }, 'tutor connection lost');
    socket = null;
    settleDown();
    if (heldMs >= STABLE_MS) retried = false;
    if (retry === 'no' || retried) {
      handle = null;
      return fail(failure, retry === 'no' && failure !== 'temporary');
    }
    retried = true;
    if (retry === 'fresh') handle = null;
    lose();
    cancelRetry = clock.after(RETRY_MS, connect);
  };
  const rotate = () => {
    if (closed || !leaving) return;
    const old = socket;
    socket = null;
    settleDown();
    lose();
    // The service refuses to resume while the old line stands.
    if (old) old.close(connect);
    else connect();
  };
  const take = (message: ServerMessage) => {
    const wasIdle = turn.isIdle();
    turn.take(message);
    const { newHandle, resumable } = message.sessionResumptionUpdate ?? {};
    const renewed = resumable === true && newHandle !== undefined && newHandle !== '';
    if (renewed) handle = newHandle;
    if (message.goAway && !leaving) {
      leaving = true;
      cancelDeadline = clock.after(Math.max(0, durationMs(message.goAway.timeLeft) - MARGIN_MS), rotate);
    }
    if (!leaving || !turn.isIdle()) return;
    if (renewed) rotate();
    else if (!wasIdle) {
      cancelHandleWait();
      cancelHandleWait = clock.after(HANDLE_MS, () => {
        if (turn.isIdle()) rotate();
      });
    }
  };
  function connect(): void {
    if (closed) return;
    down = null;
    exerciseSent = exercise;
    socket = openLiveSocket({
      ...deps,
      setup: setupMessage({ model, topic, exercise, handle }),
      onReady() {
        readySinceMs = clock.monotonicMs();
        log.info(
          { provider: 'gemini-live', resumed: handle !== null, prompt: PROMPT_VERSION, dropped: outbox.dropped() },
          'tutor connection ready',
        );
        sendContext();
        outbox.flush();
      },
      onMessage: (message) => {
        if (!closed) take(message);
      },
      onEnd: (verdict, code) => {
        if (!closed) ended(verdict, code);
      },
    });
  }
  /** A learner who goes on after a passing failure gets a new connection. */
  const revive = (afterMs: number) => {
    if (!down || down.final || clock.monotonicMs() - down.sinceMs < afterMs) return;
    retried = false;
    connect();
  };
  connect();

  return {
    sendAudio(samples) {
      if (closed) return;
      revive(REVIVE_MS);
      outbox.audio(samples);
    },
    endAudio() {
      if (!closed) outbox.endAudio();
    },
    sendText(text) {
      if (closed) return;
      turn.text(text);
      outbox.text(text);
      revive(0);
    },
    interrupt() {
      if (!closed) turn.interrupt();
    },
    setContext(next) {
      if (closed) return;
      exercise = next;
      sendContext();
    },
    close() {
      if (closed) return;
      closed = true;
      settleDown();
      socket?.close();
      socket = null;
    },
  };
}
