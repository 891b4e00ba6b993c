/** The voice room put together: core, audio context, worklets, microphone. What the element talks to. */
import type { ErrorCode } from '../contracts/errors.js';
import { TEXT_LIMIT, type IsolationMode } from '../contracts/voice.js';
import { createEmitter } from '../protected-core/emitter.js';
import type { Clock, Ids, Random, Reporter } from '../protected-core/ports.js';
import { err, ok, type Result } from '../protected-core/result.js';
import { IDLE_LESSON, type LessonEvent, type LessonSnapshot } from '../protected-core/session/lesson.js';
import { openMic, type Mic } from './capture/mic.js';
import type { Recogniser } from './capture/recogniser.js';
import { openAudio, type Audio } from './playback/audio.js';
import type { BrowserVoice } from './playback/browser-voice.js';
import { openBrowserSocket, requestSession } from './transport/browser-ports.js';
import { findHome, type CoreHome } from './transport/isolation.js';
import type { CoreCommand, CoreReport } from './transport/messages.js';
import { createVoiceCore } from './transport/voice-core.js';
import type { LessonOptions, VoiceClient } from './voice-client.js';

/** What the voice room asks of outside. */
export interface VoiceClientDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly reporter: Reporter;
  readonly workerSource: string;
  /** A script address as the page's Trusted Types want it. */
  readonly trustScriptUrl?: (url: string) => string;
  readonly captureWorkletUrl: string;
  readonly playbackWorkletUrl: string;
  readonly release: string;
  readonly isolation: readonly IsolationMode[];
  readonly recogniser: Recogniser | null;
  readonly browserVoice: BrowserVoice | null;
}

/** Creates a client at rest. */
export function createVoiceClient(deps: VoiceClientDeps): VoiceClient {
  const emitter = createEmitter<LessonEvent>((error) => deps.reporter.fault('voice.listener', error));
  let snapshot: LessonSnapshot = IDLE_LESSON;
  let home: Promise<CoreHome> | null = null;
  let audio: Audio | null = null;
  let speaker: Promise<Result<Audio, ErrorCode>> | null = null;
  let mic: Mic | null = null;
  /** The microphone being opened; another wish to close or to end makes it another's. */
  let opening: { readonly done: Promise<Result<void, ErrorCode>> } | null = null;
  let stopHearing: (() => void) | null = null;
  let lang = 'en';
  let [closed, muted, starts] = [false, false, 0];
  const isClosed = () => closed;
  /** What is wrong with sound on this page; the core knows nothing of it and must not take it back. */
  let soundProblem: ErrorCode | null = null;
  let coreProblem: ErrorCode | null = null;

  const update = ({ problem, ...change }: Partial<LessonSnapshot>) => {
    if (problem !== undefined) soundProblem = problem;
    snapshot = { ...snapshot, ...change, problem: coreProblem ?? soundProblem };
    emitter.emit({ type: 'snapshot', snapshot });
  };
  /** Hears in words while the microphone is open and the gateway leaves that to the page. */
  const hearWords = () => {
    const wanted = mic !== null && snapshot.hears === 'browser';
    if (wanted && !stopHearing && deps.recogniser)
      stopHearing = deps.recogniser.start(
        lang,
        ([text, ...alternatives]) => {
          if (!text || snapshot.mic !== 'open') return;
          const readings = alternatives.slice(0, 2).map((reading) => reading.slice(0, TEXT_LIMIT));
          command({ type: 'text', source: 'recogniser', text: text.slice(0, TEXT_LIMIT), alternatives: readings });
        },
        () => snapshot.phase === 'speaking' || deps.browserVoice?.isSpeaking?.() === true,
      );
    if (wanted) return;
    stopHearing?.();
    stopHearing = null;
  };
  const onReport = (report: CoreReport) => {
    if (closed) return;
    if (report.type === 'snapshot') {
      const { problem, micLevel, ...state } = report.snapshot;
      coreProblem = problem;
      // A level that was under way when the microphone was closed or muted is of the past.
      update({ ...state, ...(snapshot.mic === 'open' ? { micLevel } : {}) });
      hearWords();
    } else if (report.type === 'stats') emitter.emit({ type: 'audio-stats', stats: report });
    else if (report.type === 'flush') deps.browserVoice?.stop();
    else if (report.type === 'content') {
      const { message } = report;
      if (message.type === 'say') deps.browserVoice?.say(message.text, lang);
      if (isContent(message)) emitter.emit({ type: 'content', message });
    }
  };
  const coreHome = () =>
    (home ??= findHome(deps.isolation, {
      clock: deps.clock,
      workerSource: deps.workerSource,
      trustScriptUrl: deps.trustScriptUrl,
      createCore: (report) =>
        createVoiceCore({
          clock: deps.clock,
          random: deps.random,
          ids: deps.ids,
          openSocket: openBrowserSocket,
          requestSession,
          report,
        }),
      report: onReport,
      onFault: (error) => deps.reporter.fault('voice.worker', error),
    }).then((found) => {
      if (!closed) update({ isolation: found.mode });
      return found;
    }));
  const command = (message: CoreCommand, port?: MessagePort) =>
    void home?.then((found) => found.command(message, port));

  const closeMic = () => {
    opening = null;
    audio?.disconnectMic();
    mic?.stop();
    if (mic) command({ type: 'mic', state: 'closed' });
    mic = null;
    hearWords();
    if (snapshot.mic !== 'denied' && snapshot.mic !== 'missing' && snapshot.mic !== 'lost')
      update({ mic: 'off', micLevel: 0 });
  };
  /** One context for all; the first that asks opens it, and one that failed may be tried again. */
  const openSpeaker = (): Promise<Result<Audio, ErrorCode>> => {
    if (audio) {
      void audio.resume().catch(() => {});
      return Promise.resolve(ok(audio));
    }
    speaker ??= openAudio(deps).then((opened) => {
      speaker = null;
      if (!opened.ok) return opened;
      if (closed) {
        opened.value.close();
        return err('VT_UNAVAILABLE');
      }
      audio = opened.value;
      command({ type: 'speaker', rateHz: audio.rateHz }, audio.speakerPort());
      return opened;
    });
    return speaker;
  };
  const startMic = async (isWanted: () => boolean): Promise<Result<void, ErrorCode>> => {
    update({ mic: 'opening' });
    void coreHome();
    const sound = openSpeaker();
    const opened = await openMic(() => {
      update({ mic: 'lost', problem: 'VT_MIC_LOST' });
      closeMic();
    });
    if (!isWanted()) {
      // Closed or ended while the browser asked: the answer comes too late, and nothing may go on listening.
      if (opened.ok) opened.value.stop();
      return err('VT_UNAVAILABLE');
    }
    if (!opened.ok) {
      update({ mic: opened.error === 'VT_MIC_NOT_FOUND' ? 'missing' : 'denied', problem: opened.error });
      return opened;
    }
    const output = await sound;
    if (!isWanted() || !output.ok) {
      opened.value.stop();
      if (isWanted()) update({ mic: 'off', problem: 'VT_AUDIO_UNAVAILABLE' });
      return err(output.ok ? 'VT_UNAVAILABLE' : 'VT_AUDIO_UNAVAILABLE');
    }
    mic = opened.value;
    // Before anything is captured: a page that muted the tutor beforehand meant this microphone.
    mic.setMuted(muted);
    command({ type: 'microphone' }, output.value.connectMic(mic.stream));
    command({ type: 'mic', state: muted ? 'muted' : 'open' });
    update({ mic: muted ? 'muted' : 'open', problem: null });
    hearWords();
    return ok(undefined);
  };

  return {
    subscribe: (listener) => emitter.subscribe(listener),
    snapshot: () => snapshot,
    warm() {
      if (!closed) void coreHome();
    },
    async start({ serverOrigin, siteKey, request }: LessonOptions) {
      if (closed) return err('VT_UNAVAILABLE');
      lang = request.lang;
      // First, and before any wait: the browser unlocks sound only within the gesture.
      const sound = openSpeaker();
      starts += 1;
      const mine = starts;
      const found = await coreHome();
      if (isClosed() || mine !== starts) return err('VT_UNAVAILABLE');
      found.command({ type: 'start', serverOrigin, siteKey, request, isolation: found.mode, release: deps.release });
      const opened = await sound;
      if (isClosed()) return err('VT_UNAVAILABLE');
      if (opened.ok) return ok(undefined);
      // Without sound the lesson goes on in writing.
      update({ problem: opened.error });
      return opened;
    },
    openMic() {
      if (closed) return Promise.resolve(err('VT_UNAVAILABLE'));
      if (mic) return Promise.resolve(ok(undefined));
      if (opening) return opening.done;
      const mine: { done: Promise<Result<void, ErrorCode>> } = { done: Promise.resolve(ok(undefined)) };
      opening = mine;
      mine.done = startMic(() => opening === mine).finally(() => {
        if (opening === mine) opening = null;
      });
      return mine.done;
    },
    closeMic,
    setMuted(wanted) {
      muted = wanted;
      if (!mic) return;
      mic.setMuted(muted);
      command({ type: 'mic', state: muted ? 'muted' : 'open' });
      update({ mic: muted ? 'muted' : 'open', micLevel: 0 });
    },
    sendText: (text, source, alternatives = []) =>
      command({ type: 'text', source, text: text.slice(0, TEXT_LIMIT), alternatives: alternatives.slice(0, 2) }),
    interrupt() {
      deps.browserVoice?.stop();
      command({ type: 'interrupt' });
    },
    setContext(exercise) {
      if (closed) return;
      // Told before the lesson more often than not: the core keeps it, so there must be one.
      void coreHome();
      command({ type: 'context', exercise: exercise.slice(0, 4000) });
    },
    sendFeedback: (rating, turn) => command({ type: 'feedback', rating, turn }),
    end() {
      // A start that still waits for its worker is taken back as well.
      starts += 1;
      closeMic();
      deps.browserVoice?.stop();
      command({ type: 'end' });
    },
    close() {
      if (closed) return;
      closeMic();
      closed = true;
      deps.browserVoice?.stop();
      void home?.then((found) => found.close());
      audio?.close();
      audio = null;
    },
  };
}

function isContent(
  message: Extract<CoreReport, { type: 'content' }>['message'],
): message is Extract<LessonEvent, { type: 'content' }>['message'] {
  return ['transcript', 'equation', 'interrupted', 'turn-end', 'say', 'decision', 'config'].includes(message.type);
}
