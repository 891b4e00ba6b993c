/** The checkpoints, taking one, and the way to a rollback. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CheckpointRow } from '@voice-tutor/sdk/contracts/operator.js';
import type { Loadable } from '../controllers/load-controller.js';
import { countOf, momentOf } from '../format.js';
import { controls } from '../styles/controls.js';
import { tables } from '../styles/tables.js';
import { actorOf, failedBlock, hashOf, loadingBlock } from './blocks.js';
import { request } from './requests.js';

/** Rows shown before somebody asks for all: what was changed today fits. */
const SHORT = 8;

/**
 * Lists the checkpoints.
 *
 * @fires vt-checkpoint-take when a name was given.
 * @fires vt-rollback-open when a rollback is asked for.
 */
@customElement('vt-checkpoints')
export class CheckpointsView extends LitElement {
  static override readonly styles = [
    controls,
    tables,
    css`
      form {
        display: flex;
        flex: 0 1 26rem;
        flex-wrap: wrap;
        gap: 0.5rem;
        align-items: start;
      }
      form div {
        flex: 1 1 12rem;
        min-width: 0;
      }
      input {
        width: 100%;
      }
      td.act {
        text-align: end;
        white-space: nowrap;
      }
      .name {
        font-weight: 600;
      }
      @media (max-width: 760px) {
        td.act {
          display: block;
          padding-top: 0.5rem;
          text-align: start;
        }
        td.act::before {
          content: none;
        }
      }
    `,
  ];

  /** The list as far as it was read, newest first. */
  @property({ attribute: false }) list: Loadable<readonly CheckpointRow[]> = { phase: 'loading' };
  /** True while one is being taken. */
  @property({ type: Boolean }) busy = false;
  /** False for those who may look only. */
  @property({ type: Boolean }) mayChange = false;
  /** Present time, epoch ms. */
  @property({ attribute: false }) nowMs = 0;
  @state() private showsAll = false;
  @state() private invalid: string | null = null;

  override render() {
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <div>
          <h2 id="title">Checkpoints</h2>
          <p class="lead">Snapshots of all that operators can change. One is taken before every change.</p>
        </div>
        ${this.mayChange ? this.form() : nothing}
      </div>
      ${this.body()}
    </section>`;
  }

  private form() {
    return html`<form @submit=${this.submit} novalidate>
      <div>
        <input
          name="name"
          type="text"
          maxlength="80"
          autocomplete="off"
          placeholder="Name, e.g. before the fair"
          aria-label="Name of the checkpoint"
          aria-invalid=${this.invalid === null ? 'false' : 'true'}
          aria-describedby="invalid"
          @input=${() => (this.invalid = null)}
        />
        <p id="invalid" class="small error" role="alert">${this.invalid ?? nothing}</p>
      </div>
      <button class="primary" type="submit" aria-disabled=${this.busy ? 'true' : 'false'}>Take a checkpoint</button>
    </form>`;
  }

  private body() {
    const { list } = this;
    if (list.phase === 'loading') return loadingBlock('checkpoints');
    if (list.phase === 'failed') return failedBlock('The checkpoints', list.error);
    if (list.value.length === 0) {
      return html`<div class="state">
        <p>No checkpoint yet. Take one now, or change a flag: one is taken before every change.</p>
      </div>`;
    }
    const rows = this.showsAll ? list.value : list.value.slice(0, SHORT);
    return html`<table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Revision</th>
            <th scope="col">Taken</th>
            <th scope="col">By</th>
            <th scope="col">Digest</th>
            <th scope="col"><span class="visually-hidden">Action</span></th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            rows,
            ({ checkpointId }) => checkpointId,
            (row) => this.row(row),
          )}
        </tbody>
      </table>
      ${
        rows.length < list.value.length
          ? html`<div class="foot">
              <button class="quiet" type="button" @click=${() => (this.showsAll = true)}>
                Show all ${countOf(list.value.length)}
              </button>
            </div>`
          : nothing
      }`;
  }

  private row(row: CheckpointRow) {
    const { checkpointId, name } = row;
    return html`<tr>
      <td data-label="Name" class="wrap">
        <span
          ><span class="name">${name}</span>
          ${row.kind === 'auto' ? html`<span class="badge">automatic</span>` : nothing}</span
        >
      </td>
      <td data-label="Revision" class="number">${row.revision}</td>
      <td data-label="Taken"><span>${momentOf(row.takenAtMs, this.nowMs)}</span></td>
      <td data-label="By" class="wrap"><span>${actorOf(row.takenBy)}</span></td>
      <td data-label="Digest"><span>${hashOf(row.digest, `digest of ${name}`)}</span></td>
      <td class="act">
        ${
          this.mayChange
            ? html`<button
                type="button"
                aria-label=${`Roll back to ${name}, revision ${row.revision}`}
                @click=${() => request(this, 'vt-rollback-open', { checkpointId, name })}
              >
                Roll back
              </button>`
            : nothing
        }
      </td>
    </tr>`;
  }

  private readonly submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const field = this.renderRoot.querySelector('input');
    if (this.busy || !field) return;
    const name = field.value.trim();
    if (name.length === 0) {
      this.invalid = 'Give it a name that you will recognise.';
      field.focus();
      return;
    }
    field.value = '';
    request(this, 'vt-checkpoint-take', { name });
  };
}
