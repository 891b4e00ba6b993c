/** What an operator may do and how long: pure decisions. Knows no database and no HTTP library. */
import type { Operator } from '@voice-tutor/sdk/contracts/operator.js';

/** A role; each may do all that the one before may. */
export type Role = Operator['role'];

/** Why a sign-in was refused. `used` and `expired` are told apart only for whoever holds the token itself. */
export type SignInRefusal = 'unknown' | 'used' | 'expired';

/** Bounds of sign-in and of a session, each with its reason. */
export interface AccessOptions {
  /** Life of a sign-in link. Long enough to get from the terminal to a browser, too short to be found in a scrollback or a build log. */
  readonly linkLifeMs: number;
  /** Longest session, a working day: a stolen cookie ends with it however busy it is kept. */
  readonly sessionLifeMs: number;
  /** Longest pause between requests: a lunch, not a night. */
  readonly sessionIdleMs: number;
  /** A session's last use is written at most this often: one write a minute instead of one for each request. */
  readonly seenEveryMs: number;
  /** Sessions of one operator at once; the oldest goes first. Enough for every device, a bound for a script that signs in for ever. */
  readonly sessionsPerOperator: number;
  /** Sign-in attempts of one address in a minute: many for a person, nothing for a guesser of 256 bits. */
  readonly attemptsPerMinute: number;
  /** Refusals written to the audit log in a minute; the others are counted into the next entry, so a flood cannot bury the log. */
  readonly auditedRefusalsPerMinute: number;
}

/** Bounds in force unless told otherwise. */
export const defaults: AccessOptions = {
  linkLifeMs: 15 * 60_000,
  sessionLifeMs: 12 * 3_600_000,
  sessionIdleMs: 2 * 3_600_000,
  seenEveryMs: 60_000,
  sessionsPerOperator: 20,
  attemptsPerMinute: 10,
  auditedRefusalsPerMinute: 10,
};

const ranks: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 };

/** True when `role` may do what asks for `needed`. */
export function mayAct(role: Role, needed: Role): boolean {
  return ranks[role] >= ranks[needed];
}

/** True for methods that change nothing by the definition of HTTP (RFC 9110, section 9.2.1). */
export function isSafeMethod(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}

/** The role a request needs when its route names none: looking needs `viewer`, changing `operator`. */
export function roleFor(method: string): Role {
  return isSafeMethod(method) ? 'viewer' : 'operator';
}

/** Headers that say where a request comes from; a page's script cannot set either. */
export interface SourceHeaders {
  readonly origin: string | undefined;
  readonly fetchSite: string | undefined;
}

/**
 * True when a request was made by our own pages: what is sent must agree, and something must be sent.
 *
 * @param publicOrigin scheme, host and port, compared exactly; `null`, a suffix or another port is another origin.
 */
export function isSameOrigin({ origin, fetchSite }: SourceHeaders, publicOrigin: string): boolean {
  if (origin === undefined && fetchSite === undefined) return false;
  if (origin !== undefined && origin !== publicOrigin) return false;
  return fetchSite === undefined || fetchSite === 'same-origin';
}

/** The session cookie's name: with TLS the `__Host-` prefix, which a browser takes only with Secure, path `/` and no domain. */
export function cookieName(publicUrl: string): string {
  return isTls(publicUrl) ? '__Host-vt_operator' : 'vt_operator';
}

/** True when browsers reach us by TLS. */
export function isTls(publicUrl: string): boolean {
  return publicUrl.startsWith('https:');
}

/** Refusals of the present minute: how many were written and how many only counted. */
export interface RefusalWindow {
  readonly startMs: number;
  readonly written: number;
  readonly suppressed: number;
}

/** Nothing refused yet. */
export const noRefusals: RefusalWindow = { startMs: 0, written: 0, suppressed: 0 };

/** Decides whether a refusal gets an entry of its own; `alsoRefused` is what that entry must count as well. */
export function nextRefusal(
  window: RefusalWindow,
  nowMs: number,
  perMinute: number,
): { readonly window: RefusalWindow; readonly write: boolean; readonly alsoRefused: number } {
  const fresh =
    nowMs - window.startMs >= 60_000 ? { startMs: nowMs, written: 0, suppressed: window.suppressed } : window;
  if (fresh.written >= perMinute) {
    return { window: { ...fresh, suppressed: fresh.suppressed + 1 }, write: false, alsoRefused: 0 };
  }
  return {
    window: { ...fresh, written: fresh.written + 1, suppressed: 0 },
    write: true,
    alsoRefused: fresh.suppressed,
  };
}
