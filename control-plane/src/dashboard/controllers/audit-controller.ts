/** The audit log, newest first, a page at a time. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AuditPage } from '@voice-tutor/sdk/contracts/operator.js';
import type { ApiClient } from '../api-client.js';
import { errorText } from '../outcome.js';
import { LoadController } from './load-controller.js';
import type { Announce } from './notice-controller.js';

/** Entries of one page, as the contract says; fewer mean that the log ends there. */
const PAGE = 100;
/** Older entries kept in the page; whoever wants all of them reads the log by the API. */
const KEPT = 1000;

/** Keeps the entries read so far. */
export class AuditController implements ReactiveController {
  readonly page: LoadController<AuditPage>;
  /** True while an older page is being read. */
  readingOlder = false;
  /** True when there may be older entries than those shown. */
  hasOlder = false;
  readonly #host: ReactiveControllerHost;
  readonly #api: Pick<ApiClient, 'audit'>;
  readonly #announce: Announce;

  constructor(
    host: ReactiveControllerHost,
    { api, announce }: { readonly api: Pick<ApiClient, 'audit'>; readonly announce: Announce },
  ) {
    this.#host = host;
    this.#api = api;
    this.#announce = announce;
    this.page = new LoadController(host, async () => {
      const outcome = await api.audit(null);
      if (outcome.ok) this.hasOlder = outcome.value.entries.length >= PAGE;
      return outcome;
    });
    host.addController(this);
  }

  hostDisconnected(): void {
    this.readingOlder = false;
  }

  /** Reads the page before the oldest entry shown. */
  async loadOlder(): Promise<void> {
    const shown = this.page.value;
    const oldest = shown?.entries.at(-1);
    if (!shown || !oldest || this.readingOlder) return;
    this.readingOlder = true;
    this.#host.requestUpdate();
    const outcome = await this.#api.audit(oldest.seq);
    this.readingOlder = false;
    if (outcome.ok && this.page.value === shown) {
      const entries = [...shown.entries, ...outcome.value.entries].slice(0, KEPT);
      this.hasOlder = outcome.value.entries.length >= PAGE && entries.length < KEPT;
      this.page.set({ entries, intact: outcome.value.intact });
    } else if (!outcome.ok) this.#announce('error', `Older entries could not be read. ${errorText(outcome.error)}`);
    this.#host.requestUpdate();
  }
}
