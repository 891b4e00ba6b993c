/** The dialog of a rollback: what would change, the confirmation, the outcome, the undo. */
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Delivery, RollbackPreview } from '@voice-tutor/sdk/contracts/operator.js';
import type { RollbackState } from '../controllers/rollback-controller.js';
import { countOf } from '../format.js';
import { controls } from '../styles/controls.js';
import { dialogStyles } from '../styles/dialog.js';
import { request } from './requests.js';

/**
 * Shows the present step of a rollback as a modal dialog. Escape puts it away, except while something is being restored.
 *
 * @fires vt-rollback-confirm
 * @fires vt-rollback-undo
 * @fires vt-rollback-close
 */
@customElement('vt-rollback-dialog')
export class RollbackDialogView extends LitElement {
  static override readonly styles = [controls, dialogStyles];

  /** The present step. */
  @property({ attribute: false }) step: RollbackState = { phase: 'closed' };
  /** Newest delivery figures, to show who has obeyed. */
  @property({ attribute: false }) delivery: Delivery | null = null;
  #opener: HTMLElement | null = null;

  override render() {
    const { step } = this;
    return html`<dialog aria-labelledby="title" @keydown=${this.stay} @cancel=${this.stay} @close=${this.closed}>
      ${
        step.phase === 'closed'
          ? nothing
          : html`<div class="inside">
              <h2 id="title" tabindex="-1" class="wrap">${titleOf(step)}</h2>
              <div class="content" aria-live="polite">${this.content(step)}</div>
              <div class="actions">${this.actions(step)}</div>
            </div>`
      }
    </dialog>`;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Remembered by hand: the button stands in another shadow root, and its row may be drawn anew in the meantime.
    const before = changed.get('step');
    if (before?.phase === 'closed' && this.step.phase !== 'closed') this.#opener = deepActiveElement();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const dialog = this.renderRoot.querySelector('dialog');
    if (!dialog || !changed.has('step')) return;
    const open = this.step.phase !== 'closed';
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
    // Each step begins at its heading, so that a screen reader reads on and focus is never lost with a button.
    if (open && changed.get('step')?.phase !== this.step.phase) dialog.querySelector('h2')?.focus();
    if (!open && changed.get('step') && changed.get('step')?.phase !== 'closed') {
      this.#opener?.focus();
      this.#opener = null;
    }
  }

  private content(step: Exclude<RollbackState, { phase: 'closed' }>) {
    switch (step.phase) {
      case 'loading':
        return html`<p class="muted">Looking at what would change…</p>`;
      case 'preview':
      case 'restoring':
        return html`${step.phase === 'preview' && step.note !== null ? html`<p class="note">${step.note}</p>` : nothing}
        ${previewOf(step.preview)} ${step.phase === 'restoring' ? html`<p class="muted">Going back…</p>` : nothing}`;
      case 'failed':
        return html`<p class="error">${step.message}</p>`;
      case 'done':
        return html`<p>
            ${step.undo === null ? 'Everything is as it was before the rollback.' : html`Everything is as “${step.target.name}” holds it.`}
            This is revision ${step.revision}.
          </p>
          ${this.reach(step.revision)}`;
    }
  }

  private reach(revision: number) {
    const { delivery } = this;
    if (!delivery || delivery.revision < revision) return html`<p class="muted">Telling the connected pages…</p>`;
    if (delivery.connected === 0)
      return html`<p class="muted">No page is connected; pages that open from now on get it.</p>`;
    return html`<p class="muted">
      ${countOf(delivery.confirmed)} of ${countOf(delivery.connected)} connected pages have confirmed.
    </p>`;
  }

  private actions(step: Exclude<RollbackState, { phase: 'closed' }>) {
    const close = (label: string) =>
      html`<button
        type="button"
        aria-disabled=${isBusy(step) ? 'true' : 'false'}
        @click=${() => request(this, 'vt-rollback-close', null)}
      >
        ${label}
      </button>`;
    switch (step.phase) {
      case 'loading':
        return close('Cancel');
      case 'preview':
        return html`${close('Cancel')}
        ${
          step.preview.changes.length === 0
            ? nothing
            : html`<button class="primary" type="button" @click=${() => request(this, 'vt-rollback-confirm', null)}>
                Roll back
              </button>`
        }`;
      case 'restoring':
        return html`${close('Cancel')}<button class="primary" type="button" aria-disabled="true" aria-busy="true">
            Rolling back…
          </button>`;
      case 'failed':
        return close('Close');
      case 'done':
        return html`${
          step.undo === null
            ? nothing
            : html`<button
                type="button"
                aria-disabled=${step.busy ? 'true' : 'false'}
                aria-busy=${step.busy ? 'true' : 'false'}
                @click=${() => request(this, 'vt-rollback-undo', null)}
              >
                ${step.busy ? 'Undoing…' : 'Undo this rollback'}
              </button>`
        }
        ${close('Close')}`;
    }
  }

  /** The outcome of what is under way has to be seen: Escape does nothing until it is there. */
  private readonly stay = (event: Event): void => {
    if (isBusy(this.step) && (!(event instanceof KeyboardEvent) || event.key === 'Escape')) event.preventDefault();
  };

  private readonly closed = (): void => {
    // A browser may close a dialog without asking, at a second Escape or at Android's way back.
    if (isBusy(this.step)) this.renderRoot.querySelector('dialog')?.showModal();
    else request(this, 'vt-rollback-close', null);
  };
}

function isBusy(step: RollbackState): boolean {
  return step.phase === 'restoring' || (step.phase === 'done' && step.busy);
}

function titleOf(step: Exclude<RollbackState, { phase: 'closed' }>): string {
  switch (step.phase) {
    case 'loading':
    case 'preview':
    case 'restoring':
      return `Roll back to “${step.target.name}”?`;
    case 'failed':
      return 'The rollback did not happen';
    case 'done':
      return step.undo === null ? 'The rollback is undone' : 'Rolled back';
  }
}

function previewOf({ changes, connectedPages }: RollbackPreview) {
  if (changes.length === 0) return html`<p>Nothing would change: all flags are as this checkpoint holds them.</p>`;
  const pages = connectedPages === 1 ? '1 connected page' : `${countOf(connectedPages)} connected pages`;
  return html`<p>
      ${changes.length === 1 ? 'One flag changes' : html`${countOf(changes.length)} flags change`}; ${pages} will be
      told.
    </p>
    <ul class="changes">
      ${changes.map(
        ({ flagKey, from, to }) =>
          html`<li>
            <span class="mono wrap">${flagKey}</span
            ><span
              >${from ?? 'absent'} <span aria-hidden="true">→</span><span class="visually-hidden">becomes</span>
              <span class="to">${to ?? 'removed'}</span></span
            >
          </li>`,
      )}
    </ul>
    <p class="small muted">A checkpoint of the present is taken first, so this can be undone.</p>`;
}

function deepActiveElement(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}
