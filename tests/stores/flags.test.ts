import { after, before, it } from 'node:test';
import assert from 'node:assert/strict';
import { appendAudit, verifyAudit } from '../../control-plane/src/audit/audit-store.js';
import type { DomainEvent } from '../../control-plane/src/domain/events.js';
import { createFlagService, type FlagService } from '../../control-plane/src/flags/flag-service.js';
import { createLocalBus } from '../../control-plane/src/platform/bus/local-bus.js';
import { systemClock, systemIds, type Clock } from '../../control-plane/src/platform/clock.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import { forEachStore } from '../support/stores.js';

const actor = { kind: 'operator', name: 'ada' } as const;
const boolean = (description: string) => ({
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'off',
  metadata: { description },
});

/** Real time, but timers run when the test says so. */
function createManualClock(): Clock & { runDue(): void } {
  let tasks: (() => void)[] = [];
  return {
    nowMs: () => systemClock.nowMs(),
    monotonicMs: () => systemClock.monotonicMs(),
    after(_delayMs, task) {
      tasks.push(task);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    runDue() {
      for (const task of tasks.splice(0)) task();
    },
  };
}

await forEachStore('flag service', (db) => {
  const bus = createLocalBus<DomainEvent>(silentLog);
  const clock = createManualClock();
  let flags: FlagService;
  before(async () => {
    flags = createFlagService({ db: db(), bus, clock, ids: systemIds, appendAudit });
    await flags.seed({ flags: { alpha: boolean('First.'), beta: boolean('Second.') } });
  });
  after(() => flags.close());
  const revision = async () => (await flags.list()).revision;
  const set = (flagKey: string, enabled: boolean, expectedRevision: number) =>
    flags.setEnabled({ flagKey, enabled, expectedRevision, actor });
  const counts = async () =>
    (
      await db().query(
        'select (select count(*) from checkpoint) as checkpoints, (select count(*) from audit) as entries, (select count(*) from decision) as decisions',
      )
    ).rows[0];

  it('starts with every flag off, and seeding again changes nothing', async () => {
    const first = await flags.list();
    assert.deepEqual(
      first.flags.map(({ flagKey, enabled, description }) => [flagKey, enabled, description]),
      [
        ['alpha', false, 'First.'],
        ['beta', false, 'Second.'],
      ],
    );
    await flags.seed({ flags: { alpha: boolean('Other words.'), beta: boolean('Second.') } });
    assert.deepEqual(await flags.list(), first);
  });
  it('refuses to seed a switch that is on', async () => {
    await assert.rejects(flags.seed({ flags: { gamma: { ...boolean(''), defaultVariant: 'on' } } }));
  });
  it('changes a flag with its revision, checkpoint, audit entry and announcement', async () => {
    const heard: DomainEvent[] = [];
    const stop = bus.subscribe('flag.changed', (event) => heard.push(event));
    const held = await revision();
    const outcome = await set('alpha', true, held);
    stop();
    assert.ok(outcome.ok);
    assert.equal(outcome.value.revision, held + 1);
    assert.deepEqual(
      heard.map((event) => event.type === 'flag.changed' && event.revision),
      [held + 1],
    );
    const { rows } = await db().query<{ kind: string; revision: number }>(
      'select kind, revision from checkpoint where id = $1',
      [outcome.value.checkpointId],
    );
    assert.deepEqual(rows, [{ kind: 'auto', revision: held }]);
    const entry = (
      await db().query<{ actor: string; action: string; subject: string }>(
        'select actor, action, subject from audit order by seq desc limit 1',
      )
    ).rows[0];
    assert.deepEqual(entry, { actor: 'operator:ada', action: 'flag.set-enabled', subject: 'alpha' });
    assert.equal((await flags.list()).flags.find(({ flagKey }) => flagKey === 'alpha')?.enabled, true);
  });
  it('makes a decision of a switch-off, newest last', async () => {
    const outcome = await set('alpha', false, await revision());
    assert.ok(outcome.ok);
    const decision = (await flags.current()).decisions.at(-1);
    assert.ok(decision?.kind === 'flag.disabled');
    assert.deepEqual([decision.flagKey, decision.revision], ['alpha', outcome.value.revision]);
  });
  it('leaves no trace of a refused change', async () => {
    const [held, before] = [await revision(), await counts()];
    assert.deepEqual(await set('alpha', true, held - 1), { ok: false, error: { reason: 'conflict', revision: held } });
    assert.deepEqual(await set('missing', true, held), { ok: false, error: { reason: 'unknown-flag' } });
    assert.equal(await revision(), held);
    assert.deepEqual(await counts(), before);
  });
  it('lets exactly one of many simultaneous changes win', async () => {
    const held = await revision();
    const outcomes = await Promise.all(Array.from({ length: 8 }, (_, n) => set(n % 2 ? 'alpha' : 'beta', true, held)));
    assert.equal(outcomes.filter(({ ok }) => ok).length, 1);
    assert.equal(await revision(), held + 1);
    assert.equal(await verifyAudit(db()), null);
  });
  it('never answers older than a change it announced', async () => {
    for (let turn = 0; turn < 6; turn += 1) {
      const outcome = await set('beta', turn % 2 === 0, await revision());
      assert.ok(outcome.ok);
      const answers = await Promise.all(Array.from({ length: 5 }, () => flags.current()));
      for (const answer of answers) assert.ok(answer.revision >= outcome.value.revision);
    }
  });
  it('keeps the same snapshot while nothing changes', async () => {
    assert.equal(await flags.current(), await flags.current());
  });
  it('finds by polling what the bus never said', async () => {
    const held = (await flags.current()).revision;
    await db().query('update flag_set set revision = revision + 1');
    assert.equal((await flags.current()).revision, held);
    const heard = new Promise<number>((resolve) => {
      const stop = bus.subscribe('flag.changed', (event) => (stop(), resolve(event.revision)));
    });
    clock.runDue();
    assert.equal(await heard, held + 1);
    assert.equal((await flags.current()).revision, held + 1);
  });
  it('tells of a change that the bus never said although a read came upon it before the poll', async () => {
    const held = (await flags.current()).revision;
    await db().query('update flag_set set revision = revision + 1');
    bus.publish({ type: 'flag.changed', revision: held, changedAtMs: 0 });
    assert.equal((await flags.current()).revision, held + 1);
    const heard = new Promise<number>((resolve) => {
      const stop = bus.subscribe('flag.changed', (event) => (stop(), resolve(event.revision)));
    });
    clock.runDue();
    assert.equal(await heard, held + 1);
  });
});
