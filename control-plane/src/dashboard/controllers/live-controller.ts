/** The live connection while somebody is signed in: who is connected, and whether the control plane is there. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Delivery } from '@voice-tutor/sdk/contracts/operator.js';
import { openLive, type LiveDeps, type MetricPoint } from '../live.js';

/** Where the connection stands. */
export type LivePhase = 'connecting' | 'live' | 'lost';

/** What the controller needs. */
export interface LiveControllerDeps {
  readonly ports: LiveDeps;
  readonly onRevision: (revision: number) => void;
  readonly onMetric: (name: string, point: MetricPoint) => void;
  /** The connection came back after it was lost: lists may have missed something. */
  readonly onReturn: () => void;
  /** The control plane answered no: perhaps the session has ended. */
  readonly onRefused: () => void;
}

/** Keeps the newest delivery and the connection's phase. */
export class LiveController implements ReactiveController {
  phase: LivePhase = 'connecting';
  delivery: Delivery | null = null;
  readonly #host: ReactiveControllerHost;
  readonly #deps: LiveControllerDeps;
  #end: (() => void) | null = null;

  constructor(host: ReactiveControllerHost, deps: LiveControllerDeps) {
    this.#host = host;
    this.#deps = deps;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  /** Opens the connection unless it is open. */
  start(): void {
    if (this.#end) return;
    this.phase = 'connecting';
    this.#end = openLive(this.#deps.ports, {
      onDelivery: (delivery) => {
        this.delivery = delivery;
        this.#host.requestUpdate();
      },
      onMetric: this.#deps.onMetric,
      onRevision: this.#deps.onRevision,
      onOpen: () => {
        const returned = this.phase === 'lost';
        this.#to('live');
        if (returned) this.#deps.onReturn();
      },
      onLost: (refused) => {
        this.#to('lost');
        if (refused) this.#deps.onRefused();
      },
    });
  }

  /** Ends the connection and forgets what it told. */
  stop(): void {
    this.#end?.();
    this.#end = null;
    this.delivery = null;
    this.#to('connecting');
  }

  #to(phase: LivePhase): void {
    this.phase = phase;
    this.#host.requestUpdate();
  }
}
