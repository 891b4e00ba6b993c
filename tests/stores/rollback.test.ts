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
  /** As somebody with every right on the database would do it. */
  const asOwner = (table: string, sql: string, values: unknown[]) =>
    db().tx(async (tx) => {
      await tx.query(`alter table ${table} disable trigger user`);
      await tx.query(sql, values);
      await tx.query(`alter table ${table} enable trigger user`);
    });
  const forgery = `with forged as (select id, jsonb_set(state, '{flag/kept,document,defaultVariant}', '"on"') as state from checkpoint where id = $1)
    update checkpoint set state = forged.state, digests = object_digests(forged.state), digest = state_digest(forged.state)
    from forged where checkpoint.id = forged.id`;
  const refusesUnchanged = async (id: string) => {
    const [before, held] = [await state(), await revision()];
    await assert.rejects(back(id), { code: 'VT422' });
    assert.deepEqual(await state(), before);
    assert.equal(await revision(), held);
  };
  it('writes the digest of every checkpoint into the audit entry of its making', async () => {
    await put('kept', 'off');
    const id = await take();
    const { rows } = await db().query(
      `select (select payload ->> 'digest' from audit where action = 'checkpoint.taken' and subject = id::text) = digest as same from checkpoint where id = $1`,
      [id],
    );
    assert.deepEqual(rows, [{ same: true }]);
    await back(id);
    const missing = await db().query(
      `select id from checkpoint where not exists (select from audit where action = 'checkpoint.taken' and subject = checkpoint.id::text and payload ->> 'digest' = digest)
        and not digest = repeat('0', 64)`,
    );
    assert.deepEqual(missing.rows, []);
  });
  it('refuses a checkpoint whose state and digests were edited together', async () => {
    const id = await take();
    await db().query(forgery, [id]);
    await refusesUnchanged(id);
  });
  it('refuses it too when a fitting entry is appended, or the audit entry is edited to fit', async () => {
    const appended = await take();
    await db().query(forgery, [appended]);
    await db().query(
      `insert into audit(actor, action, subject, payload) select 'operator:t', 'checkpoint.taken', id::text, jsonb_build_object('digest', digest) from checkpoint where id = $1`,
      [appended],
    );
    await refusesUnchanged(appended);
    const edited = await take();
    await db().query(forgery, [edited]);
    const { rows } = await db().query<{ payload: unknown }>('select payload from audit where subject = $1', [edited]);
    await asOwner(
      'audit',
      `update audit set payload = jsonb_set(payload, '{digest}', (select to_jsonb(digest) from checkpoint where id::text = $1)) where subject = $1`,
      [edited],
    );
    await refusesUnchanged(edited);
    await asOwner('audit', 'update audit set payload = $2::jsonb where subject = $1', [
      edited,
      JSON.stringify(rows[0]?.payload),
    ]);
  });
  it('refuses a checkpoint that no entry recorded', async () => {
    const id = randomUUID();
    await db().query(
      `insert into checkpoint(id, name, kind, revision, state, digests, digest, taken_by)
       select $1, 'slipped in', 'named', 0, present_state(), object_digests(present_state()), state_digest(present_state()), 'operator:t'`,
      [id],
    );
    await refusesUnchanged(id);
  });
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
