/** Who is connected, how many obey the newest revision, and how fast they got there. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Delivery, PageRow } from '@voice-tutor/sdk/contracts/operator.js';
import { countOf, durationOf, momentOf } from '../format.js';
import { controls } from '../styles/controls.js';
import { tables } from '../styles/tables.js';
import { loadingBlock } from './blocks.js';

/** Shows the newest delivery figures and the list of connected pages. */
@customElement('vt-live-strip')
export class LiveStripView extends LitElement {
  static override readonly styles = [
    controls,
    tables,
    css`
      dl {
        display: grid;
        grid-template-columns: 0.8fr 1fr 2fr 1.4fr;
      }
      dl > div {
        min-width: 0;
        padding: 1rem 1.25rem 1.125rem;
      }
      dl > div + div {
        border-inline-start: 1px solid var(--vt-line);
      }
      dt {
        color: var(--vt-muted);
        font-size: 0.8125rem;
      }
      dd {
        font-size: 1.625rem;
        font-weight: 620;
        line-height: 1.25;
        letter-spacing: -0.015em;
        font-variant-numeric: tabular-nums;
      }
      dd.note {
        color: var(--vt-muted);
        font-size: 0.8125rem;
        font-weight: 400;
        letter-spacing: 0;
      }
      progress {
        display: block;
        width: 100%;
        height: 8px;
        margin-top: 0.5rem;
        border: 0;
        border-radius: 99px;
        appearance: none;
        background: var(--vt-raised);
        overflow: hidden;
      }
      progress::-webkit-progress-bar {
        background: var(--vt-raised);
      }
      progress::-webkit-progress-value {
        border-radius: 99px;
        background: var(--vt-accent);
        transition: width 200ms;
      }
      progress::-moz-progress-bar {
        border-radius: 99px;
        background: var(--vt-accent);
      }
      progress.all::-webkit-progress-value {
        background: var(--vt-good);
      }
      progress.all::-moz-progress-bar {
        background: var(--vt-good);
      }
      details {
        border-top: 1px solid var(--vt-line);
      }
      summary {
        padding: 0.75rem 1.25rem;
        border-radius: var(--vt-radius);
        color: var(--vt-accent);
        font-weight: 550;
        cursor: pointer;
      }
      @media (max-width: 760px) {
        dl {
          grid-template-columns: 1fr 1fr;
        }
        dl > div:nth-child(odd) {
          border-inline-start: 0;
        }
        dl > div:nth-child(n + 3) {
          grid-column: 1 / -1;
          border-top: 1px solid var(--vt-line);
          border-inline-start: 0;
        }
        dl > div {
          padding: 0.75rem 1rem 0.875rem;
        }
        summary {
          padding: 0.75rem 1rem;
        }
      }
      @media (forced-colors: active) {
        progress {
          border: 1px solid CanvasText;
        }
        progress::-webkit-progress-value {
          background: Highlight;
          forced-color-adjust: none;
        }
        progress::-moz-progress-bar {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  /** Newest figures; null before the first. */
  @property({ attribute: false }) delivery: Delivery | null = null;
  /** Present time, epoch ms, to tell today from other days. */
  @property({ attribute: false }) nowMs = 0;

  override render() {
    const { delivery } = this;
    if (!delivery)
      return html`<section class="card" aria-label="Connected pages">${loadingBlock('connected pages')}</section>`;
    const { connected, confirmed, revision } = delivery;
    const all = connected > 0 && confirmed >= connected;
    return html`<section class="card" aria-label="Connected pages">
      <dl>
        <div>
          <dt>Revision</dt>
          <dd>${countOf(revision)}</dd>
        </div>
        <div>
          <dt>Connected pages</dt>
          <dd>${countOf(connected)}</dd>
        </div>
        <div>
          <dt id="confirmed">Confirmed revision ${countOf(revision)}</dt>
          <dd>${countOf(confirmed)} <span class="muted small">of ${countOf(connected)}</span></dd>
          <dd class="note">
            <progress
              class=${all ? 'all' : ''}
              aria-labelledby="confirmed"
              max=${Math.max(connected, 1)}
              .value=${Math.min(confirmed, Math.max(connected, 1))}
            ></progress>
          </dd>
        </div>
        <div>
          <dt>Change to confirmation</dt>
          ${
            delivery.p50Ms === null
              ? html`<dd>–</dd>
                  <dd class="note">Nothing confirmed yet</dd>`
              : html`<dd>${durationOf(delivery.p50Ms)}</dd>
                  <dd class="note">
                    median${delivery.p99Ms === null ? nothing : html`; 99 of 100 within ${durationOf(delivery.p99Ms)}`}
                  </dd>`
          }
        </div>
      </dl>
      ${this.pages(delivery)}
    </section>`;
  }

  private pages({ pages, connected, revision }: Delivery) {
    if (connected === 0) {
      return html`<details open>
        <summary>Pages</summary>
        <div class="state">
          <p>No page is connected. Open one of the example pages in another tab: it appears here at once.</p>
        </div>
      </details>`;
    }
    return html`<details>
      <summary>Pages</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Site</th>
            <th scope="col">Origin</th>
            <th scope="col">Cohort</th>
            <th scope="col">Release</th>
            <th scope="col">Confirmed</th>
          </tr>
        </thead>
        <tbody>
          ${pages.map((page) => this.page(page, revision))}
        </tbody>
      </table>
      ${pages.length < connected ? html`<p class="foot small muted">The first ${countOf(pages.length)} of ${countOf(connected)} pages are listed.</p>` : nothing}
    </details>`;
  }

  private page(page: PageRow, revision: number) {
    const upToDate = page.confirmedRevision !== null && page.confirmedRevision >= revision;
    return html`<tr>
      <td data-label="Site" class="mono wrap">${page.siteKey}</td>
      <td data-label="Origin" class="wrap">${page.origin}</td>
      <td data-label="Cohort" class="number">${page.cohort}</td>
      <td data-label="Release" class="number">${page.release ?? '–'}</td>
      <td data-label="Confirmed">
        ${
          page.confirmedRevision === null
            ? html`<span class="badge warn">not yet</span>`
            : html`<span class="badge ${upToDate ? 'good' : 'warn'}">revision ${page.confirmedRevision}</span>
                ${page.confirmedAtMs === null ? nothing : html`<span class="small muted">${momentOf(page.confirmedAtMs, this.nowMs)}</span>`}`
        }
      </td>
    </tr>`;
  }
}
