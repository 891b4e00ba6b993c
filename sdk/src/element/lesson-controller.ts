/** The lesson behind the element: joins voice, config, features and telemetry, and keeps what the views show. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { LessonView } from '../contracts/features.js';
import {
  IDLE_LESSON,
  type AudioStats,
  type LessonEvent,
  type LessonSnapshot,
} from '../protected-core/session/lesson.js';
import { reduceTranscript, type Entry } from '../transcript/transcript.js';
import { assemble, watchVitalsOnce, type Parts } from './assemble.js';
import { tellHost } from './events.js';
import { createFeatureHost, FEATURES, type FeatureHost } from './feature-host.js';

/** The element as the controller needs it. */
export interface LessonHost extends ReactiveControllerHost, HTMLElement {
  readonly serverOrigin: string;
  readonly siteKey: string;
  readonly topic: string;
  readonly grade: string;
  readonly lang: string;
  /** The slot element of a feature, made when missing. */
  featureSlot(flagKey: string): HTMLElement;
  /** Takes it away with all it shows. */
  removeFeatureSlot(flagKey: string): void;
}

/** Runs one lesson after another for one element. */
export class LessonController implements ReactiveController {
  snapshot: LessonSnapshot = IDLE_LESSON;
  entries: readonly Entry[] = [];
  stats: AudioStats = { playedSamples: 0, underruns: 0, gapSamples: 0, micFrames: 0, micDropped: 0 };
  parts: Parts | null = null;
  private features: FeatureHost | null = null;
  private stops: (() => void)[] = [];
  private startedAtMs: number | null = null;
  private askedAtMs: number | null = null;
  private reconnects = 0;
  private readonly host: LessonHost;

  constructor(host: LessonHost) {
    this.host = host;
    host.addController(this);
  }

  /** Sets everything up for the host's site; harmless when it is set up already or no site is named. */
  open(): void {
    const { host } = this;
    if (this.parts || !host.siteKey) return;
    const parts = assemble(host);
    this.parts = parts;
    this.features = createFeatureHost({
      features: FEATURES,
      store: parts.store,
      lesson: () => this.view(),
      send: (text) => this.send(text),
      rate: (rating) => this.rate(rating),
      slotFor: (flagKey) => host.featureSlot(flagKey),
      removeSlot: (flagKey) => host.removeFeatureSlot(flagKey),
      onFault: (flagKey, variant) =>
        parts.telemetry.add({ kind: 'feature.fault', flagKey: flagKey as never, variant, reason: 'error' }),
    });
    const obey = () => this.features?.apply((flagKey) => parts.config.variant(flagKey));
    const leaving = parts.guard.wrap('element.hide', () => {
      if (document.visibilityState === 'hidden') void parts.telemetry.flush(true);
    });
    const gone = parts.guard.wrap('element.pagehide', () => {
      parts.voice.closeMic();
      void parts.telemetry.flush(true);
    });
    document.addEventListener('visibilitychange', leaving);
    addEventListener('pagehide', gone);
    this.stops = [
      parts.config.subscribe((answer) => {
        parts.telemetry.setFlushMs(answer.telemetry.flushMs);
        obey();
        host.requestUpdate();
      }),
      parts.config.start(),
      parts.voice.subscribe((event) => parts.guard.run('element.lesson', undefined, () => this.take(event))),
      () => document.removeEventListener('visibilitychange', leaving),
      () => removeEventListener('pagehide', gone),
    ];
    obey();
    watchVitalsOnce(parts.telemetry);
    tellHost(host, 'voice-tutor-ready', { release: parts.release });
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

  /** Frees everything. */
  close(): void {
    const { parts } = this;
    if (!parts) return;
    this.finish('left');
    this.features?.stop();
    this.stops.forEach((stop) => stop());
    parts.voice.close();
    void parts.telemetry.flush(true);
    parts.telemetry.stop();
    [this.parts, this.features, this.stops, this.snapshot] = [null, null, [], IDLE_LESSON];
  }

  async start(): Promise<void> {
    const { parts, host } = this;
    if (!parts || (this.snapshot.phase !== 'idle' && this.snapshot.phase !== 'ended')) return;
    this.entries = [];
    this.startedAtMs = parts.clock.monotonicMs();
    this.reconnects = 0;
    await parts.voice.start({
      serverOrigin: host.serverOrigin,
      siteKey: host.siteKey,
      request: {
        consent: { given: true, version: parts.config.current()?.site.consentVersion ?? 1 },
        lang: host.lang || 'en',
        ...(host.topic ? { topic: host.topic.slice(0, 200) } : {}),
        ...(host.grade ? { grade: host.grade.slice(0, 20) } : {}),
      },
    });
    parts.telemetry.add({ kind: 'session.started', isolation: this.snapshot.isolation ?? 'page' });
  }

  send(text: string): void {
    this.askedAtMs = this.parts?.clock.monotonicMs() ?? null;
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

  private view(): LessonView {
    const { phase, turn } = this.snapshot;
    const words = this.entries.filter((entry) => entry.kind === 'words').slice(-200);
    return {
      phase: phase === 'draining' ? 'reconnecting' : phase,
      turn,
      transcript: words.map(({ speaker, text }) => ({ speaker, text })),
    };
  }
  private finish(how: 'completed' | 'left' | 'failed'): void {
    const { parts, startedAtMs } = this;
    if (!parts || startedAtMs === null) return;
    this.startedAtMs = null;
    const durationMs = parts.clock.monotonicMs() - startedAtMs;
    parts.telemetry.add({
      kind: 'session.ended',
      how,
      durationMs,
      turns: this.snapshot.turn,
      reconnects: this.reconnects,
      underruns: this.stats.underruns,
    });
    tellHost(this.host, 'voice-tutor-ended', { turns: this.snapshot.turn, durationMs });
  }
  private take(event: LessonEvent): void {
    const { host } = this;
    if (event.type === 'audio-stats') this.stats = event.stats;
    else if (event.type === 'content') {
      this.entries = reduceTranscript(this.entries, event.message);
      const { message } = event;
      const answered = message.type === 'equation' || (message.type === 'transcript' && message.speaker === 'tutor');
      if (answered && this.askedAtMs !== null && this.parts) {
        this.parts.telemetry.add({
          kind: 'session.first-answer',
          waitMs: this.parts.clock.monotonicMs() - this.askedAtMs,
        });
        this.askedAtMs = null;
      }
      if (message.type === 'turn-end') this.tellWords(message.turn);
    } else {
      const before = this.snapshot;
      this.snapshot = event.snapshot;
      if (before.isolation !== event.snapshot.isolation && event.snapshot.isolation)
        tellHost(host, 'voice-tutor-transport', { mode: event.snapshot.isolation });
      if (before.problem !== event.snapshot.problem && event.snapshot.problem) {
        tellHost(host, 'voice-tutor-error', { code: event.snapshot.problem });
        this.parts?.telemetry.add({ kind: 'error.seen', code: event.snapshot.problem });
      }
      if (before.phase !== event.snapshot.phase) {
        if (event.snapshot.phase === 'reconnecting') this.reconnects += 1;
        tellHost(host, 'voice-tutor-state', { phase: event.snapshot.phase });
        if (event.snapshot.phase === 'ended') this.finish(event.snapshot.problem ? 'failed' : 'completed');
      }
    }
    this.features?.lessonChanged();
    host.requestUpdate();
  }
  private tellWords(turn: number): void {
    for (const entry of this.entries) {
      if (entry.kind === 'words' && entry.turn === turn && entry.text)
        tellHost(this.host, 'voice-tutor-transcript', { speaker: entry.speaker, text: entry.text });
    }
  }
}
