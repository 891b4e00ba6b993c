/** Before a lesson, and after one: what was said stays to be read and copied. */
import { html, nothing, type TemplateResult } from 'lit';
import { errorText } from '../messages-en.js';
import { logView } from './log-view.js';
import type { ViewActions, ViewModel } from './view-model.js';

/** How many questions were asked, in words. */
const praise = (turns: number) => {
  if (turns === 0) return 'The lesson is over. Start again whenever you like.';
  return turns === 1 ? 'That was 1 question. Well done.' : `That was ${turns} questions. Well done.`;
};

/** The view without a running lesson. */
export function startView(model: ViewModel, actions: ViewActions): TemplateResult {
  const { snapshot, entries, notice, copied } = model;
  const over = snapshot.phase === 'ended';
  return html`${entries.length > 0 ? logView(model, actions) : nothing}
    <div class="body start">
      ${notice ? html`<p class="alert" role="alert">${errorText[notice]}</p>` : html`<p class="lead">${over ? praise(snapshot.turn) : 'Ask anything in mathematics, by voice or in writing.'}</p>`}
      <button type="button" class="primary wide" @click=${() => actions.start()}>
        ${over ? 'Start again' : 'Start lesson'}
      </button>
      ${
        entries.length > 0
          ? html`<button type="button" class="wide" @click=${() => actions.copy()}>
                ${copied === 'copied' ? 'Copied' : 'Copy transcript'}
              </button>
              <p class="fine" role="status">
                ${copied === 'copied' ? 'The transcript is on the clipboard.' : copied === 'refused' ? 'The browser does not allow copying. Select the text above instead.' : nothing}
              </p>`
          : nothing
      }
    </div>`;
}
