/** Rows of operators, sign-in tokens and sessions. Sees hashes only; times are epoch milliseconds of the caller's clock. */
import type { Operator } from '@voice-tutor/sdk/contracts/operator.js';
import type { Queryable, Row, Tx } from '../platform/db/db.js';
import type { Role, SignInRefusal } from './access-rules.js';

/** An operator with the key of the row. */
export interface OperatorRow extends Operator {
  readonly operatorId: string;
}

const at = (parameter: string) => `to_timestamp(${parameter}::float8 / 1000)`;

/** Makes the account unless it exists; returns its key. An existing account keeps its role. */
export async function ensureOperator(
  tx: Tx,
  account: { operatorId: string; name: string; role: Role; nowMs: number },
): Promise<string> {
  const { rows } = await tx.query<{ operator_id: string }>(
    `insert into operator(operator_id, name, role, created_at) values ($1, $2, $3, ${at('$4')})
     on conflict (name) do update set name = excluded.name returning operator_id`,
    [account.operatorId, account.name, account.role, account.nowMs],
  );
  return rows[0]?.operator_id ?? account.operatorId;
}

/** Keeps the hash of a new token. */
export async function addToken(
  tx: Tx,
  token: { tokenHash: string; operatorId: string; expiresAtMs: number },
): Promise<void> {
  await tx.query(`insert into sign_in_token(token_hash, operator_id, expires_at) values ($1, $2, ${at('$3')})`, [
    token.tokenHash,
    token.operatorId,
    token.expiresAtMs,
  ]);
}

/** Uses a token up: of any number of attempts at once, one gets the operator and the others null. */
export async function takeToken(tx: Tx, tokenHash: string, nowMs: number): Promise<OperatorRow | null> {
  const { rows } = await tx.query(
    `update sign_in_token t set used_at = ${at('$2')} from operator o
     where t.token_hash = $1 and t.used_at is null and t.expires_at > ${at('$2')} and o.operator_id = t.operator_id
     returning o.operator_id, o.name, o.role`,
    [tokenHash, nowMs],
  );
  return rows[0] ? toOperator(rows[0]) : null;
}

/** Why `takeToken` gave nothing. */
export async function whyRefused(db: Queryable, tokenHash: string): Promise<SignInRefusal> {
  const { rows } = await db.query<{ used: boolean }>(
    'select used_at is not null as used from sign_in_token where token_hash = $1',
    [tokenHash],
  );
  if (!rows[0]) return 'unknown';
  return rows[0].used ? 'used' : 'expired';
}

/** Forgets tokens that expired before `beforeMs`. */
export async function deleteTokens(tx: Tx, beforeMs: number): Promise<void> {
  await tx.query(`delete from sign_in_token where expires_at < ${at('$1')}`, [beforeMs]);
}

/** Opens a session. */
export async function addSession(
  tx: Tx,
  session: { sessionHash: string; operatorId: string; nowMs: number },
): Promise<void> {
  await tx.query(
    `insert into operator_session(session_hash, operator_id, signed_in_at, seen_at) values ($1, $2, ${at('$3')}, ${at('$3')})`,
    [session.sessionHash, session.operatorId, session.nowMs],
  );
}

/** Bounds of a living session: signed in after, last seen after; `slideBeforeMs` null leaves the last use as it is. */
export interface SessionBounds {
  readonly nowMs: number;
  readonly signedInAfterMs: number;
  readonly seenAfterMs: number;
  readonly slideBeforeMs: number | null;
}

/** Finds the operator of a living session, and moves its last use when that is older than `slideBeforeMs`. */
export async function findSession(
  db: Queryable,
  sessionHash: string,
  bounds: SessionBounds,
): Promise<OperatorRow | null> {
  const { rows } = await db.query(
    `with living as (
       select s.session_hash, s.seen_at, o.operator_id, o.name, o.role
       from operator_session s join operator o on o.operator_id = s.operator_id
       where s.session_hash = $1 and s.signed_in_at > ${at('$3')} and s.seen_at > ${at('$4')}
     ), slid as (
       update operator_session set seen_at = ${at('$2')}
       where session_hash in (select session_hash from living where seen_at < ${at('$5')})
     ) select operator_id, name, role from living`,
    [sessionHash, bounds.nowMs, bounds.signedInAfterMs, bounds.seenAfterMs, bounds.slideBeforeMs],
  );
  return rows[0] ? toOperator(rows[0]) : null;
}

/** Ends a session; returns whose it was, null when there was none. */
export async function deleteSession(tx: Tx, sessionHash: string): Promise<OperatorRow | null> {
  const { rows } = await tx.query(
    `delete from operator_session s using operator o
     where s.session_hash = $1 and o.operator_id = s.operator_id returning o.operator_id, o.name, o.role`,
    [sessionHash],
  );
  return rows[0] ? toOperator(rows[0]) : null;
}

/** Forgets dead sessions of everybody, and the operator's oldest beyond `keep`. */
export async function pruneSessions(
  tx: Tx,
  prune: { operatorId: string; keep: number; signedInAfterMs: number; seenAfterMs: number },
): Promise<void> {
  await tx.query(
    `delete from operator_session where signed_in_at <= ${at('$3')} or seen_at <= ${at('$4')} or session_hash in (
       select session_hash from operator_session where operator_id = $1 order by signed_in_at desc, session_hash offset $2::int)`,
    [prune.operatorId, prune.keep, prune.signedInAfterMs, prune.seenAfterMs],
  );
}

function toOperator(row: Row): OperatorRow {
  // The table's own check keeps the role inside the union.
  return { operatorId: row['operator_id'] as string, name: row['name'] as string, role: row['role'] as Role };
}
