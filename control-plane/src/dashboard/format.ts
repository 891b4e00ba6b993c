/** Numbers and times as operators read them, in their own locale. Pure but for the locale of the browser. */
import { html, type TemplateResult } from 'lit';
import type { MetricName } from './controllers/metric-controller.js';

/** A number and its unit stay on one line. */
const SPACE = '\u00a0';

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const number = new Intl.NumberFormat();
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const threeDecimals = new Intl.NumberFormat(undefined, { maximumFractionDigits: 3 });

/** A moment: the time today, else the date as well; the full ISO form in the tooltip. */
export function momentOf(atMs: number, nowMs: number): TemplateResult {
  const at = new Date(atMs);
  const iso = at.toISOString();
  const today = at.toDateString() === new Date(nowMs).toDateString();
  return html`<time datetime=${iso} title=${iso}>${(today ? time : dateAndTime).format(at)}</time>`;
}

/** A count with the locale's separators. */
export function countOf(value: number): string {
  return number.format(value);
}

/** A duration in the unit that reads best: ms below a second, s below two minutes, then min. */
export function durationOf(ms: number): string {
  if (ms < 1000) return `${number.format(Math.round(ms))}${SPACE}ms`;
  if (ms < 120_000) return `${oneDecimal.format(ms / 1000)}${SPACE}s`;
  return `${oneDecimal.format(ms / 60_000)}${SPACE}min`;
}

/** How a metric is called, what it says, and whether its values are times, numbers, or only counted. */
export interface MetricDescription {
  readonly title: string;
  readonly hint: string;
  readonly unit: 'ms' | 'number' | 'count';
}

/** Every metric that the dashboard draws. */
export const metricDescriptions: Readonly<Record<MetricName, MetricDescription>> = {
  LCP: {
    title: 'Largest contentful paint (LCP)',
    hint: 'When the main content of the host page stood there; up to 2.5 s is good.',
    unit: 'ms',
  },
  INP: {
    title: 'Interaction to next paint (INP)',
    hint: 'How long the host page took to answer a click or key; up to 200 ms is good.',
    unit: 'ms',
  },
  CLS: {
    title: 'Cumulative layout shift (CLS)',
    hint: 'How much the host page jumped; up to 0.1 is good.',
    unit: 'number',
  },
  FCP: {
    title: 'First contentful paint (FCP)',
    hint: 'When anything stood on the host page; up to 1.8 s is good.',
    unit: 'ms',
  },
  TTFB: {
    title: 'Time to first byte (TTFB)',
    hint: 'When the host page began to arrive; up to 0.8 s is good.',
    unit: 'ms',
  },
  'first-answer': {
    title: 'First answer',
    hint: 'From the end of the learner’s turn to the first sound or word of the tutor.',
    unit: 'ms',
  },
  'session-duration': { title: 'Lesson length', hint: 'From the start of a lesson to its end.', unit: 'ms' },
  sessions: { title: 'Lessons started', hint: 'Lessons started in each minute.', unit: 'count' },
  errors: { title: 'Errors', hint: 'Errors that pages reported in each minute.', unit: 'count' },
  'math-failures': {
    title: 'Formulas not drawn',
    hint: 'Formulas that could not be drawn in each minute.',
    unit: 'count',
  },
};

/** A metric's value with its unit. */
export function valueOf(value: number, unit: MetricDescription['unit']): string {
  if (unit === 'ms') return durationOf(value);
  return unit === 'number' ? threeDecimals.format(value) : countOf(value);
}
