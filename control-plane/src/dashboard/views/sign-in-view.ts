/** The way in: a form for the link that the control plane printed. */
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { tokenFrom } from '../ports.js';
import { controls } from '../styles/controls.js';
import { request } from './requests.js';

/**
 * Takes a pasted sign-in link or its token.
 *
 * @fires vt-sign-in when the text can be a token.
 */
@customElement('vt-sign-in')
export class SignInView extends LitElement {
  static override readonly styles = [
    controls,
    css`
      :host {
        display: grid;
        place-items: center;
        min-height: 80vh;
        padding: 1.5rem 1rem;
      }
      .card {
        width: 100%;
        max-width: 27rem;
        padding: 2rem 1.75rem;
      }
      h1 {
        margin: 0 0 0.375rem;
        font-size: 1.375rem;
        line-height: 1.25;
        letter-spacing: -0.01em;
      }
      form {
        display: grid;
        gap: 0.375rem;
        margin-top: 1.5rem;
      }
      label {
        font-weight: 600;
      }
      button {
        margin-top: 0.75rem;
        min-height: 2.625rem;
      }
      input {
        width: 100%;
        min-height: 2.625rem;
      }
      .message {
        margin-top: 1rem;
        padding: 0.625rem 0.875rem;
        border-radius: 8px;
        background: var(--vt-warn-soft);
        color: var(--vt-warn);
      }
      code {
        font-family: var(--vt-mono);
        font-size: 0.875em;
      }
    `,
  ];

  /** What went wrong, or why the form is shown; null for nothing. */
  @property({ attribute: false }) message: string | null = null;
  /** True while a token is being tried. */
  @property({ type: Boolean }) busy = false;
  @state() private invalid: string | null = null;

  private get field(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  override render() {
    return html`<main class="card">
      <h1>Sign in to Voice Tutor</h1>
      <p class="lead">The operators’ pages: flags, rollbacks, and what connected pages report.</p>
      <div role="status">${this.message === null ? nothing : html`<p class="message">${this.message}</p>`}</div>
      <form @submit=${this.submit} novalidate>
        <label for="link">Sign-in link</label>
        <input
          id="link"
          name="link"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-describedby=${this.invalid === null ? 'hint' : 'invalid hint'}
          aria-invalid=${this.invalid === null ? 'false' : 'true'}
          @input=${() => (this.invalid = null)}
        />
        ${this.invalid === null ? nothing : html`<p id="invalid" class="small error" role="alert">${this.invalid}</p>`}
        <p id="hint" class="small muted">
          The control plane prints a link when it starts. It works once, for 15 minutes. Open it, or paste it here.
        </p>
        <button class="primary" type="submit" aria-disabled=${this.busy ? 'true' : 'false'}>
          ${this.busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </main>`;
  }

  private readonly submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.busy) return;
    const token = tokenFrom(this.field?.value ?? '');
    if (token === null) {
      this.invalid = 'This is no sign-in link. It ends with “#token=” and 43 letters and digits.';
      this.field?.focus();
      return;
    }
    if (this.field) this.field.value = '';
    request(this, 'vt-sign-in', { token });
  };
}
