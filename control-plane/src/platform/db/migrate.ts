/**
 * Brings the schema forward: `migrations/NNN_name.sql` in order of name, each once, each in its own transaction.
 * Our own sixty lines: node-pg-migrate wants a client of node-postgres, which the embedded database is not.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Log } from '../log.js';
import { OpenError } from '../open-error.js';
import type { Db, Tx } from './db.js';

/** Where the files are: beside this one from source, beside the bundle when built. */
const defaultDirectory = fileURLToPath(new URL('./migrations', import.meta.url));

/** Applies what is missing; returns the names applied. A file that changed after it was applied is refused. */
export async function migrate(db: Db, log: Log, directory: string = defaultDirectory): Promise<readonly string[]> {
  await db.query(
    'create table if not exists migration(name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
  );
  const applied: string[] = [];
  for (const name of readdirSync(directory)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    const sql = readFileSync(`${directory}/${name}`, 'utf8');
    if (await db.tx((tx) => apply(tx, name, sql))) applied.push(name);
  }
  if (applied.length > 0) log.info({ applied: applied.length }, 'database schema brought forward');
  return applied;
}

async function apply(tx: Tx, name: string, sql: string): Promise<boolean> {
  // Two processes that start together take turns; the lock ends with the transaction.
  await tx.query('select pg_advisory_xact_lock(4710)');
  const sha256 = createHash('sha256').update(sql).digest('hex');
  const { rows } = await tx.query<{ sha256: string }>('select sha256 from migration where name = $1', [name]);
  if (rows[0]) {
    if (rows[0].sha256 !== sha256)
      throw new OpenError(
        `The migration ${name} was changed after it had been applied; restore the file, and put the change into a new one.`,
      );
    return false;
  }
  for (const statement of splitStatements(sql)) await tx.query(statement);
  await tx.query('insert into migration(name, sha256) values ($1, $2)', [name, sha256]);
  return true;
}

/** Cuts a file into statements at semicolons outside of quotes, `$$` bodies and comments. */
export function splitStatements(sql: string): readonly string[] {
  const pieces = sql.match(/\$\$[\s\S]*?\$\$|'(?:[^']|'')*'|--[^\n]*|;|[^$';-]+|./g) ?? [];
  const statements = [''];
  for (const piece of pieces) {
    if (piece === ';') statements.push('');
    else if (!piece.startsWith('--')) statements.push((statements.pop() ?? '') + piece);
  }
  return statements.map((statement) => statement.trim()).filter(Boolean);
}
