/** Checkpoints: list, take, preview, go back. */
import type { ChangeAnswer, CheckpointList, RollbackPreview } from '@voice-tutor/sdk/contracts/operator.js';
import { CheckpointId } from '@voice-tutor/sdk/contracts/ids.js';
import type { Actor, DeliveryReader } from '../domain/ports.js';
import type { DomainEvent } from '../domain/events.js';
import type { Bus } from '../platform/bus/bus.js';
import type { Clock, Ids } from '../platform/clock.js';
import { DbError } from '../platform/db/db-error.js';
import type { Db } from '../platform/db/db.js';
import { err, ok, type Result } from '../platform/result.js';
import { callRollback, readCheckpoints, readOutcome, readStates, takeNamed } from './checkpoint-store.js';
import { flagImpact } from './impact-rules.js';

/** Why a rollback was refused; nothing was changed. */
export type RollbackRefusal = 'unknown' | 'conflict' | 'damaged';

/** What the rollback room needs. */
export interface CheckpointServiceDeps {
  readonly db: Db;
  readonly bus: Bus<DomainEvent>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly delivery: DeliveryReader;
}

/** The rollback room. */
export interface CheckpointService {
  list(): Promise<CheckpointList>;
  create(name: string, actor: Actor): Promise<CheckpointId>;
  preview(checkpointId: CheckpointId): Promise<RollbackPreview | null>;
  rollbackTo(
    checkpointId: CheckpointId,
    expectedRevision: number,
    actor: Actor,
  ): Promise<Result<ChangeAnswer, RollbackRefusal>>;
}

const refusals: Readonly<Record<string, RollbackRefusal>> = { VT404: 'unknown', VT409: 'conflict', VT422: 'damaged' };

/** Creates the service. */
export function createCheckpointService({ db, bus, clock, ids, delivery }: CheckpointServiceDeps): CheckpointService {
  return {
    async list() {
      return { checkpoints: [...(await readCheckpoints(db))] };
    },
    async create(name, actor) {
      const id = CheckpointId.parse(ids.uuid());
      // The audit entry, with the digest, is written by the database itself (migration 040).
      await db.tx((tx) => takeNamed(tx, id, name, `${actor.kind}:${actor.name}`));
      return id;
    },
    async preview(checkpointId) {
      const states = await readStates(db, checkpointId);
      if (!states) return null;
      return {
        checkpointId,
        revision: states.revision,
        changes: flagImpact(states.present, states.target),
        connectedPages: delivery.delivery().connected,
      };
    },
    async rollbackTo(checkpointId, expectedRevision, actor) {
      try {
        const outcome = await db.tx(async (tx) => {
          await callRollback(tx, checkpointId, `${actor.kind}:${actor.name}`, expectedRevision);
          return readOutcome(tx);
        });
        bus.publish({ type: 'flag.changed', revision: outcome.revision, changedAtMs: clock.nowMs() });
        return ok({ revision: outcome.revision, checkpointId: CheckpointId.parse(outcome.checkpointId) });
      } catch (error) {
        const refusal = error instanceof DbError ? refusals[error.code] : undefined;
        if (refusal) return err(refusal);
        throw error;
      }
    },
  };
}
