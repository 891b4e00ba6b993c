/** What telemetry learns of one lesson after another: that it began and ended, how long the first answer took, how often it reconnected. */
import type { IsolationMode } from '../contracts/voice.js';
import type { Parts } from './assemble.js';

/** Counts one lesson at a time. */
export interface SessionReport {
  start(): void;
  /** The gateway has opened it; told once. A lesson that was refused never began. */
  opened(isolation: IsolationMode): void;
  /** The learner asked; the wait for an answer begins. */
  asked(): void;
  /** The tutor's first words or formula after it. */
  answered(): void;
  reconnected(): void;
  /** Reports the end; null when no lesson was open, so that a second end changes nothing. */
  end(
    how: 'completed' | 'left' | 'failed',
    turns: number,
    underruns: number,
  ): { readonly turns: number; readonly durationMs: number } | null;
}

/** Creates a report without a lesson. */
export function createSessionReport({ clock, telemetry }: Pick<Parts, 'clock' | 'telemetry'>): SessionReport {
  let startedAtMs: number | null = null;
  let askedAtMs: number | null = null;
  let reconnects = 0;
  let began = false;
  return {
    start() {
      startedAtMs = clock.monotonicMs();
      askedAtMs = null;
      reconnects = 0;
      began = false;
    },
    opened(isolation) {
      if (began || startedAtMs === null) return;
      began = true;
      telemetry.add({ kind: 'session.started', isolation });
    },
    asked() {
      askedAtMs = clock.monotonicMs();
    },
    answered() {
      if (askedAtMs === null) return;
      telemetry.add({ kind: 'session.first-answer', waitMs: clock.monotonicMs() - askedAtMs });
      askedAtMs = null;
    },
    reconnected() {
      reconnects += 1;
    },
    end(how, turns, underruns) {
      if (startedAtMs === null) return null;
      const durationMs = clock.monotonicMs() - startedAtMs;
      startedAtMs = null;
      telemetry.add({ kind: 'session.ended', how, durationMs, turns, reconnects, underruns });
      return { turns, durationMs };
    },
  };
}
