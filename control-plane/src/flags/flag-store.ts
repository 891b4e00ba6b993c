/** Rows of flags, the revision and decisions. */
import { Decision } from '@voice-tutor/sdk/contracts/decisions.js';
import type { Queryable, Tx } from '../platform/db/db.js';
import { FlagDocument } from './flag-rules.js';

/** A stored flag. */
export interface StoredFlag {
  readonly flagKey: string;
  readonly document: FlagDocument;
  readonly description: string;
  readonly changedAtMs: number;
}

/** All flags by key. */
export async function readFlags(db: Queryable): Promise<readonly StoredFlag[]> {
  const { rows } = await db.query('select flag_key, document, description, changed_at from flag order by flag_key');
  return rows.map((row) => ({
    flagKey: row['flag_key'] as string,
    document: FlagDocument.parse(row['document']),
    description: row['description'] as string,
    changedAtMs: (row['changed_at'] as Date).getTime(),
  }));
}

/** The present revision. */
export async function readRevision(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ revision: number }>(
    `select revision from flag_set where environment = 'production'`,
  );
  return rows[0]?.revision ?? 0;
}

/** The present revision, held until the transaction ends, so that changes take turns. */
export async function lockRevision(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ revision: number }>(
    `select revision from flag_set where environment = 'production' for update`,
  );
  return rows[0]?.revision ?? 0;
}

/** The present revision; changes wait until the transaction ends, so that whatever else it reads belongs to it. */
export async function shareRevision(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ revision: number }>(
    `select revision from flag_set where environment = 'production' for share`,
  );
  return rows[0]?.revision ?? 0;
}

/** Moves on to the next revision and returns it. */
export async function nextRevision(tx: Tx): Promise<number> {
  const { rows } = await tx.query<{ revision: number }>(
    `update flag_set set revision = revision + 1, changed_at = clock_timestamp() where environment = 'production' returning revision`,
  );
  return rows[0]?.revision ?? 0;
}

/** Takes a checkpoint of the present. */
export async function takeCheckpoint(
  tx: Tx,
  checkpoint: { readonly id: string; readonly name: string; readonly kind: 'auto' | 'named'; readonly actor: string },
): Promise<void> {
  await tx.query('select take_checkpoint($1, $2, $3, $4)', [
    checkpoint.id,
    checkpoint.name,
    checkpoint.kind,
    checkpoint.actor,
  ]);
}

/** Stores a flag's document. */
export async function writeFlag(tx: Tx, flagKey: string, document: FlagDocument, actor: string): Promise<void> {
  await tx.query(
    'update flag set document = $2::jsonb, changed_at = clock_timestamp(), changed_by = $3 where flag_key = $1',
    [flagKey, JSON.stringify(document), actor],
  );
}

/** Adds a flag that does not exist yet; true when it was added. */
export async function addFlag(tx: Tx, flagKey: string, document: FlagDocument, description: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into flag(flag_key, document, description, changed_by) values ($1, $2::jsonb, $3, 'system:seed') on conflict do nothing`,
    [flagKey, JSON.stringify(document), description],
  );
  return rowCount > 0;
}

/** Records a decision. */
export async function writeDecision(
  tx: Tx,
  decision: {
    readonly id: string;
    readonly revision: number;
    readonly kind: string;
    readonly payload: object;
    readonly actor: string;
  },
): Promise<void> {
  await tx.query('insert into decision(id, revision, kind, payload, made_by) values ($1, $2, $3, $4::jsonb, $5)', [
    decision.id,
    decision.revision,
    decision.kind,
    JSON.stringify(decision.payload),
    decision.actor,
  ]);
}

/** The newest 50 decisions, newest last; rows of a kind this version does not know are left out. */
export async function readDecisions(db: Queryable): Promise<readonly Decision[]> {
  const { rows } = await db.query('select * from decision order by revision desc, made_at desc limit 50');
  return [...rows].reverse().flatMap((row) => {
    const parsed = Decision.safeParse({
      id: row['id'],
      revision: row['revision'],
      kind: row['kind'],
      madeAtMs: (row['made_at'] as Date).getTime(),
      ...(row['payload'] as object),
    });
    return parsed.success ? [parsed.data] : [];
  });
}
