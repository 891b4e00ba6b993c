/** `<voice-tutor>`: launcher, consent, lesson. Draws and asks; what happens is decided behind `LessonController`. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { transcriptText, type Entry } from '../transcript/transcript.js';
import { TEXT_LIMIT } from '../contracts/voice.js';
import { closeIcon, micIcon, micOffIcon, talkIcon } from './icons.js';
import { LessonController, type LessonHost } from './lesson-controller.js';
import { errorText, phaseText } from './messages-en.js';
import { styles } from './styles.js';
import type { MathDeps } from '../transcript/math/math-view.js';

/**
 * A voice tutor for a page.
 *
 * @fires voice-tutor-ready - set up; can be started
 * @fires voice-tutor-state - the lesson's phase changed
 * @fires voice-tutor-transport - where the session core runs
 * @fires voice-tutor-transcript - a line of the transcript is complete
 * @fires voice-tutor-error - something does not work
 * @fires voice-tutor-ended - the lesson is over
 * @csspart launcher - the button that opens the panel
 * @csspart panel - the open panel
 * @csspart transcript - the list of what was said
 * @cssprop --voice-tutor-accent - colour of buttons and marks
 * @cssprop --voice-tutor-surface - background of the panel
 * @cssprop --voice-tutor-text - colour of text
 * @cssprop --voice-tutor-font - font family
 */
export class VoiceTutor extends LitElement implements LessonHost {
  static override styles = styles;
  static override properties = {
    siteKey: { attribute: 'site-key' },
    topic: {},
    grade: {},
    lang: { reflect: true },
    theme: {},
    variant: {},
    open: { type: Boolean, reflect: true },
    muted: { type: Boolean },
    serverOrigin: { attribute: 'server-origin' },
    draft: { state: true },
    consented: { state: true },
  };
  /** The site's publishable key, `pk_…`. */
  declare siteKey: string;
  /** What the lesson is about, at most 200 characters. */
  declare topic: string;
  /** The learner's grade, at most 20 characters. */
  declare grade: string;
  /** `light`, `dark`, or `auto` (the default: the learner's own preference). */
  declare theme: 'light' | 'dark' | 'auto';
  /** `launcher` (the default) shows a button first; `inline` is always open. */
  declare variant: 'launcher' | 'inline';
  /** The panel is open. */
  declare open: boolean;
  /** The microphone is muted by the page. */
  declare muted: boolean;
  /** Origin of the control plane; the origin this script came from unless told. */
  declare serverOrigin: string;
  declare private draft: string;
  declare private consented: boolean;
  private readonly lesson = new LessonController(this);
  private readonly dark = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');
  private readonly onTheme = () => this.requestUpdate();
  private readonly slots = new Map<string, HTMLElement>();

  constructor() {
    super();
    this.siteKey = this.topic = this.grade = this.draft = '';
    this.theme = 'auto';
    this.variant = 'launcher';
    this.open = this.muted = this.consented = false;
    this.serverOrigin = /^https?:/.test(import.meta.url) ? new URL(import.meta.url).origin : '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.dark?.addEventListener('change', this.onTheme);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.dark?.removeEventListener('change', this.onTheme);
  }

  /** Opens the panel and, once consent was given, starts the lesson. Call it within a user gesture, or the browser keeps it silent. */
  start(): Promise<void> {
    return this.guarded('start', async () => {
      this.open = true;
      if (this.hasConsent()) await this.lesson.start();
    });
  }
  /** Ends the lesson. */
  stop(): void {
    void this.guarded('stop', async () => this.lesson.end());
  }
  /** Mutes or unmutes the microphone. */
  mute(muted = true): void {
    void this.guarded('mute', async () => this.lesson.parts?.voice.setMuted(muted));
  }
  /** Cuts the tutor off. */
  interrupt(): void {
    void this.guarded('interrupt', async () => this.lesson.parts?.voice.interrupt());
  }
  /** Sends words as if the learner had typed them; ignored outside a lesson. */
  send(text: string): void {
    void this.guarded('send', async () => this.submit(text));
  }
  /** Tells the tutor the exercise on the page, at most 4,000 characters. */
  setContext(exercise: string): void {
    void this.guarded('setContext', async () => this.lesson.parts?.voice.setContext(exercise));
  }
  /** Counters of the audio path, for tests of pages: samples heard, underruns, microphone frames. */
  get audioStats(): {
    readonly playedSamples: number;
    readonly underruns: number;
    readonly micFrames: number;
    readonly micDropped: number;
  } {
    return this.lesson.stats;
  }

  /** @internal */
  featureSlot(flagKey: string): HTMLElement {
    let slot = this.slots.get(flagKey);
    if (!slot) {
      slot = document.createElement('div');
      slot.dataset['feature'] = flagKey;
      this.slots.set(flagKey, slot);
    }
    if (!slot.isConnected) this.renderRoot.querySelector('.slot')?.append(slot);
    return slot;
  }

  /** @internal */
  removeFeatureSlot(flagKey: string): void {
    this.slots.get(flagKey)?.remove();
    this.slots.delete(flagKey);
  }

  private async guarded(where: string, task: () => Promise<unknown>): Promise<void> {
    const guard = this.lesson.parts?.guard;
    if (guard) await guard.runAsync(`element.${where}`, undefined, task);
    else await task().catch(() => {});
  }
  private consentKey(): string {
    return `consent:${this.siteKey}:${this.lesson.parts?.config.current()?.site.consentVersion ?? 1}`;
  }
  private hasConsent(): boolean {
    return this.consented || this.lesson.parts?.store.get(this.consentKey()) === 'yes';
  }
  private submit(text: string): void {
    const words = text.trim().slice(0, TEXT_LIMIT);
    if (words) this.lesson.send(words);
  }
  private isLive(): boolean {
    const { phase } = this.lesson.snapshot;
    return phase !== 'idle' && phase !== 'ended';
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('siteKey') && changed.get('siteKey')) this.lesson.close();
    if (this.siteKey && this.isConnected) this.lesson.open();
    if (changed.has('muted') && (this.muted || changed.get('muted'))) this.mute(this.muted);
    this.toggleAttribute('data-dark', this.theme === 'dark' || (this.theme !== 'light' && this.dark?.matches === true));
  }
  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const place = this.renderRoot.querySelector('.slot');
    if (place)
      for (const slot of this.slots.values()) if (!slot.isConnected && slot.childNodes.length > 0) place.append(slot);
    const log = this.renderRoot.querySelector('.log');
    if (log && this.stickToEnd) log.scrollTop = log.scrollHeight;
    if (changed.get('open') === false && this.open)
      this.renderRoot.querySelector<HTMLElement>('.panel button.primary, textarea')?.focus();
    if (changed.get('open') === true && !this.open) this.renderRoot.querySelector<HTMLElement>('.launcher')?.focus();
    if (this.lesson.entries.some(({ kind }) => kind === 'formula')) void import('../transcript/math/define-math.js');
  }
  private stickToEnd = true;
  private readonly onScroll = (event: Event) => {
    const log = event.currentTarget as HTMLElement;
    this.stickToEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  };

  protected override render(): TemplateResult | typeof nothing {
    if (!this.siteKey) return nothing;
    if (!this.open && this.variant !== 'inline') {
      return html`<button
        type="button"
        class="launcher primary"
        part="launcher"
        aria-haspopup="dialog"
        @click=${() => (this.open = true)}
      >
        ${talkIcon} Ask the tutor
      </button>`;
    }
    const { snapshot } = this.lesson;
    return html`<section
      class="panel"
      part="panel"
      role=${this.variant === 'inline' ? 'region' : 'dialog'}
      aria-label="Voice tutor"
      @keydown=${this.onKey}
    >
      <header>
        <div>
          <h2>${this.topic || 'Voice tutor'}</h2>
          <p class="state" role="status">${phaseText[snapshot.phase]}</p>
        </div>
        ${this.variant === 'inline' ? nothing : html`<button type="button" class="icon" aria-label="Close" @click=${() => (this.open = false)}>${closeIcon}</button>`}
      </header>
      ${!this.hasConsent() ? this.consentView() : this.isLive() ? this.lessonView() : this.startView()}
    </section>`;
  }

  private consentView(): TemplateResult {
    const minors = this.lesson.parts?.config.current()?.site.audience === 'minors';
    return html`<div class="body">
      <p>Your voice and your words are sent to the tutor to answer you. They are not kept.</p>
      ${minors ? html`<p>If you are under 16, ask a parent or your teacher first.</p>` : nothing}
      <p>The microphone opens only when you press it. You can always type instead.</p>
      <button type="button" class="primary" @click=${this.onConsent}>Agree and start</button>
    </div>`;
  }
  private startView(): TemplateResult {
    const { snapshot, entries } = this.lesson;
    return html`${snapshot.phase === 'ended' && entries.length > 0 ? this.logView() : nothing}
      <div class="body">
        ${snapshot.problem ? html`<p role="alert">${errorText[snapshot.problem]}</p>` : html`<p>${snapshot.phase === 'ended' ? `That was ${snapshot.turn} ${snapshot.turn === 1 ? 'question' : 'questions'}. Well done.` : 'Ask anything in mathematics, by voice or in writing.'}</p>`}
        ${entries.length > 0 ? html`<button type="button" @click=${this.onCopy}>Copy transcript</button>` : nothing}
        <button type="button" class="primary" @click=${() => void this.start()}>
          ${snapshot.phase === 'ended' ? 'Start again' : 'Start lesson'}
        </button>
      </div>`;
  }
  private lessonView(): TemplateResult {
    const { snapshot } = this.lesson;
    const busy = snapshot.phase === 'speaking' || snapshot.phase === 'thinking';
    const left = TEXT_LIMIT - this.draft.length;
    const problem = navigator.onLine ? snapshot.problem : 'VT_OFFLINE';
    return html`${this.logView()} ${problem ? html`<p class="problem" role="alert">${errorText[problem]}</p>` : nothing}
      <div class="slot"></div>
      <form @submit=${this.onSubmit}>
        <label class="hidden" for="words">Your question</label>
        <textarea
          id="words"
          rows="1"
          maxlength=${TEXT_LIMIT}
          placeholder="Type a question"
          .value=${this.draft}
          @input=${(event: InputEvent) => (this.draft = (event.target as HTMLTextAreaElement).value)}
          @keydown=${this.onEnter}
        ></textarea>
        ${left < 200 ? html`<span class="count">${left} left</span>` : nothing}
        <button type="submit" class="primary" ?disabled=${!this.draft.trim()}>Send</button>
      </form>
      <div class="controls">
        ${this.micView()} ${busy ? html`<button type="button" @click=${() => this.interrupt()}>Stop</button>` : nothing}
        <button type="button" class="end" @click=${() => this.stop()}>End lesson</button>
      </div>`;
  }
  private micView(): TemplateResult {
    const { mic, micLevel } = this.lesson.snapshot;
    if (mic === 'open' || mic === 'muted') {
      const muted = mic === 'muted';
      return html`<button type="button" aria-pressed=${muted} @click=${() => this.mute(!muted)}>
          ${muted ? 'Unmute' : 'Mute'}
        </button>
        <span class="meter" aria-hidden="true"><i .style=${`transform:scaleX(${micLevel.toFixed(2)})`}></i></span>`;
    }
    return html`<button
      type="button"
      class="icon"
      .style=${'border:1px solid var(--_line)'}
      aria-label="Speak"
      ?disabled=${mic === 'opening'}
      @click=${() => void this.guarded('mic', async () => this.lesson.parts?.voice.openMic())}
    >
      ${mic === 'denied' ? micOffIcon : micIcon}
    </button>`;
  }
  private logView(): TemplateResult {
    const { entries } = this.lesson;
    return html`<div
      class="log"
      part="transcript"
      role="log"
      aria-label="Transcript"
      tabindex="0"
      @scroll=${this.onScroll}
    >
      ${entries.length === 0 ? html`<p class="empty">Try “solve 2x + 3 = 11” or “what is one half plus one third”.</p>` : nothing}
      ${repeat(
        entries,
        ({ key }) => key,
        (entry) => this.entryView(entry),
      )}
    </div>`;
  }
  private entryView(entry: Entry): TemplateResult {
    if (entry.kind === 'words') {
      return html`<p class="words ${entry.speaker}">
        <span class="hidden">${entry.speaker === 'learner' ? 'You: ' : 'Tutor: '}</span>${entry.text}
      </p>`;
    }
    if (entry.kind === 'note')
      return html`<p class="note">
        ${entry.note === 'interrupted' ? 'Stopped.' : 'This answer was cut off. Ask again.'}
      </p>`;
    return html`<div class="formula as-${entry.role}">
      <vt-math .latex=${entry.latex} .spoken=${entry.spoken} .deps=${this.mathDeps}></vt-math>
      ${entry.caption ? html`<small>${entry.step ? `Step ${entry.step}: ` : ''}${entry.caption}</small>` : nothing}
    </div>`;
  }
  private readonly mathDeps: MathDeps = {
    load: () =>
      import('../transcript/math/math-chunk.js').then(({ createMathChunk }) =>
        createMathChunk(new URL('fonts/', new URL('./', import.meta.url)).href),
      ),
    nowMs: () => this.lesson.parts?.clock.monotonicMs() ?? 0,
    onDrawn: ({ ok, tookMs }) => this.lesson.parts?.telemetry.add({ kind: 'math.drawn', ok, tookMs }),
  };

  private readonly onConsent = () => {
    this.consented = true;
    this.lesson.parts?.store.set(this.consentKey(), 'yes');
    void this.start();
  };
  private readonly onCopy = () =>
    void this.guarded('copy', () =>
      navigator.clipboard.writeText(transcriptText(this.lesson.entries, { learner: 'You', tutor: 'Tutor' })),
    );
  private readonly onSubmit = (event: Event) => {
    event.preventDefault();
    this.submit(this.draft);
    this.draft = '';
    this.stickToEnd = true;
  };
  private readonly onEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    this.onSubmit(event);
  };
  private readonly onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.variant !== 'inline') this.open = false;
    // The page's own shortcuts must not fire while somebody types here.
    event.stopPropagation();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'voice-tutor': VoiceTutor;
  }
}
