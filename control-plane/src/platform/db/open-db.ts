/** Opens the record store that the configuration names: PostgreSQL by address, else the embedded one in a directory. */
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { Db } from './db.js';
import { openPglite } from './pglite-db.js';
import { openPostgres } from './postgres-db.js';

/** Opens the database; a `OpenError` says in one sentence what to do. `dataDir` holds the embedded one in `db/`. */
export function openDb({
  databaseUrl,
  dataDir,
  log,
  clock,
}: {
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly log: Log;
  readonly clock: Clock;
}): Promise<Db> {
  if (databaseUrl) return openPostgres({ databaseUrl, log });
  return openPglite({ dataDir, clock });
}
