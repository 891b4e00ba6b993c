import { it } from 'node:test';
import assert from 'node:assert/strict';
import { appendAudit, readAudit, verifyAudit } from '../../control-plane/src/audit/audit-store.js';
import { forEachStore } from '../support/stores.js';

const entry = (subject: string) => ({
  actor: { kind: 'operator', name: 'ada' } as const,
  action: 'flag.set-enabled',
  subject,
  detail: { enabled: true },
});

await forEachStore('audit log', (db) => {
  it('links entries without gaps and finds itself intact', async () => {
    for (const subject of ['a', 'b', 'c']) await db().tx((tx) => appendAudit(tx, entry(subject)));
    const entries = await readAudit(db(), null, 10);
    assert.deepEqual(
      entries.map(({ seq, subject, actor }) => [seq, subject, actor]),
      [
        [3, 'c', 'operator:ada'],
        [2, 'b', 'operator:ada'],
        [1, 'a', 'operator:ada'],
      ],
    );
    assert.equal(await verifyAudit(db()), null);
  });
  it('leaves no entry of a transaction that was undone, and no gap', async () => {
    await assert.rejects(
      db().tx(async (tx) => {
        await appendAudit(tx, entry('undone'));
        throw new Error('undone');
      }),
    );
    await db().tx((tx) => appendAudit(tx, entry('d')));
    assert.equal((await readAudit(db(), null, 1))[0]?.seq, 4);
  });
  it('refuses to change, delete or empty', async () => {
    for (const sql of [`update audit set subject = 'x'`, 'delete from audit', 'truncate audit'])
      await assert.rejects(db().query(sql), { code: '23001' });
  });
  it('orders concurrent writers', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => db().tx((tx) => appendAudit(tx, entry(`p${n}`)))));
    assert.equal(await verifyAudit(db()), null);
  });
  const forgeries = {
    edited: `update audit set payload = '{"enabled": false}' where seq = 2`,
    deleted: 'delete from audit where seq = 2',
    swapped: `update audit set subject = case seq when 1 then 'b' else 'a' end where seq in (1, 2)`,
    backdated: `update audit set at = at - interval '1 day' where seq = 2`,
  };
  for (const [kind, sql] of Object.entries(forgeries)) {
    it(`finds an entry that was ${kind} by somebody who switched the triggers off`, async () => {
      await assert.rejects(
        db().tx(async (tx) => {
          await tx.query('alter table audit disable trigger user');
          await tx.query(sql);
          assert.notEqual(await verifyAudit(tx), null);
          throw new Error('leave it as it was');
        }),
        /leave it/,
      );
    });
  }
});
