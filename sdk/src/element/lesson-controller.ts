/** The lesson behind the element: joins voice, config, features and telemetry, and keeps what the views show. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LessonView } from '../contracts/features.js';
import {
  IDLE_LESSON,
  type AudioStats,
  type LessonEvent,
  type LessonSnapshot,
} from '../protected-core/session/lesson.js';
import { ENTRY_LIMIT, newlySettled, reduceTranscript, type Entry } from '../transcript/transcript.js';
import type { ErrorCode } from '../contracts/errors.js';
import { FlagKey, LanguageTag, SiteKey } from '../contracts/ids.js';
import { createGuard, type Guard } from '../protected-core/guard.js';
import { watchVitalsOnce, type AssembleOptions, type Parts } from './assemble.js';
import { createConsent, type Consent } from './consent.js';
import { tellHost } from './events.js';
import { createFeatureHost, FEATURES, type FeatureHost } from './feature-host.js';
import { isLive, isOpen, micProblemAfter } from './notice.js';
import { createSessionReport, type SessionReport } from './session-report.js';

const NO_STATS: AudioStats = { playedSamples: 0, underruns: 0, gapSamples: 0, micFrames: 0, micDropped: 0 };
/** Without parts there is nowhere to report to; the host page must not notice all the same. */
const SILENT = createGuard({ fault: () => {} });

/** The element as the controller needs it. */
export interface LessonHost extends ReactiveControllerHost, HTMLElement {
  readonly serverOrigin: string;
  readonly siteKey: string;
  readonly topic: string;
  readonly grade: string;
  readonly lang: string;
  /** The page wants the microphone muted. */
  readonly muted: boolean;
  /** The slot element of a feature, made when missing. */
  featureSlot(flagKey: string): HTMLElement;
  /** Takes it away with all it shows. */
  removeFeatureSlot(flagKey: string): void;
}

/** Runs one lesson after another for one element. */
export class LessonController implements ReactiveController {
  snapshot: LessonSnapshot = IDLE_LESSON;
  /** Everything said since the element came onto the page, oldest first: lessons before, then this one. */
  entries: readonly Entry[] = [];
  stats: AudioStats = NO_STATS;
  parts: Parts | null = null;
  consent: Consent | null = null;
  /** The newest trouble of the microphone, null when it has none. */
  micProblem: ErrorCode | null = null;
  /** Why the element cannot be set up at all; the page's author has to mend it. */
  setupProblem: ErrorCode | null = null;
  /** Stops faults before there are parts; afterwards the parts' own guard reports them as well. */
  guard: Guard = SILENT;
  private spoken: readonly Entry[] = [];
  private earlier: readonly Entry[] = [];
  private lessons = 0;
  private features: FeatureHost | null = null;
  private report: SessionReport | null = null;
  private stops: (() => void)[] = [];
  private readonly host: LessonHost;
  private readonly assemble: (options: AssembleOptions) => Parts;

  /** @param assemble puts the parts together; tests give parts of their own. */
  constructor(host: LessonHost, assemble: (options: AssembleOptions) => Parts) {
    this.host = host;
    this.assemble = assemble;
    host.addController(this);
  }

  /** Sets everything up for the host's site; harmless when it is set up already or no site is named. */
  open(): void {
    if (this.parts || !this.host.siteKey) return;
    this.setupProblem = SiteKey.safeParse(this.host.siteKey).success ? null : 'VT_SITE_UNKNOWN';
    if (this.setupProblem) return;
    const ready = this.guard.run('element.open', false, () => this.setUp());
    if (!ready) this.setupProblem = 'VT_INTERNAL';
  }
  private setUp(): true {
    const { host } = this;
    const parts = this.assemble(host);
    this.parts = parts;
    this.guard = parts.guard;
    this.consent = createConsent(parts, host.siteKey);
    this.report = createSessionReport(parts);
    this.features = createFeatureHost({
      features: FEATURES,
      store: parts.store,
      lesson: () => this.view(),
      send: (text) => this.send(text),
      rate: (rating) => this.rate(rating),
      slotFor: (flagKey) => host.featureSlot(flagKey),
      removeSlot: (flagKey) => host.removeFeatureSlot(flagKey),
      onFault: (flagKey, variant) =>
        parts.telemetry.add({ kind: 'feature.fault', flagKey: FlagKey.parse(flagKey), variant, reason: 'error' }),
    });
    const obey = () => this.features?.apply((flagKey) => parts.config.variant(flagKey));
    const listen = (type: string, task: () => void, target: EventTarget = window) => {
      const safe = parts.guard.wrap(`element.${type}`, task);
      target.addEventListener(type, safe);
      return () => target.removeEventListener(type, safe);
    };
    this.stops = [
      parts.config.subscribe((answer) => {
        parts.telemetry.setFlushMs(answer.telemetry.flushMs);
        obey();
        host.requestUpdate();
      }),
      parts.config.start(),
      parts.voice.subscribe((event) => parts.guard.run('element.lesson', undefined, () => this.take(event))),
      listen('online', () => host.requestUpdate()),
      listen('offline', () => host.requestUpdate()),
      listen('pagehide', () => {
        parts.voice.closeMic();
        void parts.telemetry.flush(true);
      }),
      listen(
        'visibilitychange',
        () => {
          if (document.visibilityState === 'hidden') void parts.telemetry.flush(true);
        },
        document,
      ),
    ];
    obey();
    watchVitalsOnce(parts.telemetry);
    tellHost(host, 'voice-tutor-ready', { release: parts.release });
    return true;
  }

  hostConnected(): void {
    this.open();
  }
  hostDisconnected(): void {
    // A move within the page disconnects and connects at once; only one that stays away is the end.
    queueMicrotask(() => {
      if (!this.host.isConnected) this.close();
    });
  }

  /** Frees everything. With `forget` what was said goes too, since it belongs to another site. */
  close({ forget = false } = {}): void {
    if (forget) [this.entries, this.earlier, this.spoken] = [[], [], []];
    const { parts, guard } = this;
    if (!parts) return;
    this.finish('left');
    // Each by itself: one that fails must not keep the microphone open.
    guard.run('element.close.features', undefined, () => this.features?.stop());
    for (const stop of this.stops) guard.run('element.close', undefined, stop);
    guard.run('element.close.voice', undefined, () => parts.voice.close());
    void parts.telemetry.flush(true);
    parts.telemetry.stop();
    [this.parts, this.consent, this.features, this.report] = [null, null, null, null];
    [this.stops, this.guard, this.snapshot, this.micProblem] = [[], SILENT, IDLE_LESSON, null];
  }

  async start(): Promise<void> {
    const { parts, host } = this;
    if (!parts || isLive(this.snapshot)) return;
    this.keepSpoken();
    this.report?.start();
    await parts.voice.start({
      serverOrigin: host.serverOrigin,
      siteKey: host.siteKey,
      request: {
        consent: { given: true, version: parts.config.current()?.site.consentVersion ?? 1 },
        // A tag the gateway would refuse costs its language, not the lesson.
        lang: LanguageTag.safeParse(host.lang).data ?? 'en',
        ...(host.topic ? { topic: host.topic.slice(0, 200) } : {}),
        ...(host.grade ? { grade: host.grade.slice(0, 20) } : {}),
      },
    });
  }

  send(text: string): void {
    if (!isLive(this.snapshot)) return;
    this.report?.asked();
    this.parts?.voice.sendText(text, 'typed');
  }
  rate(rating: 'up' | 'down'): void {
    this.parts?.voice.sendFeedback(rating, this.snapshot.turn);
    this.parts?.telemetry.add({ kind: 'feedback.given', rating });
  }
  end(): void {
    this.parts?.voice.end();
    this.finish('completed');
  }

  /** A new lesson numbers its turns anew, so what was said before is set apart: ending one by mistake loses nothing. */
  private keepSpoken(): void {
    this.lessons += 1;
    const kept = this.spoken.map((entry) => ({ ...entry, key: `${this.lessons}-${entry.key}` }));
    this.earlier = [...this.earlier, ...kept].slice(-ENTRY_LIMIT);
    this.spoken = [];
    this.entries = this.earlier;
  }
  private view(): LessonView {
    const { phase, turn } = this.snapshot;
    const words = this.spoken.filter((entry) => entry.kind === 'words').slice(-200);
    return {
      phase: phase === 'draining' ? 'reconnecting' : phase,
      turn,
      transcript: words.map(({ speaker, text }) => ({ speaker, text })),
    };
  }
  private finish(how: 'completed' | 'left' | 'failed'): void {
    const ended = this.report?.end(how, this.snapshot.turn, this.stats.underruns);
    if (ended) tellHost(this.host, 'voice-tutor-ended', ended);
  }
  private take(event: LessonEvent): void {
    if (event.type === 'audio-stats') {
      this.stats = event.stats;
      return;
    }
    if (event.type === 'content') this.takeContent(event.message);
    else this.takeSnapshot(event.snapshot);
    this.features?.lessonChanged();
    this.host.requestUpdate();
  }
  private takeContent(message: Extract<LessonEvent, { type: 'content' }>['message']): void {
    const before = this.spoken;
    this.spoken = reduceTranscript(before, message);
    this.entries = [...this.earlier, ...this.spoken].slice(-ENTRY_LIMIT);
    if (message.type === 'equation' || (message.type === 'transcript' && message.speaker === 'tutor'))
      this.report?.answered();
    for (const entry of newlySettled(before, this.spoken)) {
      if (entry.kind === 'words' && entry.text)
        tellHost(this.host, 'voice-tutor-transcript', { speaker: entry.speaker, text: entry.text });
    }
  }
  private takeSnapshot(snapshot: LessonSnapshot): void {
    const { host, snapshot: before, parts } = this;
    this.snapshot = snapshot;
    this.micProblem = micProblemAfter(this.micProblem, snapshot);
    // The page muted us before there was a microphone.
    if (before.mic !== snapshot.mic && before.mic !== 'muted' && snapshot.mic === 'open' && host.muted)
      parts?.voice.setMuted(true);
    if (before.isolation !== snapshot.isolation && snapshot.isolation)
      tellHost(host, 'voice-tutor-transport', { mode: snapshot.isolation });
    if (before.problem !== snapshot.problem && snapshot.problem) {
      if (snapshot.problem === 'VT_CONSENT_REQUIRED') this.consent?.withdraw();
      tellHost(host, 'voice-tutor-error', { code: snapshot.problem });
      parts?.telemetry.add({ kind: 'error.seen', code: snapshot.problem });
    }
    if (isOpen(snapshot)) this.report?.opened(snapshot.isolation ?? 'page');
    if (before.phase === snapshot.phase) return;
    if (snapshot.phase === 'reconnecting') this.report?.reconnected();
    tellHost(host, 'voice-tutor-state', { phase: snapshot.phase });
    if (snapshot.phase === 'ended') this.finish(snapshot.problem ? 'failed' : 'completed');
  }
}
