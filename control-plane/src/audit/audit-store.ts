/** The audit log's rows. Sequence, link and hash are the database's own work (migration 001). */
import type { AuditRow } from '@voice-tutor/sdk/contracts/operator.js';
import type { AppendAudit } from '../domain/ports.js';
import type { Queryable, Row } from '../platform/db/db.js';

/** Appends one entry in the caller's transaction. */
export const appendAudit: AppendAudit = async (tx, { actor, action, subject, detail }) => {
  await tx.query('insert into audit(actor, action, subject, payload) values ($1, $2, $3, $4::jsonb)', [
    `${actor.kind}:${actor.name}`,
    action,
    subject,
    JSON.stringify(detail),
  ]);
};

/** One page, newest first; `before` is the seq of the last entry already seen. */
export async function readAudit(db: Queryable, before: number | null, limit: number): Promise<readonly AuditRow[]> {
  const { rows } = await db.query(
    'select seq, at, actor, action, subject, payload, hash from audit where $1::bigint is null or seq < $1 order by seq desc limit $2',
    [before, limit],
  );
  return rows.map(toRow);
}

/** The first entry that does not fit the chain, or null. */
export async function verifyAudit(db: Queryable): Promise<number | null> {
  const { rows } = await db.query<{ bad: number | null }>('select audit_verify() as bad');
  return rows[0]?.bad ?? null;
}

function toRow(row: Row): AuditRow {
  return {
    seq: row['seq'] as number,
    atMs: (row['at'] as Date).getTime(),
    actor: row['actor'] as string,
    action: row['action'] as string,
    subject: row['subject'] as string,
    detail: row['payload'] as Record<string, unknown>,
    hash: Buffer.from(row['hash'] as Uint8Array).toString('hex'),
  };
}
