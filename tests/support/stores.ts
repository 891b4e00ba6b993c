/** One suite, every record store: PGlite in memory, and a database of its own on a real PostgreSQL. */
import { after, before, describe } from 'node:test';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Db } from '../../control-plane/src/platform/db/db.js';
import { migrate } from '../../control-plane/src/platform/db/migrate.js';
import { openPglite } from '../../control-plane/src/platform/db/pglite-db.js';
import { openPostgres } from '../../control-plane/src/platform/db/postgres-db.js';
import { systemClock } from '../../control-plane/src/platform/clock.js';
import { silentLog } from '../../control-plane/src/platform/log.js';

const candidates = [process.env.TEST_DATABASE_URL, 'postgres://postgres@127.0.0.1:5432/postgres'].filter(
  (url) => url !== undefined,
);

/** Address of a PostgreSQL that answers, or null. */
export async function findPostgres(): Promise<string | null> {
  for (const connectionString of candidates) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 1500 });
    try {
      await client.connect();
      await client.end();
      return connectionString;
    } catch {
      // Not there: the next candidate.
    }
  }
  return null;
}

/** Makes an empty database on the server; returns its address and its removal. */
export async function temporaryDatabase(server: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `vt_test_${randomBytes(6).toString('hex')}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await admin(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(`drop database ${name} with (force)`) };
}

/** Runs `suite` once per store; `db()` is a migrated, empty database, the same for the whole suite. */
export async function forEachStore(name: string, suite: (db: () => Db) => void): Promise<void> {
  const run = (kind: string, open: () => Promise<{ db: Db; drop: () => Promise<void> }>) =>
    describe(`${name} on ${kind}`, () => {
      let opened: Awaited<ReturnType<typeof open>>;
      before(async () => {
        opened = await open();
        await migrate(opened.db, silentLog);
      });
      after(async () => {
        await opened.db.close();
        await opened.drop();
      });
      suite(() => opened.db);
    });
  run('PGlite', async () => ({
    db: await openPglite({ dataDir: 'memory://', clock: systemClock }),
    drop: async () => {},
  }));
  const server = await findPostgres();
  if (server) {
    run('PostgreSQL', async () => {
      const { url, drop } = await temporaryDatabase(server);
      return { db: await openPostgres({ databaseUrl: url, log: silentLog }), drop };
    });
  } else {
    describe(
      `${name} on PostgreSQL`,
      { skip: 'no PostgreSQL answers at TEST_DATABASE_URL or 127.0.0.1:5432' },
      () => {},
    );
  }
}
