/** Where the embedded database lives in the data directory, and how it comes there whole or not at all. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** A fresh database as the build packed it, for the pinned version of PGlite; without it the first start makes one (2–7 s). */
const templateFile = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../dist/pglite-template.tar.gz', import.meta.url)
    : new URL('./pglite-template.tar.gz', import.meta.url),
);

/** Path of the template, or null when nothing was built. */
export function findTemplate(): string | null {
  return existsSync(templateFile) ? templateFile : null;
}

/**
 * Returns the database's folder below `dataDir`, after `make` has filled a new one when there was none.
 * It is made beside its place and renamed, so that a start which is killed leaves nothing half made.
 */
export async function prepareDirectory(dataDir: string, make: (directory: string) => Promise<void>): Promise<string> {
  // Directories from before the database had a folder of its own.
  if (existsSync(join(dataDir, 'PG_VERSION'))) return dataDir;
  const directory = join(dataDir, 'db');
  if (existsSync(directory)) return directory;
  const unfinished = `${directory}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  await make(unfinished);
  renameSync(unfinished, directory);
  return directory;
}
