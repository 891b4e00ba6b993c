/** One metric over the last hour: which one, its newest values, the chart, and the same numbers as a table. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { METRIC_NAMES, type MetricSeries } from '@voice-tutor/sdk/contracts/operator.js';
import { CHART_MINUTES, type MetricName } from '../controllers/metric-controller.js';
import type { Loadable } from '../controllers/load-controller.js';
import { countOf, metricDescriptions, momentOf, valueOf } from '../format.js';
import type { MetricPoint } from '../live.js';
import { controls } from '../styles/controls.js';
import { tables } from '../styles/tables.js';
import { failedBlock, loadingBlock } from './blocks.js';
import { newestPoint, toColumns } from './chart-data.js';
import { request } from './requests.js';

/**
 * Shows one metric.
 *
 * @fires vt-metric-select when another metric is chosen.
 */
@customElement('vt-metrics')
export class MetricsView extends LitElement {
  static override readonly styles = [
    controls,
    tables,
    css`
      vt-chart {
        padding: 0 1rem 0.5rem;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0.25rem 1.25rem;
        padding: 0 1.25rem 0.5rem;
      }
      .legend li {
        display: inline-flex;
        align-items: center;
        gap: 0.5rem;
      }
      .legend svg {
        flex: none;
      }
      .legend b {
        font-variant-numeric: tabular-nums;
      }
      .hint {
        padding: 0 1.25rem 0.75rem;
      }
      summary {
        padding: 0.75rem 1.25rem;
        border-top: 1px solid var(--vt-line);
        border-radius: 0 0 var(--vt-radius) var(--vt-radius);
        color: var(--vt-accent);
        font-weight: 550;
        cursor: pointer;
      }
      .scroll {
        max-height: 16rem;
        overflow: auto;
      }
      @media (max-width: 760px) {
        .hint,
        .legend {
          padding-inline: 1rem;
        }
        vt-chart {
          padding: 0 0.25rem 0.5rem;
        }
        select {
          width: 100%;
        }
      }
    `,
  ];

  /** The metric that is shown. */
  @property({ attribute: false }) name: MetricName = 'LCP';
  /** Its points as far as they were read. */
  @property({ attribute: false }) series: Loadable<MetricSeries> = { phase: 'loading' };
  /** Present time, epoch ms. */
  @property({ attribute: false }) nowMs = 0;

  override render() {
    const { hint } = metricDescriptions[this.name];
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <div>
          <h2 id="title">Metrics</h2>
          <p class="lead">The last ${CHART_MINUTES} minutes, all sites together.</p>
        </div>
        <select aria-label="Metric" @change=${this.select}>
          ${METRIC_NAMES.map((name) => html`<option value=${name} ?selected=${name === this.name}>${metricDescriptions[name].title}</option>`)}
        </select>
      </div>
      <p class="hint small muted">${hint}</p>
      ${this.body()}
    </section>`;
  }

  private body() {
    const { series, name } = this;
    if (series.phase === 'loading') return loadingBlock(metricDescriptions[name].title);
    if (series.phase === 'failed') return failedBlock('The metric', series.error);
    const { points } = series.value;
    const newest = newestPoint(points);
    if (!newest) {
      return html`<div class="state">
        <p>
          Nothing was measured in the last hour. Open one of the example pages and use it for a minute: its measurements
          appear here when the minute closes.
        </p>
      </div>`;
    }
    const { unit, title } = metricDescriptions[name];
    return html`${this.legend(newest)}
      <vt-chart
        .columns=${toColumns(points, this.nowMs, CHART_MINUTES)}
        .unit=${unit}
        .summary=${`${title}, the last ${CHART_MINUTES} minutes. ${summaryOf(newest, unit)}. The table below has every minute.`}
      ></vt-chart>
      <details>
        <summary>As a table</summary>
        <div class="scroll" tabindex="0" role="region" aria-label="Values by minute">${this.table(points)}</div>
      </details>`;
  }

  private legend(newest: MetricPoint) {
    const { unit } = metricDescriptions[this.name];
    const line = (token: string) =>
      html`<svg width="18" height="10" aria-hidden="true">
        <line x1="1" x2="17" y1="5" y2="5" stroke=${`var(${token})`} stroke-width="3" stroke-linecap="round"></line>
      </svg>`;
    const bar = html`<svg width="10" height="12" aria-hidden="true">
      <rect width="10" height="12" rx="2" fill="var(--vt-chart-bar)"></rect>
    </svg>`;
    return html`<ul class="legend small">
      ${unit === 'count' || newest.p50 === null ? nothing : html`<li>${line('--vt-chart-a')} Median <b>${valueOf(newest.p50, unit)}</b></li>`}
      ${unit === 'count' || newest.p75 === null ? nothing : html`<li>${line('--vt-chart-b')} 75th percentile <b>${valueOf(newest.p75, unit)}</b></li>`}
      <li>${bar} ${unit === 'count' ? 'Count' : 'Measurements'} <b>${countOf(newest.count)}</b></li>
      <li class="muted">at ${momentOf(newest.startMs, this.nowMs)}</li>
    </ul>`;
  }

  private table(points: readonly MetricPoint[]) {
    const { unit } = metricDescriptions[this.name];
    const cell = (value: number | null) => (value === null ? '–' : valueOf(value, unit));
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Minute</th>
          <th scope="col">Count</th>
          ${
            unit === 'count'
              ? nothing
              : html`<th scope="col">Median</th>
                  <th scope="col">75th percentile</th>`
          }
        </tr>
      </thead>
      <tbody>
        ${points
          .filter(({ count }) => count > 0)
          .toReversed()
          .map(
            ({ startMs, count, p50, p75 }) =>
              html`<tr>
                <td data-label="Minute"><span>${momentOf(startMs, this.nowMs)}</span></td>
                <td data-label="Count" class="number">${countOf(count)}</td>
                ${
                  unit === 'count'
                    ? nothing
                    : html`<td data-label="Median" class="number">${cell(p50)}</td>
                        <td data-label="75th pct." class="number">${cell(p75)}</td>`
                }
              </tr>`,
          )}
      </tbody>
    </table>`;
  }

  private readonly select = (event: Event): void => {
    const { value } = event.currentTarget as HTMLSelectElement;
    const name = METRIC_NAMES.find((known) => known === value);
    if (name) request(this, 'vt-metric-select', { name });
  };
}

function summaryOf({ count, p50, p75 }: MetricPoint, unit: 'ms' | 'number' | 'count'): string {
  const values =
    unit === 'count' || p50 === null || p75 === null
      ? ''
      : `, median ${valueOf(p50, unit)}, 75th percentile ${valueOf(p75, unit)}`;
  return `Newest minute: count ${countOf(count)}${values}`;
}
