/** Outcomes of asking the control plane, as values, and the sentences that operators read about them. */
import type { ProblemCode } from '@voice-tutor/sdk/contracts/errors.js';

/** Why an answer did not come, or not as hoped. */
export type ApiError =
  /** Nobody answered in time. */
  | { readonly reason: 'offline' }
  /** No session, or the token was refused. */
  | { readonly reason: 'signed-out'; readonly detail: string }
  /** Something was changed between looking and acting. */
  | { readonly reason: 'conflict' }
  /** Any other problem that the control plane named. */
  | { readonly reason: 'refused'; readonly code: ProblemCode; readonly detail: string }
  /** An answer of another form than the contract's: this page is older or newer than the control plane. */
  | { readonly reason: 'unreadable' };

/** Either a value or why there is none. */
export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError };

/** One plain sentence about an error, with what to do. */
export function errorText(error: ApiError): string {
  switch (error.reason) {
    case 'offline':
      return 'The control plane does not answer. Check the connection and try again.';
    case 'signed-out':
      return error.detail || 'Your session has ended. Sign in again.';
    case 'conflict':
      return 'Somebody else changed something in the meantime.';
    case 'refused':
      return error.detail;
    case 'unreadable':
      return 'The answer could not be understood. Reload this page: it may be older than the control plane.';
  }
}
