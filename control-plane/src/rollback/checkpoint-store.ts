/** Rows of checkpoints, and the call of the procedure. */
import type { CheckpointRow } from '@voice-tutor/sdk/contracts/operator.js';
import { CheckpointId } from '@voice-tutor/sdk/contracts/ids.js';
import type { Queryable, Tx } from '../platform/db/db.js';

/** The newest 200. */
export async function readCheckpoints(db: Queryable): Promise<readonly CheckpointRow[]> {
  const { rows } = await db.query(
    'select id, name, kind, revision, taken_at, taken_by, digest from checkpoint order by taken_at desc limit 200',
  );
  return rows.map((row) => ({
    checkpointId: CheckpointId.parse(row['id']),
    name: row['name'] as string,
    kind: row['kind'] as 'auto' | 'named',
    revision: row['revision'] as number,
    takenAtMs: (row['taken_at'] as Date).getTime(),
    takenBy: row['taken_by'] as string,
    digest: row['digest'] as string,
  }));
}

/** A state: objects by `flag/KEY` or `site/KEY`. */
export type State = Readonly<Record<string, unknown>>;

/** The state of a checkpoint beside the present one and its revision; null when there is no such checkpoint. */
export async function readStates(
  db: Queryable,
  id: string,
): Promise<{ readonly target: State; readonly present: State; readonly revision: number } | null> {
  const { rows } = await db.query(
    `select state as target, present_state() as present, (select revision from flag_set where environment = 'production') as held from checkpoint where id = $1`,
    [id],
  );
  const row = rows[0];
  return row
    ? { target: row['target'] as State, present: row['present'] as State, revision: row['held'] as number }
    : null;
}

/** Takes one by hand. */
export async function takeNamed(tx: Tx, id: string, name: string, actor: string): Promise<void> {
  await tx.query(`select take_checkpoint($1, $2, 'named', $3)`, [id, name, actor]);
}

/** Goes back; errors carry the procedure's codes VT404, VT409, VT422. */
export async function callRollback(tx: Tx, id: string, actor: string, expectedRevision: number): Promise<void> {
  await tx.query('call rollback_to_checkpoint($1, $2, $3)', [id, actor, expectedRevision]);
}

/** What the newest rollback of this transaction wrote: the new revision and the checkpoint it took before. */
export async function readOutcome(tx: Tx): Promise<{ readonly revision: number; readonly checkpointId: string }> {
  const { rows } = await tx.query<{ payload: { revision: number; checkpointBefore: string } }>(
    `select payload from audit where action = 'checkpoint.restored' order by seq desc limit 1`,
  );
  const { revision, checkpointBefore } = rows[0]?.payload ?? { revision: 0, checkpointBefore: '' };
  return { revision, checkpointId: checkpointBefore };
}
