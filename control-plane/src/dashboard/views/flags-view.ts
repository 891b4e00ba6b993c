/** The flags, each with its switch. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { FlagList, FlagRow } from '@voice-tutor/sdk/contracts/operator.js';
import type { Loadable } from '../controllers/load-controller.js';
import { momentOf } from '../format.js';
import { controls } from '../styles/controls.js';
import { failedBlock, loadingBlock } from './blocks.js';
import { request } from './requests.js';

/**
 * Lists the flags.
 *
 * @fires vt-flag-set when a switch is pressed.
 */
@customElement('vt-flags')
export class FlagsView extends LitElement {
  static override readonly styles = [
    controls,
    css`
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0.25rem 1rem;
        align-items: center;
        padding: 0.875rem 1.25rem;
        border-top: 1px solid var(--vt-line);
      }
      .key {
        font-family: var(--vt-mono);
        font-size: 0.875rem;
        font-weight: 600;
      }
      .meta {
        margin-top: 0.125rem;
      }
      button[role='switch'] {
        display: inline-flex;
        align-items: center;
        gap: 0.625rem;
        min-width: 5.5rem;
        padding: 0.25rem 0.375rem;
        border-color: transparent;
        border-radius: 99px;
        background: transparent;
      }
      button[role='switch']:hover {
        background: var(--vt-raised);
      }
      .track {
        position: relative;
        flex: none;
        width: 2.5rem;
        height: 1.375rem;
        border: 1px solid var(--vt-control-line);
        border-radius: 99px;
        background: var(--vt-raised);
        transition: background-color 140ms;
      }
      .track::after {
        content: '';
        position: absolute;
        top: 2px;
        left: 2px;
        width: 1rem;
        height: 1rem;
        border-radius: 50%;
        background: var(--vt-control-line);
        transition: transform 140ms;
      }
      [aria-checked='true'] .track {
        border-color: var(--vt-accent);
        background: var(--vt-accent);
      }
      [aria-checked='true'] .track::after {
        background: var(--vt-on-accent);
        transform: translateX(1.125rem);
      }
      [aria-busy='true'] .track::after {
        animation: breathe 0.9s ease-in-out infinite;
      }
      .word {
        min-width: 1.75rem;
        text-align: start;
      }
      @media (max-width: 760px) {
        li {
          padding: 0.75rem 1rem;
        }
      }
      @media (forced-colors: active) {
        .track {
          border-color: ButtonText;
        }
        .track::after,
        [aria-checked='true'] .track {
          background: ButtonText;
          forced-color-adjust: none;
        }
        [aria-checked='true'] .track::after {
          background: ButtonFace;
        }
      }
    `,
  ];

  /** The list as far as it was read. */
  @property({ attribute: false }) list: Loadable<FlagList> = { phase: 'loading' };
  /** Key of the flag that is being switched. */
  @property({ attribute: false }) busyKey: string | null = null;
  /** False for those who may look only. */
  @property({ type: Boolean }) mayChange = false;
  /** Present time, epoch ms. */
  @property({ attribute: false }) nowMs = 0;

  override render() {
    return html`<section class="card" aria-labelledby="title">
      <div class="head">
        <div>
          <h2 id="title">Flags</h2>
          <p class="lead">
            ${this.mayChange ? 'A change reaches connected pages within seconds.' : 'Your role may look, not change.'}
          </p>
        </div>
        ${this.list.phase === 'ready' ? html`<span class="badge">revision ${this.list.value.revision}</span>` : nothing}
      </div>
      ${this.body()}
    </section>`;
  }

  private body() {
    const { list } = this;
    if (list.phase === 'loading') return loadingBlock('flags');
    if (list.phase === 'failed') return failedBlock('The flags', list.error);
    if (list.value.flags.length === 0) {
      return html`<div class="state">
        <p>There are no flags yet. A feature brings its flag with it; new ones appear here, turned off.</p>
      </div>`;
    }
    return html`<ul>
      ${repeat(
        list.value.flags,
        ({ flagKey }) => flagKey,
        (flag) => this.row(flag),
      )}
    </ul>`;
  }

  private row(flag: FlagRow) {
    const { flagKey, enabled } = flag;
    const busy = this.busyKey === flagKey;
    const blocked = !this.mayChange || this.busyKey !== null;
    // Not the disabled attribute: focus stays on the switch while its change is under way.
    return html`<li>
      <div>
        <p class="key wrap" id=${`flag-${flagKey}`}>${flagKey}</p>
        <p class="wrap">${flag.description}</p>
        <p class="small muted meta">Changed ${momentOf(flag.changedAtMs, this.nowMs)}</p>
      </div>
      <button
        type="button"
        role="switch"
        aria-checked=${enabled ? 'true' : 'false'}
        aria-labelledby=${`flag-${flagKey}`}
        aria-busy=${busy ? 'true' : 'false'}
        aria-disabled=${blocked ? 'true' : 'false'}
        @click=${() => {
          if (!blocked) request(this, 'vt-flag-set', { flagKey, enabled: !enabled });
        }}
      >
        <span class="track"></span><span class="word" aria-hidden="true">${busy ? '…' : enabled ? 'On' : 'Off'}</span>
      </button>
    </li>`;
  }
}
