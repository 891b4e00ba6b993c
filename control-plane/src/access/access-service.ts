/**
 * Signing operators in and out. Owns the transactions and their audit entries; knows no HTTP.
 *
 * Sessions are our own three statements rather than express-session with connect-pg-simple, because that pair
 * keeps session ids in the clear beside a signing secret we would have to store, saves by upsert (a stream that
 * ends after sign-out would bring the session back), drops its Secure cookie when TLS ends in front of us, and
 * takes the time from the machine, so that the two limits could not be tried with a clock.
 */
import { createHash } from 'node:crypto';
import type { Operator } from '@voice-tutor/sdk/contracts/operator.js';
import type { AppendAudit } from '../domain/ports.js';
import type { Clock, Ids } from '../platform/clock.js';
import type { Db } from '../platform/db/db.js';
import type { Log } from '../platform/log.js';
import { err, ok, type Result } from '../platform/result.js';
import { nextRefusal, noRefusals, type AccessOptions, type SignInRefusal } from './access-rules.js';
import * as store from './access-store.js';

/** The account that a link printed at start signs in to. */
const FIRST_OPERATOR = 'admin';

/** What the service needs of outside. */
export interface AccessServiceDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly appendAudit: AppendAudit;
  readonly log: Log;
  /** Where browsers reach us: scheme, host and port. Asked each time, because a free port is known late. */
  readonly publicUrl: () => string;
}

/** A session just opened; `secret` is the cookie's value and exists nowhere else. */
export interface OpenedSession {
  readonly operator: Operator;
  readonly secret: string;
}

/** Signing in and out. */
export interface AccessService {
  /** A link that signs in once, see `AccessOptions.linkLifeMs`. The token stands in the fragment, which browsers send to nobody. */
  issueSignInLink(): Promise<string>;
  /** Uses a token up. `previous` is the cookie's old session, ended when the new one opens. */
  signIn(token: string, previous: string | null): Promise<Result<OpenedSession, SignInRefusal>>;
  /** Ends a session; harmless when there is none. */
  signOut(secret: string): Promise<void>;
  /** Whose living session it is. `slides` counts this as use, which a stream that opens by itself is not. */
  operatorOf(secret: string, options: { readonly slides: boolean }): Promise<Operator | null>;
  /** Records that somebody was refused; a flood is counted, not written. */
  recordRefusal(refusal: {
    readonly actor: Operator | null;
    readonly action: string;
    readonly subject: string;
    readonly reason: string;
  }): Promise<void>;
}

/** Secrets carry 256 random bits, so a plain hash cannot be searched, and comparing hashes tells a timer nothing of the secret. */
function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Creates the service. */
export function createAccessService(deps: AccessServiceDeps, options: AccessOptions): AccessService {
  const { db, clock, ids, appendAudit, log } = deps;
  let refusals = noRefusals;
  const ages = () => {
    const nowMs = clock.nowMs();
    return { nowMs, signedInAfterMs: nowMs - options.sessionLifeMs, seenAfterMs: nowMs - options.sessionIdleMs };
  };
  const plain = ({ name, role }: Operator): Operator => ({ name, role });

  const recordRefusal: AccessService['recordRefusal'] = async ({ actor, action, subject, reason }) => {
    const step = nextRefusal(refusals, clock.nowMs(), options.auditedRefusalsPerMinute);
    refusals = step.window;
    if (!step.write) {
      // One line when the minute's bound is first passed; the next entry says how many followed.
      if (step.window.suppressed === 1)
        log.warn({ action, reason }, 'refusals are only counted for the rest of this minute');
      return;
    }
    const detail = step.alsoRefused > 0 ? { reason, alsoRefused: step.alsoRefused } : { reason };
    const who = actor
      ? ({ kind: 'operator', name: actor.name } as const)
      : ({ kind: 'system', name: 'access' } as const);
    await db.tx((tx) => appendAudit(tx, { actor: who, action, subject, detail }));
  };

  return {
    recordRefusal,
    async issueSignInLink() {
      const token = ids.secret();
      const nowMs = clock.nowMs();
      await db.tx(async (tx) => {
        const operatorId = await store.ensureOperator(tx, {
          operatorId: ids.uuid(),
          name: FIRST_OPERATOR,
          role: 'admin',
          nowMs,
        });
        // A day more than their life, so that an old link is still told apart from an unknown one.
        await store.deleteTokens(tx, nowMs - 86_400_000);
        await store.addToken(tx, { tokenHash: hashSecret(token), operatorId, expiresAtMs: nowMs + options.linkLifeMs });
        const detail = { lifeMinutes: options.linkLifeMs / 60_000 };
        await appendAudit(tx, {
          actor: { kind: 'system', name: 'access' },
          action: 'operator.sign-in-link-issued',
          subject: FIRST_OPERATOR,
          detail,
        });
      });
      return `${deps.publicUrl()}/dashboard/#token=${token}`;
    },
    async signIn(token, previous) {
      const tokenHash = hashSecret(token);
      const secret = ids.secret();
      const { nowMs, ...bounds } = ages();
      const opened = await db.tx(async (tx) => {
        const operator = await store.takeToken(tx, tokenHash, nowMs);
        if (!operator) return null;
        const { operatorId } = operator;
        if (previous !== null) await store.deleteSession(tx, hashSecret(previous));
        await store.addSession(tx, { sessionHash: hashSecret(secret), operatorId, nowMs });
        await store.pruneSessions(tx, { operatorId, keep: options.sessionsPerOperator, ...bounds });
        await appendAudit(tx, {
          actor: { kind: 'operator', name: operator.name },
          action: 'operator.signed-in',
          subject: operator.name,
          detail: { by: 'link' },
        });
        return operator;
      });
      if (opened) return ok({ operator: plain(opened), secret });
      const reason = await store.whyRefused(db, tokenHash);
      await recordRefusal({ actor: null, action: 'operator.sign-in-refused', subject: 'sign-in', reason });
      return err(reason);
    },
    async signOut(secret) {
      await db.tx(async (tx) => {
        const operator = await store.deleteSession(tx, hashSecret(secret));
        if (!operator) return;
        await appendAudit(tx, {
          actor: { kind: 'operator', name: operator.name },
          action: 'operator.signed-out',
          subject: operator.name,
          detail: {},
        });
      });
    },
    async operatorOf(secret, { slides }) {
      const bounds = ages();
      const operator = await store.findSession(db, hashSecret(secret), {
        ...bounds,
        slideBeforeMs: slides ? bounds.nowMs - options.seenEveryMs : null,
      });
      return operator ? plain(operator) : null;
    },
  };
}
