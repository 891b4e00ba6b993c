/** What views ask for: bubbling, composed events with a typed detail. Views themselves change nothing. */
import type { MetricName } from '../controllers/metric-controller.js';
import type { RollbackTarget } from '../controllers/rollback-controller.js';

/** Each request and what it carries. */
export interface Requests {
  'vt-sign-in': { readonly token: string };
  'vt-retry': null;
  'vt-copy': { readonly text: string; readonly what: string };
  'vt-flag-set': { readonly flagKey: string; readonly enabled: boolean };
  'vt-checkpoint-take': { readonly name: string };
  'vt-rollback-open': RollbackTarget;
  'vt-rollback-confirm': null;
  'vt-rollback-undo': null;
  'vt-rollback-close': null;
  'vt-audit-older': null;
  'vt-metric-select': { readonly name: MetricName };
}

type RequestEvents = { [T in keyof Requests]: CustomEvent<Requests[T]> };

declare global {
  // The map lets listeners know each detail.
  interface HTMLElementEventMap extends RequestEvents {}
}

/** Sends a request from an element. */
export function request<T extends keyof Requests>(from: EventTarget, type: T, detail: Requests[T]): void {
  from.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
}

/** Sends a request from where an event was heard, for templates that belong to no element. */
export function requestFrom<T extends keyof Requests>(event: Event, type: T, detail: Requests[T]): void {
  if (event.currentTarget) request(event.currentTarget, type, detail);
}
