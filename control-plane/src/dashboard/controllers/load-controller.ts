/** Something read from the control plane: loading, ready, or failed. Knows nothing of what it is. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ApiError, Outcome } from '../outcome.js';

/** Where a reading stands. A failed reload keeps the last good value. */
export type Loadable<T> =
  | { readonly phase: 'loading' }
  | { readonly phase: 'ready'; readonly value: T }
  | { readonly phase: 'failed'; readonly error: ApiError };

/** Reads again on demand; of readings that overlap, only the newest counts. */
export class LoadController<T> implements ReactiveController {
  state: Loadable<T> = { phase: 'loading' };
  readonly #host: ReactiveControllerHost;
  readonly #read: () => Promise<Outcome<T>>;
  #newest = 0;

  constructor(host: ReactiveControllerHost, read: () => Promise<Outcome<T>>) {
    this.#host = host;
    this.#read = read;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#newest += 1;
  }

  /** The value, or null before the first one. */
  get value(): T | null {
    return this.state.phase === 'ready' ? this.state.value : null;
  }

  /** Puts a value that is known by other means, e.g. from a stream. */
  set(value: T): void {
    this.state = { phase: 'ready', value };
    this.#host.requestUpdate();
  }

  /** Forgets everything; a reading under way no longer counts. */
  reset(): void {
    this.#newest += 1;
    this.state = { phase: 'loading' };
    this.#host.requestUpdate();
  }

  /** Reads anew; resolves to what was read. */
  async load(): Promise<Outcome<T>> {
    this.#newest += 1;
    const own = this.#newest;
    if (this.state.phase === 'failed') this.state = { phase: 'loading' };
    this.#host.requestUpdate();
    const outcome = await this.#read();
    if (own !== this.#newest) return outcome;
    if (outcome.ok) this.state = { phase: 'ready', value: outcome.value };
    else if (this.state.phase !== 'ready') this.state = { phase: 'failed', error: outcome.error };
    this.#host.requestUpdate();
    return outcome;
  }
}
