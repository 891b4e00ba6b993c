/** The voice room put together: core, audio context, worklets, microphone. What the element talks to. */
import type { ErrorCode } from '../contracts/errors.js';
import type { IsolationMode } from '../contracts/voice.js';
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
  let mic: Mic | null = null;
  let stopHearing = () => {};
  let lang = 'en';
  let closed = false;

  const update = (change: Partial<LessonSnapshot>) => {
    snapshot = { ...snapshot, ...change };
    emitter.emit({ type: 'snapshot', snapshot });
  };
  const onReport = (report: CoreReport) => {
    if (report.type === 'snapshot') update(report.snapshot);
    else if (report.type === 'stats') emitter.emit({ type: 'audio-stats', stats: report });
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
    }).then((found) => {
      update({ isolation: found.mode });
      return found;
    }));
  const command = (message: CoreCommand, port?: MessagePort) =>
    void home?.then((found) => found.command(message, port));

  const closeMic = () => {
    stopHearing();
    stopHearing = () => {};
    audio?.disconnectMic();
    mic?.stop();
    if (mic) command({ type: 'mic', state: 'closed' });
    mic = null;
    if (snapshot.mic !== 'denied' && snapshot.mic !== 'missing' && snapshot.mic !== 'lost')
      update({ mic: 'off', micLevel: 0 });
  };
  const openSpeaker = async (): Promise<Result<void, ErrorCode>> => {
    if (audio) {
      await audio.resume();
      return ok(undefined);
    }
    const opened = await openAudio(deps);
    if (!opened.ok) return opened;
    audio = opened.value;
    command({ type: 'speaker', rateHz: audio.rateHz }, audio.speakerPort());
    return ok(undefined);
  };

  return {
    subscribe: (listener) => emitter.subscribe(listener),
    snapshot: () => snapshot,
    warm: () => void coreHome(),
    async start({ serverOrigin, siteKey, request }: LessonOptions) {
      lang = request.lang;
      // First, and before any wait: the browser unlocks sound only within the gesture.
      const speaker = openSpeaker();
      const found = await coreHome();
      if (closed) return err('VT_UNAVAILABLE');
      found.command({ type: 'start', serverOrigin, siteKey, request, isolation: found.mode, release: deps.release });
      const opened = await speaker;
      // Without sound the lesson goes on in writing.
      if (!opened.ok) update({ problem: opened.error });
      return opened;
    },
    async openMic() {
      if (mic) return ok(undefined);
      update({ mic: 'opening' });
      const speaker = openSpeaker();
      const opened = await openMic(() => {
        update({ mic: 'lost', problem: 'VT_MIC_LOST' });
        closeMic();
      });
      if (!opened.ok) {
        update({ mic: opened.error === 'VT_MIC_NOT_FOUND' ? 'missing' : 'denied', problem: opened.error });
        return opened;
      }
      mic = opened.value;
      const sound = await speaker;
      if (!sound.ok || !audio) {
        closeMic();
        return err('VT_AUDIO_UNAVAILABLE');
      }
      command({ type: 'microphone' }, audio.connectMic(mic.stream));
      command({ type: 'mic', state: 'open' });
      if (snapshot.hears === 'browser' && deps.recogniser) {
        stopHearing = deps.recogniser.start(lang, ([text, ...alternatives]) => {
          if (text && snapshot.mic === 'open')
            command({
              type: 'text',
              source: 'recogniser',
              text: text.slice(0, 2000),
              alternatives: alternatives.slice(0, 2),
            });
        });
      }
      update({ mic: 'open', problem: null });
      return ok(undefined);
    },
    closeMic,
    setMuted(muted) {
      if (!mic) return;
      mic.setMuted(muted);
      command({ type: 'mic', state: muted ? 'muted' : 'open' });
      update({ mic: muted ? 'muted' : 'open', micLevel: 0 });
    },
    sendText: (text, source, alternatives = []) =>
      command({ type: 'text', source, text: text.slice(0, 2000), alternatives: alternatives.slice(0, 2) }),
    interrupt() {
      deps.browserVoice?.stop();
      command({ type: 'interrupt' });
    },
    setContext: (exercise) => command({ type: 'context', exercise: exercise.slice(0, 4000) }),
    sendFeedback: (rating, turn) => command({ type: 'feedback', rating, turn }),
    end() {
      closeMic();
      deps.browserVoice?.stop();
      command({ type: 'end' });
    },
    close() {
      if (closed) return;
      closed = true;
      closeMic();
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
