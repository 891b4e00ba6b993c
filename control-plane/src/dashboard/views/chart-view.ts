/** One uPlot chart in a shadow root: draws what it is given, in the colours of the page, as wide as there is room. */
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import { valueOf, type MetricDescription } from '../format.js';
import { chartStyles } from '../styles/chart.js';
import { controls } from '../styles/controls.js';
import type { ChartColumns } from './chart-data.js';

const HEIGHT_PX = 240;
const FONT = '12px system-ui, sans-serif';

/** Draws counts as bars and, for metrics with values, the median and the 75th percentile as lines. */
@customElement('vt-chart')
export class ChartView extends LitElement {
  static override readonly styles = [
    controls,
    chartStyles,
    css`
      .room {
        min-height: ${HEIGHT_PX}px;
        min-width: 0;
        overflow: hidden;
      }
    `,
  ];

  /** What to draw. */
  @property({ attribute: false }) columns: ChartColumns | null = null;
  /** Unit of the values; for `count` only the bars are drawn. */
  @property({ attribute: false }) unit: MetricDescription['unit'] = 'count';
  /** What the picture says, for those who do not see it. */
  @property({ attribute: false }) summary = '';
  #chart: uPlot | null = null;
  #drawnUnit: MetricDescription['unit'] | null = null;
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #size = new ResizeObserver(() => this.#fit());
  readonly #recolour = () => {
    this.#drop();
    this.#draw();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.#dark.addEventListener('change', this.#recolour);
    this.#size.observe(this);
    if (this.hasUpdated) this.#draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dark.removeEventListener('change', this.#recolour);
    this.#size.disconnect();
    this.#drop();
  }

  override render() {
    return html`<div class="room" role="img" aria-label=${this.summary}></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.unit !== this.#drawnUnit) this.#drop();
    if (changed.has('columns') || changed.has('unit')) this.#draw();
  }

  #draw(): void {
    const room = this.renderRoot.querySelector<HTMLElement>('.room');
    if (!room || !this.columns) return;
    const { startSeconds, count, p50, p75 } = this.columns;
    const data: uPlot.AlignedData = this.unit === 'count' ? [startSeconds, count] : [startSeconds, count, p50, p75];
    if (this.#chart) {
      this.#chart.setData(data);
      return;
    }
    this.#drawnUnit = this.unit;
    this.#chart = new uPlot(this.#options(room.clientWidth), data, room);
  }

  #options(width: number): uPlot.Options {
    const style = getComputedStyle(this);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const [muted, line] = [colour('--vt-muted'), colour('--vt-line')];
    const { unit } = this;
    const axis: uPlot.Axis = { stroke: muted, font: FONT, grid: { show: false }, ticks: { show: false }, gap: 6 };
    const counted = (values: readonly number[]) =>
      values.map((value) => (Number.isInteger(value) ? valueOf(value, 'count') : ''));
    const curve = (label: string, stroke: string): uPlot.Series => ({
      label,
      stroke,
      width: 2,
      scale: 'y',
      points: { show: true, size: 5, fill: stroke },
    });
    const bars = uPlot.paths.bars?.({ size: [0.7, 24] });
    const counts: uPlot.Series = {
      label: 'count',
      scale: 'n',
      fill: colour('--vt-chart-bar'),
      points: { show: false },
      ...(bars ? { paths: bars } : {}),
    };
    return {
      width: Math.max(width, 200),
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: {
        x: { time: true },
        // Values start at 0, or a harmless wobble fills the picture; counts fill the lower third behind the lines.
        y: { range: (_chart, _min, max) => [0, max > 0 ? max * 1.15 : 1] },
        n: { range: (_chart, _min, max) => [0, Math.max(max, 1) * (unit === 'count' ? 1.15 : 3)] },
      },
      axes: [
        {
          ...axis,
          space: 70,
          values: (_chart, seconds) =>
            seconds.map((at) =>
              new Date(at * 1000).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' }),
            ),
        },
        {
          ...axis,
          scale: unit === 'count' ? 'n' : 'y',
          size: 64,
          grid: { show: true, stroke: line, width: 1 },
          values: (_chart, values) =>
            unit === 'count' ? counted(values) : values.map((value) => valueOf(value, unit)),
        },
      ],
      series: [
        {},
        counts,
        ...(unit === 'count' ? [] : [curve('median', colour('--vt-chart-a')), curve('p75', colour('--vt-chart-b'))]),
      ],
    };
  }

  #fit(): void {
    const width = this.renderRoot.querySelector<HTMLElement>('.room')?.clientWidth ?? 0;
    if (this.#chart && width > 0 && width !== this.#chart.width) this.#chart.setSize({ width, height: HEIGHT_PX });
  }

  #drop(): void {
    this.#chart?.destroy();
    this.#chart = null;
    this.#drawnUnit = null;
  }
}
