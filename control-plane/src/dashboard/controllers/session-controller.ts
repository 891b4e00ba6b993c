/** Who is signed in: from the token in the address, from the cookie, or from a pasted link. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Operator } from '@voice-tutor/sdk/contracts/operator.js';
import type { ApiClient } from '../api-client.js';
import { errorText, type Outcome } from '../outcome.js';
import type { DashboardPorts } from '../ports.js';

/** Where signing in stands. */
export type SessionState =
  | { readonly phase: 'checking' }
  | { readonly phase: 'unreachable' }
  /** `message` says why the form is shown, or what went wrong; null at a first visit. */
  | { readonly phase: 'signed-out'; readonly message: string | null; readonly busy: boolean }
  | { readonly phase: 'signed-in'; readonly operator: Operator };

/** What the controller needs. */
export interface SessionDeps {
  readonly api: Pick<ApiClient, 'signIn' | 'signOut' | 'me'>;
  readonly ports: Pick<DashboardPorts, 'takeToken' | 'onFragment'>;
  /** Called with each change between being signed in and not. */
  readonly onChange: (signedIn: boolean) => void;
}

/** Keeps the session's state and performs signing in and out. */
export class SessionController implements ReactiveController {
  state: SessionState = { phase: 'checking' };
  readonly #host: ReactiveControllerHost;
  readonly #deps: SessionDeps;
  #stop = () => {};

  constructor(host: ReactiveControllerHost, deps: SessionDeps) {
    this.#host = host;
    this.#deps = deps;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = this.#deps.ports.onFragment(() => {
      const token = this.#deps.ports.takeToken();
      if (token !== null) void this.#enter(token);
    });
    void this.start();
  }

  hostDisconnected(): void {
    this.#stop();
    this.#stop = () => {};
  }

  /** Uses the token in the address, else asks who the cookie belongs to. */
  async start(): Promise<void> {
    const token = this.#deps.ports.takeToken();
    if (token !== null) return this.#enter(token);
    this.#to({ phase: 'checking' });
    this.#settle(await this.#deps.api.me(), null);
  }

  /** Signs in with a pasted token. */
  async signIn(token: string): Promise<void> {
    this.#to({ phase: 'signed-out', message: null, busy: true });
    const outcome = await this.#deps.api.signIn(token);
    if (outcome.ok) this.#to({ phase: 'signed-in', operator: outcome.value });
    else this.#to({ phase: 'signed-out', message: errorText(outcome.error), busy: false });
  }

  /** Ends the session here and at the control plane; resolves to false when it could not be told. */
  async signOut(): Promise<boolean> {
    const outcome = await this.#deps.api.signOut();
    if (outcome.ok) this.#to({ phase: 'signed-out', message: 'You are signed out.', busy: false });
    return outcome.ok;
  }

  /** The control plane no longer knows the session. */
  ended(): void {
    if (this.state.phase === 'signed-in')
      this.#to({ phase: 'signed-out', message: 'Your session has ended. Sign in again.', busy: false });
  }

  /** A used link opened again by somebody who is still signed in is no error: the cookie is asked before the form is shown. */
  async #enter(token: string): Promise<void> {
    this.#to({ phase: 'checking' });
    const entered = await this.#deps.api.signIn(token);
    if (entered.ok) return this.#settle(entered, null);
    this.#settle(await this.#deps.api.me(), errorText(entered.error));
  }

  #settle(outcome: Outcome<Operator>, message: string | null): void {
    if (outcome.ok) this.#to({ phase: 'signed-in', operator: outcome.value });
    else if (outcome.error.reason === 'signed-out') this.#to({ phase: 'signed-out', message, busy: false });
    else this.#to({ phase: 'unreachable' });
  }

  #to(state: SessionState): void {
    const was = this.state.phase === 'signed-in';
    this.state = state;
    this.#host.requestUpdate();
    const is = state.phase === 'signed-in';
    if (was !== is) this.#deps.onChange(is);
  }
}
