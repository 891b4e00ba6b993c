import { after, before, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CheckpointId } from '@voice-tutor/sdk/contracts/ids.js';
import { appendAudit, verifyAudit } from '../../control-plane/src/audit/audit-store.js';
import { createDeliveryTracker } from '../../control-plane/src/delivery/delivery-tracker.js';
import type { DomainEvent } from '../../control-plane/src/domain/events.js';
import { createFlagService, type FlagService } from '../../control-plane/src/flags/flag-service.js';
import { createLocalBus } from '../../control-plane/src/platform/bus/local-bus.js';
import { systemClock, systemIds } from '../../control-plane/src/platform/clock.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import {
  createCheckpointService,
  type CheckpointService,
} from '../../control-plane/src/rollback/checkpoint-service.js';
import { forEachStore } from '../support/stores.js';

const actor = { kind: 'operator', name: 'ada' } as const;
const off = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' };

await forEachStore('checkpoint service', (db) => {
  const bus = createLocalBus<DomainEvent>(silentLog);
  const delivery = createDeliveryTracker(systemClock);
  let flags: FlagService;
  let checkpoints: CheckpointService;
  before(async () => {
    const deps = { db: db(), bus, clock: systemClock, ids: systemIds };
    flags = createFlagService({ ...deps, appendAudit });
    checkpoints = createCheckpointService({ ...deps, delivery });
    await flags.seed({ flags: { alpha: off, beta: off } });
  });
  after(() => flags.close());
  const revision = async () => (await flags.list()).revision;
  const enabled = async () =>
    Object.fromEntries((await flags.list()).flags.map((flag) => [flag.flagKey, flag.enabled]));
  const set = async (flagKey: string, on: boolean) => {
    const outcome = await flags.setEnabled({ flagKey, enabled: on, expectedRevision: await revision(), actor });
    assert.ok(outcome.ok);
    return outcome.value;
  };

  it('goes back to the checkpoint that a change took, and forward again', async () => {
    const { checkpointId } = await set('alpha', true);
    const held = await revision();
    const heard: number[] = [];
    const stop = bus.subscribe('flag.changed', (event) => heard.push(event.revision));
    const undone = await checkpoints.rollbackTo(checkpointId, held, actor);
    stop();
    assert.ok(undone.ok);
    assert.deepEqual([undone.value.revision, heard], [held + 1, [held + 1]]);
    assert.deepEqual(await enabled(), { alpha: false, beta: false });
    const snapshot = await flags.current();
    assert.equal(snapshot.revision, held + 1);
    const decision = snapshot.decisions.at(-1);
    assert.ok(decision?.kind === 'flags.restored');
    assert.deepEqual(decision.flagKeys, ['alpha']);
    assert.ok((await checkpoints.rollbackTo(undone.value.checkpointId, held + 1, actor)).ok);
    assert.deepEqual(await enabled(), { alpha: true, beta: false });
    assert.equal(await verifyAudit(db()), null);
  });
  it('previews exactly what the rollback then does, and previewing changes nothing', async () => {
    const id = await checkpoints.create('before the lesson', actor);
    await set('beta', true);
    const held = await revision();
    const preview = await checkpoints.preview(id);
    assert.deepEqual(preview, {
      checkpointId: id,
      revision: held,
      changes: [{ flagKey: 'beta', from: 'on', to: 'off' }],
      connectedPages: 0,
    });
    assert.equal(await revision(), held);
    assert.ok((await checkpoints.rollbackTo(id, preview.revision, actor)).ok);
    assert.deepEqual((await checkpoints.preview(id))?.changes, []);
  });
  it('lists newest first, with who and what', async () => {
    const id = await checkpoints.create('newest', actor);
    const [first, ...others] = (await checkpoints.list()).checkpoints;
    assert.deepEqual(
      [first?.checkpointId, first?.name, first?.kind, first?.takenBy],
      [id, 'newest', 'named', 'operator:ada'],
    );
    assert.match(first?.digest ?? '', /^[0-9a-f]{64}$/);
    assert.ok(others.every((row, n) => n === 0 || row.takenAtMs <= (others[n - 1]?.takenAtMs ?? 0)));
  });
  it('says why it refuses, announces nothing and changes nothing', async () => {
    const id = await checkpoints.create('refused', actor);
    const [held, heard] = [await revision(), [] as DomainEvent[]];
    const stop = bus.subscribe('flag.changed', (event) => heard.push(event));
    const unknown = CheckpointId.parse(randomUUID());
    assert.deepEqual(await checkpoints.rollbackTo(unknown, held, actor), { ok: false, error: 'unknown' });
    assert.deepEqual(await checkpoints.rollbackTo(id, held - 1, actor), { ok: false, error: 'conflict' });
    await db().query(`update checkpoint set digest = repeat('0', 64) where id = $1`, [id]);
    assert.deepEqual(await checkpoints.rollbackTo(id, held, actor), { ok: false, error: 'damaged' });
    stop();
    assert.equal(await checkpoints.preview(unknown), null);
    assert.deepEqual([await revision(), heard], [held, []]);
  });
  it('takes turns with a change made at the same time: one wins, the other is told', async () => {
    const id = await checkpoints.create('contested', actor);
    for (let turn = 0; turn < 6; turn += 1) {
      const held = await revision();
      const [undone, changed] = await Promise.all([
        checkpoints.rollbackTo(id, held, actor),
        flags.setEnabled({ flagKey: 'alpha', enabled: turn % 2 === 0, expectedRevision: held, actor }),
      ]);
      assert.equal(Number(undone.ok) + Number(changed.ok), 1);
      assert.equal(await revision(), held + 1);
    }
    assert.equal(await verifyAudit(db()), null);
  });
});
