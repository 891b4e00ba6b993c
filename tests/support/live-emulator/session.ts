/** One Live session: takes client messages in the order the protocol allows, and ends when it must. Knows no socket; the emulator lends it one. */
import { parseClientMessage, type MessageBody, type RealtimeInput, type SetupMessage } from './client-message.js';
import { CLOSES, notBase64, type Close } from './closes.js';
import { createConversation, type Conversation } from './conversation.js';
import { createListener, type Heard, type Listener } from './listener.js';
import { decodeAudio } from './pcm.js';
import type { Clock, Random } from './ports.js';
import type { ApiVersion } from './request-path.js';
import type { HandleStore, Lineage } from './resumption.js';
import type { ScriptReader } from './script.js';
import { createServerVoice, type ServerVoice } from './server-voice.js';
import { textOf, toSettings, toTools, type SessionSettings } from './setup.js';
import { remember, type ConnectionStats } from './stats.js';
import type { Pace } from './turn.js';
import { toDuration } from './wire-format.js';

/** What a session needs of its surroundings. */
export interface SessionDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly handles: HandleStore;
  readonly script: ScriptReader;
  /** Sends one server message; may be called after the socket is gone. */
  readonly send: (message: object) => void;
  /** Closes the socket. */
  readonly close: (close: Close) => void;
  /** True while the socket takes messages. */
  readonly isOpen: () => boolean;
}

/** How a session behaves. */
export interface SessionOptions {
  /** Models served, without `models/`. */
  readonly models: readonly string[];
  readonly pace: Pace;
  /** From setup to `setupComplete`; input in between is lost, as it is with the service. */
  readonly setupDelayMs: number;
  /** From `setupComplete` to goAway; 0 = never. */
  readonly lifetimeMs: number;
  /** From goAway to the close. */
  readonly goAwayTimeLeftMs: number;
  /** Puts several facts into one message where the service does. */
  readonly bundleFacts: boolean;
}

/** One Live session. */
export interface Session {
  /** Takes one client message as text. */
  receive(text: string): void;
  /** Announces the end, and closes when the time is up. Before `setupComplete` it does nothing and gives false. */
  goAway(timeLeftMs?: number): boolean;
  /** The socket is gone or about to go: everything stops. */
  stop(): void;
}

interface Ready {
  readonly listener: Listener;
  readonly voice: ServerVoice;
  readonly conversation: Conversation;
  settings: SessionSettings;
}

/** Creates a session that awaits its setup. `page` receives the counts. */
export function createSession(deps: SessionDeps, options: SessionOptions, page: ConnectionStats): Session {
  const timers = new Set<() => void>();
  let ready: Ready | undefined;

  function later(delayMs: number, task: () => void): void {
    const cancel = deps.clock.after(delayMs, () => {
      timers.delete(cancel);
      task();
    });
    timers.add(cancel);
  }

  function stop(): void {
    page.phase = 'closed';
    ready?.conversation.abandon();
    for (const cancel of timers) cancel();
    timers.clear();
  }

  function refuse(close: Close): void {
    stop();
    deps.close(close);
  }

  function goAway(timeLeftMs = options.goAwayTimeLeftMs): boolean {
    if (page.phase !== 'ready') return false;
    page.goAways += 1;
    deps.send({ goAway: { timeLeft: toDuration(timeLeftMs) } });
    later(timeLeftMs, () => refuse(CLOSES.afterGoAway));
    return true;
  }

  function setUp(setup: SetupMessage): void {
    const result = toSettings(setup, page.apiVersion as ApiVersion, options.models);
    if (!result.ok) return refuse(result.close);
    const { settings } = result;
    const lineage =
      settings.resumption?.handle === undefined ? undefined : restore(settings.resumption.handle, settings.model);
    if (page.phase === 'closed') return;
    page.model = settings.model;
    page.systemInstruction = settings.systemInstruction;
    page.tools = [...settings.tools.keys()];
    page.phase = 'setting-up';
    later(options.setupDelayMs, () => open(settings, lineage ?? { isOpen: deps.isOpen }));
  }

  function restore(handle: string, model: string): Lineage | undefined {
    const claim = deps.handles.claim(handle);
    if (claim.outcome !== 'restored') {
      refuse(claim.outcome === 'unknown' ? CLOSES.unknownHandle : CLOSES.stillOpen);
      return undefined;
    }
    const { resumable } = claim;
    // A conversation stays with its model for life.
    if (resumable.model !== model) {
      refuse(CLOSES.invalidArgument);
      return undefined;
    }
    resumable.lineage.isOpen = deps.isOpen;
    page.resumed = true;
    page.restoredHistory = resumable.history.length;
    page.history.push(...resumable.history);
    return resumable.lineage;
  }

  function open(settings: SessionSettings, lineage: Lineage): void {
    const voice = createServerVoice(settings, options.bundleFacts, page, deps.send);
    const conversation = createConversation(
      {
        ...deps,
        lineage,
        voice,
        settings: () => ready?.settings ?? settings,
        onGoAway: (timeLeftMs) => void goAway(timeLeftMs),
        onClose: refuse,
      },
      options.pace,
      page,
    );
    const listener = createListener(settings.activity, page, {
      onStart: () => {
        if (settings.interrupts) conversation.interrupt();
      },
      onEnd: (heard) => hear(heard, voice, conversation),
    });
    ready = { settings, listener, voice, conversation };
    page.phase = 'ready';
    deps.send({ setupComplete: {} });
    if (options.lifetimeMs > 0) later(options.lifetimeMs, () => void goAway());
  }

  function hear(heard: Heard, voice: ServerVoice, conversation: Conversation): void {
    voice.countInput(heard.speechMs);
    // A marked window that held no sound gives the model nothing to answer.
    const words = heard.speechMs === 0 ? '' : deps.script.hear(heard);
    if (words.trim() === '') return conversation.shrug();
    remember(page.utterances, words);
    voice.heard(words);
    conversation.ask(words);
  }

  function takeRealtime({ settings, listener, voice, conversation }: Ready, input: RealtimeInput): void {
    for (const blob of [...(input.audio === undefined ? [] : [input.audio]), ...(input.mediaChunks ?? [])]) {
      if (/^image\//i.test(blob.mimeType)) {
        page.videoMessages += 1;
        continue;
      }
      page.audioMessages += 1;
      const decoded = decodeAudio(blob.data, blob.mimeType);
      if (!decoded.ok) {
        return refuse(decoded.fault === 'base64' ? notBase64('realtime_input.audio.data') : CLOSES.invalidArgument);
      }
      listener.push(decoded.piece);
    }
    if (input.video !== undefined) page.videoMessages += 1;
    const marks = input.activityStart !== undefined || input.activityEnd !== undefined;
    if (marks && settings.activity !== 'manual') return refuse(CLOSES.explicitActivity);
    if (input.audioStreamEnd !== undefined && settings.activity === 'manual') return refuse(CLOSES.invalidArgument);
    if (input.activityStart !== undefined) listener.activityStart();
    if (input.activityEnd !== undefined) listener.activityEnd();
    if (input.audioStreamEnd === true) listener.streamEnd();
    if (input.text === undefined) return;
    if (settings.interrupts) conversation.interrupt();
    voice.typed(input.text);
    // A blank text only wakes the model: it answers what was seeded before.
    if (input.text.trim() === '') conversation.wake();
    else conversation.ask(input.text);
  }

  function takeContent({ conversation }: Ready, { turns = [], turnComplete }: MessageBody<'clientContent'>): void {
    for (const { role, parts = [] } of turns) {
      const holdsCalls = parts.some((part) => 'functionCall' in part || 'functionResponse' in part);
      if (holdsCalls || role === 'system') return refuse(CLOSES.invalidArgument);
    }
    if (turnComplete === true) {
      conversation.forgetWaiting();
      conversation.interrupt();
    }
    for (const content of turns) {
      remember(page.history, { role: content.role === 'model' ? 'model' : 'user', text: textOf(content) });
    }
    if (turnComplete === true) conversation.wake();
  }

  function updateContext(now: Ready, { tools, systemInstruction }: MessageBody<'contextUpdate'>): void {
    const { settings } = now;
    if (!settings.traits.generation38) return refuse(CLOSES.invalidArgument);
    if (systemInstruction !== undefined) page.systemInstruction = textOf(systemInstruction);
    if (tools === undefined) return;
    now.settings = { ...settings, tools: toTools(tools.tools ?? [], settings.traits) };
    page.tools = [...now.settings.tools.keys()];
  }

  return {
    receive(text) {
      if (page.phase === 'closed') return;
      page.messagesIn += 1;
      const parsed = parseClientMessage(text);
      if (!parsed.ok) return refuse(parsed.close);
      const { message } = parsed;
      if (page.phase === 'awaiting-setup') {
        return message.type === 'setup' ? setUp(message.body) : refuse(CLOSES.setupFirst);
      }
      if (message.type === 'setup') return refuse(CLOSES.invalidArgument);
      if (ready === undefined) {
        page.messagesTooEarly += 1;
        return;
      }
      switch (message.type) {
        case 'realtimeInput':
          return takeRealtime(ready, message.body);
        case 'clientContent':
          return takeContent(ready, message.body);
        case 'toolResponse': {
          const { functionResponses = [] } = message.body;
          if (functionResponses.length === 0) return refuse(CLOSES.invalidArgument);
          return ready.conversation.toolAnswers(functionResponses);
        }
        case 'contextUpdate':
          return updateContext(ready, message.body);
      }
    },
    goAway,
    stop,
  };
}
