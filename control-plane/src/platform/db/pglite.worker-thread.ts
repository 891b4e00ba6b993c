/** The thread that runs PGlite: executes what it is told, one thing at a time. Pooling and deadlines: `pglite-db.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { fdatasyncSync, readFileSync } from 'node:fs';
import { PGlite, types } from '@electric-sql/pglite';
import { PgliteCall, PgliteData, type PgliteReply } from './pglite-messages.js';

const { dataDir, template } = PgliteData.parse(workerData);
const inMemory = dataDir.startsWith('memory://');

const parsers = {
  [types.INT8]: (text: string) => Number(text),
  [types.DATE]: (text: string) => text,
  [types.NUMERIC]: (text: string) => Number(text),
};

/** The part of Emscripten's file system that is patched; PGlite does not publish its type. */
interface PatchedFs {
  lookupPath(path: string, options: object): { node: { stream_ops: { fsync?: (stream: { nfd: number }) => number } } };
}

async function open(): Promise<PGlite> {
  // `-F` switches fsync off; a committed row must reach the disk.
  const startParams = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F');
  const db = await PGlite.create({
    dataDir,
    parsers,
    ...(template === null ? {} : { loadDataDir: new Blob([readFileSync(template)]) }),
    ...(inMemory ? {} : { startParams: [...startParams, '-c', 'wal_sync_method=fsync', '-c', 'shared_buffers=16MB'] }),
  });
  if (!inMemory) await syncToDisk(db);
  return db;
}

/** PGlite's file system has no fsync of its own. Fails when the patch no longer takes, so that an upgrade cannot undo it unseen. */
async function syncToDisk(db: PGlite): Promise<void> {
  const { FS } = db.Module as unknown as { FS: PatchedFs };
  let synced = 0;
  FS.lookupPath('/pglite/data/PG_VERSION', {}).node.stream_ops.fsync = ({ nfd }) => {
    fdatasyncSync(nfd);
    synced += 1;
    return 0;
  };
  await db.exec(
    'create table if not exists _opened(at timestamptz); delete from _opened; insert into _opened values (now())',
  );
  if (synced === 0) throw new Error('the embedded database cannot reach the disk');
}

const port = parentPort;
if (!port) throw new Error('runs only as a worker thread');
const reply = (message: PgliteReply) => port.postMessage(message);

try {
  const db = await open();
  port.on('message', (raw: unknown) => {
    const call = PgliteCall.parse(raw);
    const work =
      call.kind === 'close'
        ? db.close().then(() => ({ rows: [], rowCount: 0 }))
        : call.kind === 'exec'
          ? db
              .exec(call.sql)
              .then((results) => ({ rows: results.at(-1)?.rows ?? [], rowCount: results.at(-1)?.affectedRows ?? 0 }))
          : db
              .query(call.sql, [...call.parameters])
              .then((result) => ({ rows: result.rows, rowCount: result.affectedRows ?? result.rows.length }));
    work.then(
      (result) =>
        reply({ id: call.id, ok: true, rows: result.rows as Record<string, unknown>[], rowCount: result.rowCount }),
      (error: unknown) => reply({ id: call.id, ok: false, error: described(error) }),
    );
  });
  reply({ id: 0, ok: true, rows: [], rowCount: 0 });
} catch (error) {
  reply({ id: 0, ok: false, error: described(error) });
}

/** The parts of a driver error that hold no data of ours. */
function described(error: unknown): { message: string; code: string | undefined; constraint: string | undefined } {
  const fields = error as { message?: unknown; code?: unknown; constraint?: unknown };
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    message: text(fields.message) ?? String(error),
    code: text(fields.code),
    constraint: text(fields.constraint),
  };
}
