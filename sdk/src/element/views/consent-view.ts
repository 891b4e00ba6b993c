/** What the learner agrees to before anything is opened. */
import { html, nothing, type TemplateResult } from 'lit';
import { lockIcon } from '../icons.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** The consent text with its one button, which has the focus first: so it is described by the text. */
export function consentView({ minors }: ViewModel, actions: ViewActions): TemplateResult {
  return html`<div class="body">
    <h3>Before you start</h3>
    <ul class="terms" id="terms">
      <li>Your voice and your words are sent to the tutor to answer you. We do not keep them.</li>
      <li>To hear and to answer you, the tutor or your browser may use a service of another company.</li>
      <li>The microphone opens only when you press it. You can always type instead.</li>
      ${minors ? html`<li>If you are under 16, ask a parent or your teacher first.</li>` : nothing}
    </ul>
    <button type="button" class="primary wide" aria-describedby="terms" @click=${() => actions.consent()}>
      Agree and start
    </button>
    <p class="fine">${lockIcon} No account, no recording.</p>
  </div>`;
}
