/** The element over parts of a test's own: a voice that says what the test says, a clock that the test moves. For tests only. */
import type { ConfigAnswer } from '../contracts/config.js';
import type { DownMessage } from '../contracts/voice.js';
import { createEmitter } from '../protected-core/emitter.js';
import { createGuard } from '../protected-core/guard.js';
import { ok } from '../protected-core/result.js';
import { IDLE_LESSON, type LessonEvent, type LessonSnapshot } from '../protected-core/session/lesson.js';
import type { VoiceClient } from '../voice/voice-client.js';
import type { AssembleOptions, Parts } from './assemble.js';
import { VoiceTutor } from './voice-tutor.js';

/** A voice client that records what it is asked and speaks only when told. */
export class FakeVoice implements VoiceClient {
  readonly asked: string[] = [];
  closed = false;
  failing = false;
  private readonly emitter = createEmitter<LessonEvent>((error) => this.faults.push(error));
  readonly faults: unknown[] = [];
  private latest: LessonSnapshot = IDLE_LESSON;

  readonly subscribe = (listener: (event: LessonEvent) => void) => this.emitter.subscribe(listener);
  snapshot(): LessonSnapshot {
    return this.latest;
  }
  /** Says where the lesson stands. */
  show(change: Partial<LessonSnapshot>): void {
    this.latest = { ...this.latest, ...change };
    this.emitter.emit({ type: 'snapshot', snapshot: this.latest });
  }
  /** Says a piece of content. */
  tell(message: Extract<LessonEvent, { type: 'content' }>['message']): void {
    this.emitter.emit({ type: 'content', message });
  }
  say(speaker: 'learner' | 'tutor', delta: string, turn = 1): void {
    this.tell({ type: 'transcript', seq: 1, turn, speaker, delta, settled: true });
  }
  formula(latex: string, more: Partial<Extract<DownMessage, { type: 'equation' }>> = {}): void {
    this.tell({ type: 'equation', seq: 1, turn: 1, id: latex.slice(0, 60), latex, role: 'step', ...more });
  }
  stats(playedSamples: number): void {
    this.emitter.emit({
      type: 'audio-stats',
      stats: { playedSamples, underruns: 0, gapSamples: 0, micFrames: 0, micDropped: 0 },
    });
  }
  private note(what: string): void {
    this.asked.push(what);
    if (this.failing) throw new Error(`voice fails at ${what}`);
  }
  warm(): void {
    this.note('warm');
  }
  async start({ request }: Parameters<VoiceClient['start']>[0]) {
    this.note(`start ${request.lang} ${request.topic ?? '-'} ${request.grade ?? '-'} v${request.consent.version}`);
    this.show({ phase: 'connecting', problem: null, turn: 0 });
    return ok(undefined);
  }
  async openMic() {
    this.note('openMic');
    this.show({ mic: 'opening' });
    return ok(undefined);
  }
  closeMic(): void {
    this.note('closeMic');
  }
  setMuted(muted: boolean): void {
    this.note(`setMuted ${muted}`);
    if (this.latest.mic === 'open' || this.latest.mic === 'muted') this.show({ mic: muted ? 'muted' : 'open' });
  }
  sendText(text: string, source: 'typed' | 'recogniser'): void {
    this.note(`${source}: ${text}`);
  }
  interrupt(): void {
    this.note('interrupt');
  }
  setContext(exercise: string): void {
    this.note(`context: ${exercise}`);
  }
  sendFeedback(rating: 'up' | 'down', turn: number): void {
    this.note(`feedback ${rating} ${turn}`);
  }
  end(): void {
    this.note('end');
    this.show({ phase: 'ended', mic: 'off' });
  }
  close(): void {
    this.note('close');
    this.closed = true;
  }
}

/** Parts with everything a test looks into. */
export interface FakeParts extends Parts {
  readonly voice: FakeVoice;
  readonly options: AssembleOptions;
  readonly events: Record<string, unknown>[];
  readonly faults: string[];
  /** Flags in force; `push` makes the element look. */
  readonly flags: Record<string, string>;
  push(site?: Partial<ConfigAnswer['site']>): void;
  /** Moves the clock. */
  advance(ms: number): void;
  readonly kept: Map<string, string>;
}

/** Creates parts; `kept` is the browser's storage, shared by the elements of one page. */
export function createFakeParts(options: AssembleOptions, kept: Map<string, string>): FakeParts {
  const voice = new FakeVoice();
  const events: Record<string, unknown>[] = [];
  const faults: string[] = [];
  const flags: Record<string, string> = {};
  const timers = new Set<{ readonly atMs: number; readonly task: () => void }>();
  const changes = createEmitter<ConfigAnswer>(() => faults.push('config'));
  let now = 0;
  let answer: ConfigAnswer | null = null;
  return {
    voice,
    options,
    events,
    faults,
    flags,
    kept,
    advance(ms) {
      now += ms;
      for (const timer of timers) if (timer.atMs <= now && timers.delete(timer)) timer.task();
    },
    push(site = {}) {
      answer = {
        site: { siteKey: options.siteKey, name: 'Test', audience: 'adults', consentVersion: 1, ...site },
        telemetry: { sampleRatio: 1, flushMs: 5000 },
        flags: [],
      } as unknown as ConfigAnswer;
      changes.emit(answer);
    },
    clock: {
      nowMs: () => now,
      monotonicMs: () => now,
      after(delayMs, task) {
        const timer = { atMs: now + delayMs, task };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    store: {
      get: (key) => kept.get(key) ?? null,
      set: (key, value) => void kept.set(key, value),
      remove: (key) => void kept.delete(key),
    },
    guard: createGuard({ fault: (where) => void faults.push(where) }),
    config: {
      subscribe: changes.subscribe,
      current: () => answer,
      variant: (flagKey) => flags[flagKey] ?? null,
      ignored: () => 0,
      start: () => () => events.push({ kind: 'config.stopped' }),
    },
    telemetry: {
      add: (event) => void events.push({ ...event }),
      flush: async () => {},
      setFlushMs: () => {},
      setSampleRatio: () => {},
      counts: () => ({ added: events.length, sent: 0, inFlight: 0, waiting: events.length, dropped: {} }),
      stop: () => void events.push({ kind: 'telemetry.stopped' }),
    },
    fontBase: 'https://example.org/fonts/',
    release: '1.2.3',
  };
}

/** The element with fake parts; `made` are those of each set-up, newest last. */
export class FakeTutor extends VoiceTutor {
  readonly made: FakeParts[] = [];
  /** Storage of the page; tests replace it. */
  static kept = new Map<string, string>();
  static broken = false;
  protected override assembleParts(options: AssembleOptions): Parts {
    if (FakeTutor.broken) throw new Error('no parts here');
    const parts = createFakeParts(options, FakeTutor.kept);
    this.made.push(parts);
    return parts;
  }
}
