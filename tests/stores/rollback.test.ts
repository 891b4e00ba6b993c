import { it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { forEachStore } from '../support/stores.js';

const flagDocument = (variant: string) =>
  JSON.stringify({ state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: variant });

await forEachStore('rollback procedure', (db) => {
  const put = (key: string, variant: string) =>
    db().query(
      `insert into flag(flag_key, document, description, changed_by) values ($1, $2::jsonb, '', 't')
      on conflict (flag_key) do update set document = excluded.document`,
      [key, flagDocument(variant)],
    );
  const take = async () => {
    const id = randomUUID();
    await db().query('select take_checkpoint($1, $2, $3, $4)', [id, 'test', 'named', 'operator:t']);
    return id;
  };
  const state = async () => (await db().query<{ s: unknown }>('select present_state() as s')).rows[0]?.s;
  const revision = async () =>
    (await db().query<{ revision: number }>('select revision from flag_set')).rows[0]?.revision ?? -1;
  const back = (id: string, expected: number | null = null) =>
    db().query('call rollback_to_checkpoint($1, $2, $3)', [id, 'operator:t', expected]);

  it('restores exactly what was, in one revision, and can be rolled back itself', async () => {
    await put('kept', 'off');
    await put('changed', 'off');
    await db().query(`insert into site values ('pk_a', 'A', '{http://a}', 'adults', 1, 5)`);
    const id = await take();
    const wanted = await state();
    await put('changed', 'on');
    await put('added', 'on');
    await db().query(`delete from site`);
    const later = await state();
    const held = await revision();
    await back(id, held);
    assert.deepEqual(await state(), wanted);
    assert.equal(await revision(), held + 1);
    const { rows } = await db().query<{ payload: { checkpointBefore: string; changed: string[] } }>(
      `select payload from audit where action = 'checkpoint.restored' order by seq desc limit 1`,
    );
    assert.deepEqual(rows[0]?.payload.changed, ['flag/added', 'flag/changed', 'site/pk_a']);
    await back(rows[0].payload.checkpointBefore);
    assert.deepEqual(await state(), later);
  });
  it('touches only what changed', async () => {
    const id = await take();
    await put('changed', 'off');
    const stamp = async () =>
      (
        await db().query<{ at: Date }>(`select changed_at as at from flag where flag_key = 'kept'`)
      ).rows[0]?.at.getTime();
    const before = await stamp();
    await back(id);
    assert.equal(await stamp(), before);
  });
  const damage = {
    'its state was edited': `update checkpoint set state = jsonb_set(state, '{flag/kept,document,defaultVariant}', '"on"') where id = $1`,
    'its digest was edited': `update checkpoint set digest = repeat('0', 64) where id = $1`,
    'an object digest was edited': `update checkpoint set digests = jsonb_set(digests, '{flag/kept}', '"00"') where id = $1`,
  };
  for (const [why, sql] of Object.entries(damage)) {
    it(`refuses a checkpoint when ${why}, and changes nothing`, async () => {
      const id = await take();
      await db().query(sql, [id]);
      await put('kept', 'on');
      const [before, held] = [await state(), await revision()];
      await assert.rejects(back(id), { code: 'VT422' });
      assert.deepEqual(await state(), before);
      assert.equal(await revision(), held);
    });
  }
  it('refuses an unknown checkpoint and a stale revision', async () => {
    await assert.rejects(back(randomUUID()), { code: 'VT404' });
    await assert.rejects(back(await take(), (await revision()) - 1), { code: 'VT409' });
  });
  it('lets one of two at once win when both expect the same revision', async () => {
    const [one, two] = [await take(), await take()];
    const held = await revision();
    const outcomes = await Promise.allSettled([back(one, held), back(two, held)]);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal(await revision(), held + 1);
  });
});
