/** Packs a fresh embedded database, so that a first start unpacks one (0.6 s) instead of making one (2–7 s). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Writes `file` unless it was made by the installed version of PGlite already; `stampFile` remembers which. */
export async function packDatabase({ file, stampFile }) {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const { version } = JSON.parse(readFileSync(join(dirname(entry), '../package.json'), 'utf8'));
  if (existsSync(file) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === version) return;
  const { PGlite } = await import('@electric-sql/pglite');
  const db = await PGlite.create();
  const packed = await db.dumpDataDir('gzip');
  await db.close();
  writeFileSync(file, Buffer.from(await packed.arrayBuffer()));
  writeFileSync(stampFile, version);
}
