/** From a metric's points to the columns of a chart: one slot for each minute, empty where nothing was measured. Pure. */
import type { MetricPoint } from '../live.js';

const MINUTE_MS = 60_000;

/** Columns of equal length: slot starts in epoch seconds, then what was measured. */
export interface ChartColumns {
  readonly startSeconds: number[];
  readonly count: (number | null)[];
  readonly p50: (number | null)[];
  readonly p75: (number | null)[];
}

/** The last `minutes` whole minutes before `nowMs`, the present one included. Points outside are left out. */
export function toColumns(points: readonly MetricPoint[], nowMs: number, minutes: number): ChartColumns {
  const byMinute = new Map(points.map((point) => [Math.floor(point.startMs / MINUTE_MS), point]));
  const last = Math.floor(nowMs / MINUTE_MS);
  const slots = Array.from({ length: minutes }, (_, slot) => last - minutes + 1 + slot);
  const column = (value: (point: MetricPoint) => number | null) =>
    slots.map((slot) => {
      const point = byMinute.get(slot);
      return point && point.count > 0 ? value(point) : null;
    });
  return {
    startSeconds: slots.map((slot) => slot * 60),
    count: column(({ count }) => count),
    p50: column(({ p50 }) => p50),
    p75: column(({ p75 }) => p75),
  };
}

/** The newest minute with anything measured; null when there is none. */
export function newestPoint(points: readonly MetricPoint[]): MetricPoint | null {
  return points.reduce<MetricPoint | null>(
    (newest, point) => (point.count > 0 && (!newest || point.startMs > newest.startMs) ? point : newest),
    null,
  );
}
