/** One formula: typeset once KaTeX is there, its source until then, and for good when it cannot be. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { gateTex } from '../../contracts/tex-gate.js';

/** What draws: the lazy chunk, ready for this document. */
export interface MathChunk {
  readonly typeset: (latex: string, displayMode: boolean) => Node;
  /** KaTeX's rules, for the shadow roots that show formulas. */
  readonly sheet: CSSStyleSheet;
}

/** What a formula asks of outside. */
export interface MathDeps {
  /** Brings the chunk; asked once per formula, so it remembers its answer. */
  readonly load: () => Promise<MathChunk>;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  /** Told of each formula: whether it could be drawn, and how long that took, the chunk's way included. */
  readonly onDrawn: (outcome: { readonly ok: boolean; readonly tookMs: number }) => void;
}

/** `<vt-math>`: `latex`, and `spoken` for those who cannot see it. */
export class MathView extends LitElement {
  static override styles = css`
    :host {
      display: block;
      overflow: auto hidden;
      direction: ltr;
      unicode-bidi: isolate;
      letter-spacing: normal;
      text-transform: none;
      writing-mode: horizontal-tb;
    }
    :host([inline]) {
      display: inline-block;
      max-inline-size: 100%;
      vertical-align: middle;
    }
    :host(:focus-visible) {
      outline: 2px solid currentcolor;
      border-radius: 4px;
    }
    .katex-display {
      margin: 0;
      padding-block: 4px;
    }
    code {
      font:
        0.9em ui-monospace,
        monospace;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `;
  static override properties = {
    latex: {},
    spoken: {},
    inline: { type: Boolean, reflect: true },
    deps: { attribute: false },
  };
  /** Source without delimiters. */
  declare latex: string;
  /** The formula in words; its source is read out when there are none. */
  declare spoken: string | undefined;
  /** Within a line of text, instead of on a line of its own. */
  declare inline: boolean;
  /** What it draws with; until it is set the source is shown. */
  declare deps: MathDeps | undefined;
  private widths: ResizeObserver | null = null;

  constructor() {
    super();
    this.latex = '';
    this.inline = false;
    this.addEventListener('copy', (event) => {
      event.clipboardData?.setData('text/plain', `$${this.latex}$`);
      if (event.clipboardData) event.preventDefault();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'math');
    this.widths = new ResizeObserver(() => this.markWide());
    this.widths.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.widths?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('latex') || changed.has('spoken')) this.setAttribute('aria-label', this.spoken ?? this.latex);
  }

  /** Drawn once: what stands inside afterwards belongs to `draw`. */
  protected override render(): TemplateResult {
    return html`<div></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('latex') || changed.has('inline') || changed.has('deps')) void this.draw();
  }

  private async draw(): Promise<void> {
    const { latex, inline, deps } = this;
    this.showSource();
    if (!deps || latex === '') return;
    const beganMs = deps.nowMs();
    let ok = false;
    try {
      const gate = gateTex(latex);
      if ('latex' in gate) {
        const { typeset, sheet } = await deps.load();
        // Another formula took this one's place, and draws itself.
        if (latex !== this.latex || inline !== this.inline) return;
        const root = this.shadowRoot;
        if (root && !root.adoptedStyleSheets.includes(sheet))
          root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets];
        this.place().replaceChildren(typeset(gate.latex, !inline));
        ok = true;
      }
    } catch {
      // Not only ParseError: deep nesting is a RangeError, a missing chunk a TypeError. The source stays.
      this.showSource();
    }
    this.markWide();
    deps.onDrawn({ ok, tookMs: Math.max(0, deps.nowMs() - beganMs) });
  }

  private place(): Element {
    return this.renderRoot.firstElementChild ?? this;
  }

  private showSource(): void {
    const code = document.createElement('code');
    code.textContent = this.latex;
    this.place().replaceChildren(code);
  }

  /** Only what scrolls takes the keyboard's focus. */
  private markWide(): void {
    if (this.scrollWidth > this.clientWidth) this.tabIndex = 0;
    else this.removeAttribute('tabindex');
  }
}
