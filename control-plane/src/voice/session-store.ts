/** Rows of sessions that may be resumed by another process: who and about what, never a word that was said. */
import type { Queryable } from '../platform/db/db.js';

/** A session as another process needs it. */
export interface StoredSession {
  readonly sessionId: string;
  readonly siteKey: string;
  readonly origin: string;
  readonly lang: string;
  readonly topic: string | undefined;
  readonly grade: string | undefined;
}

/** Remembers a session under the hash of its present resume token. */
export async function keepSession(db: Queryable, session: StoredSession, tokenHash: string): Promise<void> {
  await db.query(
    `insert into voice_session(session_id, token_hash, site_key, origin, lang, topic, grade) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (session_id) do update set token_hash = excluded.token_hash, seen_at = clock_timestamp()`,
    [
      session.sessionId,
      tokenHash,
      session.siteKey,
      session.origin,
      session.lang,
      session.topic ?? null,
      session.grade ?? null,
    ],
  );
}

/** Takes a session by its token, so that only one process resumes it; null when there is none younger than `maxAgeMs`. */
export async function takeSession(db: Queryable, tokenHash: string, maxAgeMs: number): Promise<StoredSession | null> {
  const { rows } = await db.query(
    `delete from voice_session where token_hash = $1 and seen_at > clock_timestamp() - make_interval(secs => $2::float8) returning *`,
    [tokenHash, maxAgeMs / 1000],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    sessionId: row['session_id'] as string,
    siteKey: row['site_key'] as string,
    origin: row['origin'] as string,
    lang: row['lang'] as string,
    topic: (row['topic'] as string | null) ?? undefined,
    grade: (row['grade'] as string | null) ?? undefined,
  };
}

/** True when a session of this origin may still be resumed. */
export async function hasSessionOf(db: Queryable, origin: string, maxAgeMs: number): Promise<boolean> {
  const { rows } = await db.query(
    'select 1 from voice_session where origin = $1 and seen_at > clock_timestamp() - make_interval(secs => $2::float8) limit 1',
    [origin, maxAgeMs / 1000],
  );
  return rows.length > 0;
}

/** Says that sessions are still running here. */
export async function touchSessions(db: Queryable, sessionIds: readonly string[]): Promise<void> {
  await db.query('update voice_session set seen_at = clock_timestamp() where session_id = any($1::uuid[])', [
    [...sessionIds],
  ]);
}

/** Forgets a session that ended. By its token, because another process may have it by now under a newer one. */
export async function endSession(db: Queryable, tokenHash: string): Promise<void> {
  await db.query('delete from voice_session where token_hash = $1', [tokenHash]);
}

/** Forgets what is too old to be resumed. */
export async function forgetOldSessions(db: Queryable, maxAgeMs: number): Promise<void> {
  await db.query('delete from voice_session where seen_at < clock_timestamp() - make_interval(secs => $1::float8)', [
    maxAgeMs / 1000,
  ]);
}
