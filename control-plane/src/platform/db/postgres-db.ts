/** PostgreSQL behind the `Db` interface, through node-postgres' pool. */
import pg from 'pg';
import type { Log } from '../log.js';
import { OpenError } from '../open-error.js';
import { toDbError } from './db-error.js';
import type { Db, Row, Tx } from './db.js';

/** Bounds: connections of one process, and the longest a statement or a lock may take. */
export const postgresDefaults = { connections: 10, connectMs: 5000, statementMs: 20_000, lockMs: 5000 };

/** Opens a pool and tries it once. */
export async function openPostgres(
  { databaseUrl, log }: { readonly databaseUrl: string; readonly log: Log },
  options: Partial<typeof postgresDefaults> = {},
): Promise<Db> {
  const { connections, connectMs, statementMs, lockMs } = { ...postgresDefaults, ...options };
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  types.setTypeParser(pg.types.builtins.NUMERIC, Number);
  types.setTypeParser(pg.types.builtins.DATE, (text) => text);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: connectMs,
    types,
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: statementMs,
    application_name: 'voice-tutor',
  });
  // Without a listener a restart of PostgreSQL would end this process.
  pool.on('error', (error) => log.warn({ error: toDbError(error) }, 'a database connection was lost'));
  const on =
    (client: pg.Pool | pg.PoolClient) =>
    async <R extends Row>(sql: string, parameters: readonly unknown[] = []) => {
      try {
        const { rows, rowCount } = await client.query(sql, [...parameters]);
        return { rows: rows as R[], rowCount: rowCount ?? 0 };
      } catch (error) {
        throw toDbError(error);
      }
    };
  try {
    await on(pool)('select 1');
  } catch (cause) {
    await pool.end();
    throw new OpenError(
      'The database at DATABASE_URL does not answer; check that it runs and that the address and password are right.',
      { cause },
    );
  }
  let closed: Promise<void> | undefined;
  return {
    kind: 'postgres',
    query: on(pool),
    async tx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      const client = await pool.connect().catch((error: unknown) => Promise.reject(toDbError(error)));
      let broken: Error | undefined;
      try {
        const query = on(client);
        await query('begin');
        try {
          const result = await work({ inTransaction: true, query });
          await query('commit');
          return result;
        } catch (error) {
          await query('rollback').catch((failure: unknown) => (broken = toDbError(failure)));
          throw error;
        }
      } finally {
        client.release(broken);
      }
    },
    async ping() {
      await on(pool)('select 1');
    },
    close: () => (closed ??= pool.end()),
  };
}
