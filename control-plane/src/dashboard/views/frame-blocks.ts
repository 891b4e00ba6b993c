/** The header and the messages of the operators' pages, as templates of the outermost element. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Operator } from '@voice-tutor/sdk/contracts/operator.js';
import type { LivePhase } from '../controllers/live-controller.js';
import type { Notice } from '../controllers/notice-controller.js';

/** Who is signed in, whether the connection lives, and the way out. */
export function headerBlock({ name, role }: Operator, phase: LivePhase, onSignOut: () => void): TemplateResult {
  return html`<header>
    <p class="brand">
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <rect width="24" height="24" rx="7" fill="var(--vt-accent)"></rect>
        <path
          d="M7 10v4M12 6.5v11M17 9v6"
          stroke="var(--vt-on-accent)"
          stroke-width="2.2"
          stroke-linecap="round"
        ></path>
      </svg>
      Voice Tutor
    </p>
    <span class="badge ${phase === 'live' ? 'good' : 'warn'}"
      ><span class="dot" aria-hidden="true"></span
      >${phase === 'live' ? 'Live' : phase === 'lost' ? 'Reconnecting' : 'Connecting'}</span
    >
    <span class="who"><span class="wrap">${name}</span> <span class="small muted">${role}</span></span>
    <button type="button" @click=${onSignOut}>Sign out</button>
  </header>`;
}

/** Messages: the lost connection and the outcome of what was just done. Regions that are read aloud stand there before there is anything to read. */
export function messagesBlock(notice: Notice | null, phase: LivePhase, onDismiss: () => void): TemplateResult {
  const bar = (text: string) =>
    html`<p class="wrap">${text}</p>
      <button class="quiet" type="button" aria-label="Put the message away" @click=${onDismiss}>Close</button>`;
  return html`<div class="messages">
    <div role="status">
      ${phase === 'lost' ? html`<div class="bar warn"><p>The connection to the control plane is lost; trying again. What you see may be out of date.</p></div>` : nothing}
    </div>
    <div role="status">
      ${notice?.kind === 'success' ? html`<div class="bar good">${bar(notice.text)}</div>` : nothing}
    </div>
    <div role="alert">${notice?.kind === 'error' ? html`<div class="bar bad">${bar(notice.text)}</div>` : nothing}</div>
  </div>`;
}
