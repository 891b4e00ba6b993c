/** The panel around every view: heading, state, close. */
import { html, nothing, type TemplateResult } from 'lit';
import { closeIcon, copyIcon, doneIcon, talkIcon } from '../icons.js';
import { phaseText } from '../messages-en.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** What the panel needs besides the model. */
export interface PanelOptions {
  readonly topic: string;
  /** Part of the page instead of above it. */
  readonly inline: boolean;
  /** A lesson runs: its transcript can be copied from the heading. */
  readonly live: boolean;
  readonly body: TemplateResult;
  readonly close: () => void;
  readonly onKeydown: (event: KeyboardEvent) => void;
}

/** The panel. */
export function panelView(model: ViewModel, actions: ViewActions, options: PanelOptions): TemplateResult {
  const { topic, inline, live, body, close, onKeydown } = options;
  const { snapshot, entries, copied } = model;
  const copyLabel =
    copied === 'copied' ? 'Copied' : copied === 'refused' ? 'Copying is not allowed' : 'Copy transcript';
  return html`<section
    class="panel ${inline ? 'inline' : ''}"
    part="panel"
    popover=${inline ? nothing : 'manual'}
    role=${inline ? 'region' : 'dialog'}
    aria-label="Voice tutor"
    tabindex="-1"
    @keydown=${onKeydown}
  >
    <div class="head">
      <span class="badge" aria-hidden="true">${talkIcon}</span>
      <div class="title">
        <h2 dir="auto">${topic || 'Voice tutor'}</h2>
        <p class="state is-${snapshot.phase}" role="status">${phaseText[snapshot.phase]}</p>
      </div>
      ${
        live && entries.length > 0
          ? html`<button
                type="button"
                class="icon bare"
                aria-label=${copyLabel}
                title=${copyLabel}
                @click=${() => actions.copy()}
              >
                ${copied === 'copied' ? doneIcon : copyIcon}
              </button>
              ${copied ? html`<span class="toast" role="status">${copyLabel}</span>` : nothing}`
          : nothing
      }
      ${inline ? nothing : html`<button type="button" class="icon bare close" aria-label="Close" @click=${close}>${closeIcon}</button>`}
    </div>
    ${body}
    <div class="slot"></div>
  </section>`;
}
