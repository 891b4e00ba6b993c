/** The Gemini Live tutor as a provider: a line to the service, the turns on it, and what goes out, put together for one learner. */
import type { Clock } from '../../../platform/clock.js';
import type { Log } from '../../../platform/log.js';
import type { LessonTopic, ProviderEvents, ProviderSession, VoiceProvider } from '../provider.js';
import { guardEvents } from './guarded-events.js';
import { createLiveLine } from './live-line.js';
import { createLiveTurn } from './live-turn.js';
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
  /** The service's terms exclude minors; `allowed` when an operator recorded a contract that covers them. */
  readonly minors: VoiceProvider['minors'];
}

/** Before a learner's sound may bring a failed session back; words may at once. */
const REVIVE_MS = 5000;

/** Creates the provider. */
export function createGeminiLiveProvider(deps: GeminiLiveDeps): VoiceProvider {
  return {
    name: 'gemini-live',
    hears: 'server',
    speaks: 'server',
    minors: deps.minors,
    open: (topic, events) => openSession(deps, topic, events),
  };
}

function openSession(deps: GeminiLiveDeps, topic: LessonTopic, unguarded: ProviderEvents): ProviderSession {
  const { clock, log, model } = deps;
  let closed = false;
  const events = guardEvents(unguarded, () => closed);
  /** Null while up or coming up. */
  let down: { readonly sinceMs: number; readonly final: boolean } | null = null;
  let exercise = '';
  let exerciseSent = '';

  const outbox = createOutbox((message, kind) => line.send(message, kind));
  const turn = createLiveTurn(events, (id, name, response) => {
    line.send({ toolResponse: { functionResponses: [{ id, name, response, scheduling: 'SILENT' }] } }, 'text');
  });
  const sendContext = () => {
    // Older models take a changed instruction with the next setup only.
    if (exercise === exerciseSent || !/^(?:models\/)?gemini-3\.8/.test(model)) return;
    const update = { contextUpdate: { systemInstruction: systemInstruction({ topic, exercise }) } };
    if (line.send(update, 'text')) exerciseSent = exercise;
  };
  const line = createLiveLine({
    ...deps,
    setup(handle) {
      exerciseSent = exercise;
      return setupMessage({ model, topic, exercise, handle });
    },
    onReady(resumed) {
      log.info(
        { provider: 'gemini-live', resumed, prompt: PROMPT_VERSION, dropped: outbox.dropped() },
        'tutor connection ready',
      );
      sendContext();
      outbox.flush();
    },
    onMessage: (message) => turn.take(message),
    isIdle: () => turn.isIdle(),
    onLost() {
      const unanswered = turn.lost();
      if (unanswered !== null && !outbox.hasText()) outbox.text(unanswered);
    },
    onFailed(failure, final) {
      // Before the failure: words that settle after it would open a turn of their own.
      turn.lost(true);
      down = { sinceMs: clock.monotonicMs(), final };
      events.failed(failure);
    },
  });
  /** A learner who goes on after a passing failure gets a new connection. */
  const revive = (afterMs: number) => {
    if (!down || down.final || clock.monotonicMs() - down.sinceMs < afterMs) return;
    down = null;
    line.connect();
  };
  line.connect();

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
      line.close();
    },
  };
}
