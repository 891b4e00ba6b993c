import { it, describe } from 'node:test';
import assert from 'node:assert/strict';
import { splitStatements } from '../../control-plane/src/platform/db/migrate.js';
import { migrate } from '../../control-plane/src/platform/db/migrate.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import { forEachStore } from '../support/stores.js';

await forEachStore('database', (db) => {
  it('gives numbers, dates, bytes and json alike', async () => {
    const { rows } = await db().query(
      `select 7::bigint as big, 1.5::numeric as num, '\\x01ff'::bytea as bytes, '{"a":[1]}'::jsonb as doc, 'epoch'::timestamptz as at, null as none`,
    );
    const row = rows[0]!;
    assert.equal(row['big'], 7);
    assert.equal(row['num'], 1.5);
    assert.deepEqual(Buffer.from(row['bytes'] as Uint8Array), Buffer.from([1, 255]));
    assert.deepEqual(row['doc'], { a: [1] });
    assert.equal((row['at'] as Date).getTime(), 0);
    assert.equal(row['none'], null);
  });
  it('answers rightly after each of eleven errors', async () => {
    for (let i = 0; i < 11; i += 1) {
      await assert.rejects(db().query('select 1/$1::int', [0]), { code: '22012' });
      assert.equal((await db().query<{ n: number }>('select $1::int as n', [i])).rows[0]?.n, i);
    }
  });
  it('undoes a transaction that throws, and keeps one that returns', async () => {
    await db().query('create table t_tx(n int)');
    await assert.rejects(
      db().tx(async (tx) => {
        await tx.query('insert into t_tx values (1)');
        throw new Error('no');
      }),
      /no/,
    );
    await db().tx((tx) => tx.query('insert into t_tx values (2)'));
    assert.deepEqual((await db().query('select n from t_tx')).rows, [{ n: 2 }]);
  });
  it('runs concurrent transactions without mixing them', async () => {
    await db().query('create table t_many(n int)');
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        db()
          .tx(async (tx) => {
            await tx.query('insert into t_many values ($1)', [n]);
            if (n % 2) throw new Error('odd');
          })
          .catch(() => {}),
      ),
    );
    assert.equal((await db().query<{ c: number }>('select count(*) as c from t_many')).rows[0]?.c, 10);
  });
  it('applies each migration once', async () => {
    assert.deepEqual(await migrate(db(), silentLog), []);
  });
});

describe('splitting migrations', () => {
  it('cuts outside of quotes, bodies and comments only', () => {
    assert.deepEqual(splitStatements(`select ';'; -- a; b\ncreate function f() as $$ begin; end $$; select 2`), [
      "select ';'",
      'create function f() as $$ begin; end $$',
      'select 2',
    ]);
  });
});
