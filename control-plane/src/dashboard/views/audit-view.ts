/** The audit log: who did what, and whether the chain of entries is whole. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { AuditPage, AuditRow } from '@voice-tutor/sdk/contracts/operator.js';
import type { Loadable } from '../controllers/load-controller.js';
import { momentOf } from '../format.js';
import { controls } from '../styles/controls.js';
import { tables } from '../styles/tables.js';
import { textOf } from './audit-text.js';
import { actorOf, failedBlock, hashOf, loadingBlock } from './blocks.js';
import { request } from './requests.js';

/**
 * Lists audit entries.
 *
 * @fires vt-audit-older when older entries are asked for.
 */
@customElement('vt-audit')
export class AuditView extends LitElement {
  static override readonly styles = [
    controls,
    tables,
    css`
      .scroll {
        max-height: 30rem;
        overflow: auto;
        border-radius: 0 0 var(--vt-radius) var(--vt-radius);
      }
      .detail {
        display: block;
      }
      td.when {
        white-space: nowrap;
      }
    `,
  ];

  /** The entries as far as they were read, newest first. */
  @property({ attribute: false }) page: Loadable<AuditPage> = { phase: 'loading' };
  /** True when there may be older ones. */
  @property({ type: Boolean }) hasOlder = false;
  /** True while older ones are being read. */
  @property({ type: Boolean }) busy = false;
  /** Present time, epoch ms. */
  @property({ attribute: false }) nowMs = 0;

  override render() {
    const { page } = this;
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <div>
          <h2 id="title">Audit log</h2>
          <p class="lead">Every change and sign-in. Each entry seals the one before it.</p>
        </div>
        ${
          page.phase !== 'ready'
            ? nothing
            : page.value.intact
              ? html`<span class="badge good"><span class="dot" aria-hidden="true"></span>Chain intact</span>`
              : html`<span class="badge bad" role="alert"
                  ><span class="dot" aria-hidden="true"></span>Chain broken: entries were altered</span
                >`
        }
      </div>
      ${this.body()}
    </section>`;
  }

  private body() {
    const { page } = this;
    if (page.phase === 'loading') return loadingBlock('the audit log');
    if (page.phase === 'failed') return failedBlock('The audit log', page.error);
    const { entries } = page.value;
    if (entries.length === 0)
      return html`<div class="state">
        <p>Nothing has happened yet. The first change or sign-in is written here.</p>
      </div>`;
    // A region that scrolls has to be reachable by keyboard.
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Audit entries">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">Who</th>
            <th scope="col">Did</th>
            <th scope="col">To</th>
            <th scope="col">Hash</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            entries,
            ({ seq }) => seq,
            (entry) => this.row(entry),
          )}
        </tbody>
      </table>
      ${
        this.hasOlder
          ? html`<div class="foot">
              <button
                class="quiet"
                type="button"
                aria-disabled=${this.busy ? 'true' : 'false'}
                @click=${() => request(this, 'vt-audit-older', null)}
              >
                ${this.busy ? 'Reading…' : 'Show older entries'}
              </button>
            </div>`
          : nothing
      }
    </div>`;
  }

  private row(entry: AuditRow) {
    const { subject, detail, whole } = textOf(entry);
    return html`<tr>
      <td data-label="Time" class="when"><span>${momentOf(entry.atMs, this.nowMs)}</span></td>
      <td data-label="Who" class="wrap"><span>${actorOf(entry.actor)}</span></td>
      <td data-label="Did" class="mono wrap">${entry.action}</td>
      <td data-label="To" class="wrap">
        <span
          >${subject}${detail === '' ? nothing : html` <span class="detail small muted" title=${whole}>${detail}</span>`}</span
        >
      </td>
      <td data-label="Hash"><span>${hashOf(entry.hash, `hash of entry ${entry.seq}`)}</span></td>
    </tr>`;
  }
}
