/** The flag list and switching a flag: one change at a time, each against the revision that the operator saw. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { FlagList } from '@voice-tutor/sdk/contracts/operator.js';
import type { ApiClient } from '../api-client.js';
import { errorText } from '../outcome.js';
import { describeFlagChanges } from './flag-changes.js';
import { LoadController } from './load-controller.js';
import type { Announce } from './notice-controller.js';

/** What the controller needs. */
export interface FlagsDeps {
  readonly api: Pick<ApiClient, 'flags' | 'setFlag'>;
  readonly announce: Announce;
  /** Called after a change of ours was accepted. */
  readonly onChanged: () => void;
}

/** Keeps the list and the flag that is being switched. */
export class FlagsController implements ReactiveController {
  readonly list: LoadController<FlagList>;
  /** Key of the flag whose change is under way; null otherwise. */
  busyKey: string | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #deps: FlagsDeps;

  constructor(host: ReactiveControllerHost, deps: FlagsDeps) {
    this.#host = host;
    this.#deps = deps;
    this.list = new LoadController(host, () => deps.api.flags());
    host.addController(this);
  }

  hostDisconnected(): void {
    this.busyKey = null;
  }

  /** Reads the list again when `revision` is newer than the one shown. */
  heardRevision(revision: number): boolean {
    const shown = this.list.value?.revision ?? -1;
    if (revision <= shown || this.busyKey !== null) return false;
    void this.list.load();
    return true;
  }

  /** Turns a flag on or off, unless another change is under way. */
  async set(flagKey: string, enabled: boolean): Promise<void> {
    const seen = this.list.value;
    if (!seen || this.busyKey !== null) return;
    this.#busy(flagKey);
    const outcome = await this.#deps.api.setFlag(flagKey, { enabled, expectedRevision: seen.revision });
    const reread = await this.list.load();
    this.#busy(null);
    if (outcome.ok) {
      this.#deps.announce(
        'success',
        `${flagKey} is ${enabled ? 'on' : 'off'} since revision ${outcome.value.revision}.`,
      );
      this.#deps.onChanged();
      return;
    }
    if (outcome.error.reason !== 'conflict' || !reread.ok)
      return this.#deps.announce('error', `${flagKey} was not changed. ${errorText(outcome.error)}`);
    const theirs = describeFlagChanges(seen.flags, reread.value.flags);
    const what = theirs.length > 0 ? `Meanwhile ${theirs.join(', ')}` : 'Something else was changed meanwhile';
    this.#deps.announce(
      'error',
      `${flagKey} was not changed. ${what} (revision ${reread.value.revision}). The list is up to date now: decide again.`,
    );
    this.#deps.onChanged();
  }

  #busy(flagKey: string | null): void {
    this.busyKey = flagKey;
    this.#host.requestUpdate();
  }
}
