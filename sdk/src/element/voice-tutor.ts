/** `<voice-tutor>`: what a page sees of the tutor. Draws views and asks; what happens is decided behind `LessonController`. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { AudioStats } from '../protected-core/session/lesson.js';
import { assemble, type AssembleOptions, type Parts } from './assemble.js';
import { createFeatureSlots } from './feature-slots.js';
import { createFollowEnd } from './follow-end.js';
import { LessonController, type LessonHost } from './lesson-controller.js';
import { createMathDeps } from './math-deps.js';
import { errorText } from './messages-en.js';
import { isLive, noticeOf } from './notice.js';
import { focusMain, showPanel } from './panel-dom.js';
import { styles } from './styles.js';
import { createTranscriptCopy } from './transcript-copy.js';
import { createViewActions, submitWords } from './view-actions.js';
import { consentView } from './views/consent-view.js';
import { launcherView } from './views/launcher-view.js';
import { lessonView } from './views/lesson-view.js';
import { panelView } from './views/panel-view.js';
import { startView } from './views/start-view.js';
import type { ViewModel } from './views/view-model.js';

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
 * @cssprop --voice-tutor-on-accent - colour of text on the accent
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
  /** Written and not sent; kept over every state of the lesson. @internal */
  declare draft: string;
  private readonly lesson = new LessonController(this, (options) => this.assembleParts(options));
  private readonly redraw = () => this.requestUpdate();
  private readonly math = createMathDeps(() => this.lesson.parts, this.redraw);
  private readonly slots = createFeatureSlots();
  private readonly dark = typeof matchMedia === 'undefined' ? null : matchMedia('(prefers-color-scheme: dark)');
  private readonly follow = createFollowEnd();
  private readonly copying = createTranscriptCopy(this.redraw);
  private readonly actions = createViewActions({
    lesson: this.lesson,
    follow: this.follow,
    copying: this.copying,
    element: this,
  });
  private hadFocus = false;
  private warmed: Parts | null = null;

  constructor() {
    super();
    this.siteKey = this.topic = this.grade = this.draft = '';
    this.theme = 'auto';
    this.variant = 'launcher';
    this.open = this.muted = false;
    this.serverOrigin = /^https?:/.test(import.meta.url) ? new URL(import.meta.url).origin : '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.dark?.addEventListener('change', this.redraw);
    // A page that moves us closes what was in the top layer.
    this.requestUpdate();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.dark?.removeEventListener('change', this.redraw);
  }

  /** Opens the panel and, once consent was given, starts the lesson. Call it within a user gesture, or the browser keeps it silent. */
  start(): Promise<void> {
    return this.guarded('start', async () => {
      this.open = true;
      if (this.lesson.consent?.given()) await this.lesson.start();
    });
  }
  /** Ends the lesson; what was said stays to be read and copied. */
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
  /** Sends words as if the learner had typed them, at most 2,000 characters; ignored outside a lesson. */
  send(text: string): void {
    void this.guarded('send', async () => submitWords(this.lesson, text));
  }
  /** Tells the tutor the exercise on the page, at most 4,000 characters. */
  setContext(exercise: string): void {
    void this.guarded('setContext', async () => this.lesson.parts?.voice.setContext(exercise));
  }
  /** Counters of the audio path, for tests of pages: samples heard, underruns and their silence, microphone frames. */
  get audioStats(): AudioStats {
    return this.lesson.stats;
  }

  /** @internal */
  featureSlot(flagKey: string): HTMLElement {
    return this.slots.of(flagKey);
  }
  /** @internal */
  removeFeatureSlot(flagKey: string): void {
    this.slots.remove(flagKey);
  }
  /** Where the element's parts come from; tests of the element put their own here. @internal */
  protected assembleParts(options: AssembleOptions): Parts {
    return assemble(options);
  }

  private guarded(where: string, task: () => Promise<unknown>): Promise<void> {
    return this.lesson.guard.runAsync(`element.${where}`, undefined, async () => {
      await task();
    });
  }
  /** Once for each set-up: what failed to come is asked for again by `start`, not by every drawing. */
  private warm(): void {
    const { parts, guard } = this.lesson;
    if (!parts || parts === this.warmed) return;
    this.warmed = parts;
    guard.run('element.warm', undefined, () => parts.voice.warm());
  }
  private get inline(): boolean {
    return this.variant === 'inline';
  }
  private readonly onKeydown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !this.inline && !event.isComposing) this.open = false;
    // The page's own shortcuts must not fire while somebody types here.
    event.stopPropagation();
  };

  /** Lit hands a failing update on to the page as an unhandled rejection; ours stops here. */
  protected override performUpdate(): void {
    this.lesson.guard.run('element.update', undefined, () => super.performUpdate());
  }
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.get('siteKey')) {
      this.lesson.close({ forget: true });
      this.draft = '';
    }
    if (this.isConnected) this.lesson.open();
    if (changed.has('muted') && (this.muted || changed.get('muted'))) this.mute(this.muted);
    if (this.open || this.inline) this.warm();
    this.toggleAttribute('data-dark', this.theme === 'dark' || (this.theme !== 'light' && this.dark?.matches === true));
    this.hadFocus = this.shadowRoot?.activeElement != null;
    this.follow.drawing(this.lesson.entries.length);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const root = this.renderRoot;
    showPanel(root);
    this.slots.moveTo(root.querySelector('.slot'));
    this.follow.drawn(root);
    const opened = changed.get('open') === false && this.open && !this.inline;
    if (changed.get('open') === true && !this.open) root.querySelector<HTMLElement>('.launcher')?.focus();
    // What had the focus is gone with its view, and a keyboard must not be sent back to the top of the page.
    else if (opened || (this.hadFocus && this.shadowRoot?.activeElement == null)) focusMain(root);
    if (this.lesson.entries.some(({ kind }) => kind === 'formula'))
      void this.guarded('math', () => import('../transcript/math/define-math.js'));
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.siteKey) return nothing;
    const { snapshot } = this.lesson;
    const panel = this.open || this.inline ? this.panel() : nothing;
    if (this.inline) return html`${panel}`;
    const toggle = () => (this.open = !this.open);
    return html`${launcherView({ open: this.open, live: isLive(this.lesson.snapshot), snapshot }, { toggle, warm: () => this.warm() })}${panel}`;
  }
  private panel(): TemplateResult {
    const model = this.model();
    return panelView(model, this.actions, {
      topic: this.topic,
      inline: this.inline,
      live: isLive(this.lesson.snapshot),
      body: this.body(model),
      close: () => (this.open = false),
      onKeydown: this.onKeydown,
    });
  }
  private body(model: ViewModel): TemplateResult {
    const { setupProblem, consent } = this.lesson;
    if (setupProblem) return html`<div class="body"><p class="alert" role="alert">${errorText[setupProblem]}</p></div>`;
    if (isLive(this.lesson.snapshot)) return lessonView(model, this.actions);
    return consent?.given() ? startView(model, this.actions) : consentView(model, this.actions);
  }
  private model(): ViewModel {
    const { snapshot, entries, parts, micProblem } = this.lesson;
    return {
      snapshot,
      entries,
      notice: noticeOf(snapshot, navigator.onLine, micProblem),
      draft: this.draft,
      minors: parts?.config.current()?.site.audience === 'minors',
      copied: this.copying.outcome(),
      unseen: this.follow.unseen(),
      math: this.math,
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'voice-tutor': VoiceTutor;
  }
}
