/** One formula: typeset once KaTeX is there, its source until then and for good when it cannot be. */
import { css, LitElement, type PropertyValues } from 'lit';
import { refuseTex } from './tex-gate.js';

/** Told of each formula: whether it could be drawn, and how long that took. */
export type MathOutcome = (outcome: { readonly ok: boolean; readonly tookMs: number }) => void;

/** What a formula needs of outside. */
export interface MathDeps {
  /** Folder of the fonts, with a slash at its end. */
  readonly fontBase: string;
  readonly now: () => number;
  readonly onDrawn: MathOutcome;
}

let sheet: CSSStyleSheet | null = null;

/** `<vt-math>`: `latex`, `spoken` for those who cannot see it. */
export class MathView extends LitElement {
  static override styles = css`
    :host {
      display: block;
      overflow-x: auto;
      overflow-y: hidden;
      direction: ltr;
      unicode-bidi: isolate;
      letter-spacing: normal;
      text-transform: none;
      padding: 2px 0;
    }
    :host(:focus-visible) {
      outline: 2px solid var(--vt-accent, #3b5bdb);
      border-radius: 4px;
    }
    code {
      font:
        0.9em ui-monospace,
        monospace;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `;
  static override properties = { latex: {}, spoken: {}, deps: { attribute: false } };
  declare latex: string;
  declare spoken: string | undefined;
  declare deps: MathDeps | undefined;

  constructor() {
    super();
    this.latex = '';
    this.addEventListener('copy', (event) => {
      if (!event.clipboardData) return;
      event.clipboardData.setData('text/plain', `$${this.latex}$`);
      event.preventDefault();
    });
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('latex') && !changed.has('spoken')) return;
    this.setAttribute('role', 'math');
    this.setAttribute('aria-label', this.spoken ?? this.latex);
    if (changed.has('latex')) void this.draw();
  }

  private showSource(): void {
    const code = document.createElement('code');
    code.textContent = this.latex;
    this.renderRoot.replaceChildren(code);
  }

  private async draw(): Promise<void> {
    const { latex, deps } = this;
    this.showSource();
    const beganMs = deps?.now() ?? 0;
    let ok = false;
    try {
      if (refuseTex(latex) === null) {
        const { mathRules, registerFonts, typeset } = await import('./typeset.js');
        if (latex !== this.latex) return;
        registerFonts(deps?.fontBase ?? '');
        if (!sheet) {
          sheet = new CSSStyleSheet();
          sheet.replaceSync(mathRules);
        }
        const root = this.renderRoot as ShadowRoot;
        if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
        root.replaceChildren(typeset(latex, true));
        ok = true;
      }
    } catch {
      // Not only ParseError: deep nesting is a RangeError. The source stays, and the failure is counted.
      this.showSource();
    }
    if (this.scrollWidth > this.clientWidth) this.tabIndex = 0;
    deps?.onDrawn({ ok, tookMs: Math.max(0, (deps.now() || 0) - beganMs) });
  }
}
