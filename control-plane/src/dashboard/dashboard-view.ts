/** The operators' pages, put together: who is signed in, what is live, and which view asks for what. */
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CheckpointRow, Operator } from '@voice-tutor/sdk/contracts/operator.js';
import { createApiClient, type ApiClient } from './api-client.js';
import { AuditController } from './controllers/audit-controller.js';
import { FlagsController } from './controllers/flags-controller.js';
import { LiveController } from './controllers/live-controller.js';
import { LoadController } from './controllers/load-controller.js';
import { MetricController } from './controllers/metric-controller.js';
import { NoticeController } from './controllers/notice-controller.js';
import { RollbackController } from './controllers/rollback-controller.js';
import { SessionController } from './controllers/session-controller.js';
import { errorText } from './outcome.js';
import { browserPorts, type DashboardPorts } from './ports.js';
import { controls } from './styles/controls.js';
import { frame } from './styles/frame.js';
import { tokens } from './styles/tokens.js';
import { headerBlock, messagesBlock } from './views/frame-blocks.js';
import type { Requests } from './views/requests.js';
import './views/audit-view.js';
import './views/chart-view.js';
import './views/checkpoints-view.js';
import './views/flags-view.js';
import './views/live-strip-view.js';
import './views/metrics-view.js';
import './views/rollback-dialog-view.js';
import './views/sign-in-view.js';

type Request<T extends keyof Requests> = CustomEvent<Requests[T]>;

/** The dashboard. Takes no attributes; a test sets `ports` before it is connected. */
@customElement('vt-dashboard')
export class DashboardView extends LitElement {
  static override readonly styles = [tokens, controls, frame];

  /** The browser, or what stands for it. */
  @property({ attribute: false }) ports: DashboardPorts = browserPorts;
  #takingCheckpoint = false;
  #stopMinutes = () => {};

  // The controllers ask by way of this element, so that `ports` may be set after it was made.
  readonly #api: ApiClient = createApiClient({
    fetch: (path, init) => this.ports.fetch(path, init),
    onSignedOut: () => this.#session.ended(),
  });
  readonly #notices = new NoticeController(this);
  readonly #flags = new FlagsController(this, {
    api: this.#api,
    announce: this.#notices.announce,
    onChanged: () => this.#reloadHistory(),
  });
  readonly #checkpoints = new LoadController<readonly CheckpointRow[]>(this, () => this.#api.checkpoints());
  readonly #audit = new AuditController(this, { api: this.#api, announce: this.#notices.announce });
  readonly #metric = new MetricController(this, this.#api);
  readonly #rollback = new RollbackController(this, {
    api: this.#api,
    onChanged: () => {
      void this.#flags.list.load();
      this.#reloadHistory();
    },
  });
  readonly #live = new LiveController(this, {
    ports: {
      openEvents: (path) => this.ports.openEvents(path),
      after: (delayMs, task) => this.ports.after(delayMs, task),
    },
    onRevision: (revision) => {
      if (this.#flags.heardRevision(revision)) this.#reloadHistory();
    },
    onMetric: (name, point) => this.#metric.heardPoint(name, point),
    onReturn: () => this.#reloadAll(),
    onRefused: () => void this.#api.me(),
  });
  readonly #session: SessionController = new SessionController(this, {
    api: this.#api,
    ports: { takeToken: () => this.ports.takeToken(), onFragment: (listener) => this.ports.onFragment(listener) },
    onChange: (signedIn) => this.#onSession(signedIn),
  });

  override render() {
    const { state } = this.#session;
    switch (state.phase) {
      case 'checking':
        return html`<main class="center"><p class="muted" role="status">Opening the dashboard…</p></main>`;
      case 'unreachable':
        return html`<main class="center">
          <div class="state" role="alert">
            <p>The control plane does not answer. Check that it runs and that you are connected.</p>
            <button class="primary" type="button" @click=${() => void this.#session.start()}>Try again</button>
          </div>
        </main>`;
      case 'signed-out':
        return html`<vt-sign-in
          .message=${state.message}
          .busy=${state.busy}
          @vt-sign-in=${({ detail }: Request<'vt-sign-in'>) => void this.#session.signIn(detail.token)}
        ></vt-sign-in>`;
      case 'signed-in':
        return this.#signedIn(state.operator);
    }
  }

  #signedIn(operator: Operator) {
    const nowMs = this.ports.nowMs();
    const mayChange = operator.role !== 'viewer';
    return html`${headerBlock(operator, this.#live.phase, () => void this.#signOut())}
      <main @vt-copy=${({ detail }: Request<'vt-copy'>) => void this.#copy(detail)}>
        <h1 class="visually-hidden">Operations</h1>
        ${messagesBlock(this.#notices.notice, this.#live.phase, () => this.#notices.dismiss())}
        <div class="rows">
          <vt-live-strip .delivery=${this.#live.delivery} .nowMs=${nowMs}></vt-live-strip>
          <div class="pair">
            <vt-flags
              .list=${this.#flags.list.state}
              .busyKey=${this.#flags.busyKey}
              .mayChange=${mayChange}
              .nowMs=${nowMs}
              @vt-retry=${() => void this.#flags.list.load()}
              @vt-flag-set=${({ detail }: Request<'vt-flag-set'>) => void this.#flags.set(detail.flagKey, detail.enabled)}
            ></vt-flags>
            <vt-metrics
              .name=${this.#metric.name}
              .series=${this.#metric.series.state}
              .nowMs=${nowMs}
              @vt-retry=${() => void this.#metric.series.load()}
              @vt-metric-select=${({ detail }: Request<'vt-metric-select'>) => void this.#metric.select(detail.name)}
            ></vt-metrics>
          </div>
          <vt-checkpoints
            .list=${this.#checkpoints.state}
            .busy=${this.#takingCheckpoint}
            .mayChange=${mayChange}
            .nowMs=${nowMs}
            @vt-retry=${() => void this.#checkpoints.load()}
            @vt-checkpoint-take=${({ detail }: Request<'vt-checkpoint-take'>) => void this.#takeCheckpoint(detail.name)}
            @vt-rollback-open=${({ detail }: Request<'vt-rollback-open'>) => void this.#rollback.open(detail)}
          ></vt-checkpoints>
          <vt-audit
            .page=${this.#audit.page.state}
            .hasOlder=${this.#audit.hasOlder}
            .busy=${this.#audit.readingOlder}
            .nowMs=${nowMs}
            @vt-retry=${() => void this.#audit.page.load()}
            @vt-audit-older=${() => void this.#audit.loadOlder()}
          ></vt-audit>
        </div>
      </main>
      <vt-rollback-dialog
        .step=${this.#rollback.state}
        .delivery=${this.#live.delivery}
        @vt-rollback-confirm=${() => void this.#rollback.confirm()}
        @vt-rollback-undo=${() => void this.#rollback.undo()}
        @vt-rollback-close=${() => this.#rollback.close()}
      ></vt-rollback-dialog>`;
  }

  #onSession(signedIn: boolean): void {
    this.#stopMinutes();
    if (signedIn) {
      this.#live.start();
      this.#countMinutes();
      this.#reloadAll();
      return;
    }
    // Nothing of what a session saw stays behind it.
    this.#live.stop();
    this.#rollback.state = { phase: 'closed' };
    this.#notices.dismiss();
    for (const list of [this.#flags.list, this.#checkpoints, this.#audit.page, this.#metric.series]) list.reset();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopMinutes();
  }

  /** Draws anew each minute: the last hour moves on although nothing may happen in it. */
  #countMinutes(): void {
    this.#stopMinutes = this.ports.after(60_000, () => {
      this.requestUpdate();
      this.#countMinutes();
    });
  }

  #reloadAll(): void {
    void this.#flags.list.load();
    void this.#metric.series.load();
    this.#reloadHistory();
  }

  #reloadHistory(): void {
    void this.#checkpoints.load();
    void this.#audit.page.load();
  }

  async #takeCheckpoint(name: string): Promise<void> {
    this.#takingCheckpoint = true;
    this.requestUpdate();
    const outcome = await this.#api.takeCheckpoint(name);
    this.#takingCheckpoint = false;
    this.requestUpdate();
    if (!outcome.ok)
      return this.#notices.announce('error', `The checkpoint was not taken. ${errorText(outcome.error)}`);
    this.#notices.announce('success', `The checkpoint “${name}” is taken.`);
    this.#reloadHistory();
  }

  async #copy({ text, what }: Requests['vt-copy']): Promise<void> {
    const copied = await this.ports.copy(text);
    this.#notices.announce(
      copied ? 'success' : 'error',
      copied ? `Copied the ${what}.` : `The browser does not allow copying here. The ${what} is ${text}.`,
    );
  }

  async #signOut(): Promise<void> {
    if (!(await this.#session.signOut()))
      this.#notices.announce('error', 'You are still signed in: the control plane could not be told. Try again.');
  }
}
