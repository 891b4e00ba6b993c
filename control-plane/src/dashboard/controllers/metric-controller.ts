/** The metric on the chart: its last hour, kept up to date by the live connection. */
import type { ReactiveControllerHost } from 'lit';
import { METRIC_NAMES, type MetricSeries } from '@voice-tutor/sdk/contracts/operator.js';
import type { ApiClient } from '../api-client.js';
import type { MetricPoint } from '../live.js';
import { LoadController } from './load-controller.js';

/** A metric that the dashboard can draw. */
export type MetricName = (typeof METRIC_NAMES)[number];

/** Minutes on the chart. */
export const CHART_MINUTES = 60;

/** Keeps which metric is drawn and its points. */
export class MetricController {
  name: MetricName = METRIC_NAMES[0];
  readonly series: LoadController<MetricSeries>;

  constructor(host: ReactiveControllerHost, api: Pick<ApiClient, 'metrics'>) {
    this.series = new LoadController(host, () => api.metrics(this.name, CHART_MINUTES));
  }

  /** Draws another metric. */
  async select(name: MetricName): Promise<void> {
    this.name = name;
    this.series.reset();
    await this.series.load();
  }

  /** Takes a newer point into the series, in the place of an older reading of the same minute. */
  heardPoint(name: string, point: MetricPoint): void {
    const shown = this.series.value;
    if (!shown || shown.name !== name) return;
    this.series.set({ name, points: withPoint(shown.points, point) });
  }
}

/** The points with `point` in its minute, oldest first, and none older than the chart shows. Pure. */
export function withPoint(points: readonly MetricPoint[], point: MetricPoint): MetricPoint[] {
  const others = points.filter(({ startMs }) => startMs !== point.startMs);
  return [...others, point].sort((a, b) => a.startMs - b.startMs).slice(-CHART_MINUTES);
}
