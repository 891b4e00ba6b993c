/** Small templates that several views share: loading, failed, and a hash with its copy button. */
import { html, type TemplateResult } from 'lit';
import type { ApiError } from '../outcome.js';
import { errorText } from '../outcome.js';
import { requestFrom } from './requests.js';

/** Shown until the first answer. */
export function loadingBlock(what: string): TemplateResult {
  return html`<div class="skeleton" role="status">
    <span></span><span></span><span></span>
    <p class="visually-hidden">Loading ${what}</p>
  </div>`;
}

/** Shown when nothing could be read; asks for another try with `vt-retry`. */
export function failedBlock(what: string, error: ApiError): TemplateResult {
  const retry = (event: Event) => requestFrom(event, 'vt-retry', null);
  return html`<div class="state" role="alert">
    <p class="error">${what} could not be read.</p>
    <p>${errorText(error)}</p>
    <button type="button" @click=${retry}>Try again</button>
  </div>`;
}

/** The beginning of a hash, which is enough to recognise it, and a button that copies all of it. */
export function hashOf(hash: string, what: string): TemplateResult {
  const copy = (event: Event) => requestFrom(event, 'vt-copy', { text: hash, what });
  return html`<span class="hash"
    ><span class="mono" title=${hash}>${hash.slice(0, 8)}</span
    ><button class="quiet copy" type="button" aria-label=${`Copy the ${what}`} title="Copy" @click=${copy}>
      <svg
        viewBox="0 0 16 16"
        width="14"
        height="14"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        stroke-width="1.5"
      >
        <rect x="5.5" y="5.5" width="8" height="8" rx="1.5"></rect>
        <path d="M10.5 3.3c0-.7-.6-1.3-1.3-1.3H3.8c-.7 0-1.3.6-1.3 1.3v5.4c0 .7.6 1.3 1.3 1.3H4"></path>
      </svg></button
  ></span>`;
}

/** Who did something: the name, and what kind of actor it is. */
export function actorOf(actor: string): TemplateResult {
  const [, kind, name] = /^(operator|system|schedule|guardrail):(.+)$/.exec(actor) ?? [];
  return kind === undefined ? html`${actor}` : html`${name} <span class="muted small">${kind}</span>`;
}
