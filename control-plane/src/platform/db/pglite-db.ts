/** PGlite behind the `Db` interface: one connection in a worker thread, handed out in order, with a deadline per statement. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.js';
import { OpenError } from '../open-error.js';
import { DbError } from './db-error.js';
import type { Db, Row, Tx } from './db.js';
import { lockDirectory } from './directory-lock.js';
import { findTemplate, prepareDirectory } from './pglite-directory.js';
import type { PgliteCall, PgliteData, PgliteReply } from './pglite-messages.js';

/** Bounds, each with its outcome. */
export const pgliteDefaults = {
  /** Waiting for the connection longer is an error: a query on the pool inside a transaction would wait for itself. */
  acquireMs: 10_000,
  /** A statement that runs longer ends the thread, which is opened again; PGlite ignores statement_timeout. */
  statementMs: 20_000,
  /** Callers that may wait; one more is refused. */
  waiting: 2000,
};

interface Thread {
  call(call: DistributiveOmit<PgliteCall, 'id'>): Promise<{ rows: readonly Row[]; rowCount: number }>;
  end(): Promise<void>;
}
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** Opens the embedded database in `dataDir` (`memory://` for one that is forgotten). */
export async function openPglite(
  { dataDir, clock }: { readonly dataDir: string; readonly clock: Clock },
  options: Partial<typeof pgliteDefaults> = {},
): Promise<Db> {
  const { acquireMs, statementMs, waiting } = { ...pgliteDefaults, ...options };
  const inMemory = dataDir.startsWith('memory://');
  const unlock = inMemory ? () => {} : lockDirectory(dataDir);
  let data: PgliteData;
  let thread: Promise<Thread>;
  try {
    data = inMemory
      ? { dataDir, template: findTemplate() }
      : { dataDir: await prepareDirectory(dataDir, makeDatabase), template: null };
    thread = Promise.resolve(await startThread(data));
  } catch (error) {
    unlock();
    throw error;
  }
  const inside = new AsyncLocalStorage<true>();
  const queue: { readonly take: () => void }[] = [];
  let held = false;
  let closed = false;

  const acquire = () =>
    new Promise<void>((resolve, reject) => {
      if (closed) return reject(new DbError('the database is closed', 'closed'));
      if (inside.getStore())
        return reject(new DbError('a query on the pool inside a transaction would wait for itself', 'reentrant'));
      if (!held) {
        held = true;
        return resolve();
      }
      if (queue.length >= waiting) return reject(new DbError('too many wait for the database', 'busy'));
      const cancel = clock.after(acquireMs, () => {
        queue.splice(queue.indexOf(waiter), 1);
        reject(new DbError('waited too long for the database', 'timeout'));
      });
      const waiter = { take: () => (cancel(), resolve()) };
      queue.push(waiter);
    });
  const release = () => {
    const next = queue.shift();
    if (next) next.take();
    else held = false;
  };
  const run = async (call: DistributiveOmit<PgliteCall, 'id'>) => {
    const current = await thread;
    const deadline = { passed: false };
    const cancel = clock.after(statementMs, () => {
      deadline.passed = true;
      // Committed rows stay; what the statement had done is undone when the directory is opened again.
      thread = current.end().then(() => startThread(data));
      thread.catch(() => {});
    });
    try {
      return await current.call(call);
    } catch (error) {
      throw deadline.passed ? new DbError('the statement took too long', 'timeout') : error;
    } finally {
      cancel();
    }
  };
  const query = <R extends Row>(sql: string, parameters: readonly unknown[] = []) =>
    run({ kind: 'query', sql, parameters: [...parameters] }) as Promise<{ rows: readonly R[]; rowCount: number }>;

  return {
    kind: 'pglite',
    async query(sql, parameters) {
      await acquire();
      try {
        return await query(sql, parameters);
      } finally {
        release();
      }
    },
    async tx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      await acquire();
      try {
        await run({ kind: 'exec', sql: 'begin' });
        try {
          const result = await inside.run(true, () => work({ inTransaction: true, query }));
          await run({ kind: 'exec', sql: 'commit' });
          return result;
        } catch (error) {
          await run({ kind: 'exec', sql: 'rollback' }).catch(() => {});
          throw error;
        }
      } finally {
        release();
      }
    },
    async ping() {
      await acquire();
      try {
        await query('select 1');
      } finally {
        release();
      }
    },
    async close() {
      if (closed) return;
      // Closing while a statement runs can hang for ever, so it waits its turn.
      await acquire();
      closed = true;
      try {
        const current = await thread;
        await current.call({ kind: 'close' });
        await current.end();
      } finally {
        unlock();
        release();
      }
    },
  };
}

/** The thread's file: beside this one when run from source, its own bundle when built. */
const threadFile = import.meta.url.endsWith('.ts')
  ? new URL('./pglite.worker-thread.ts', import.meta.url)
  : new URL('./pglite-worker.js', import.meta.url);

/** Fills a folder with an empty database and leaves it closed. */
async function makeDatabase(directory: string): Promise<void> {
  const thread = await startThread({ dataDir: directory, template: findTemplate() });
  await thread.call({ kind: 'close' });
  await thread.end();
}

function startThread(data: PgliteData): Promise<Thread> {
  const worker = threadFile.pathname.endsWith('.ts')
    ? new Worker(
        `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(threadFile.href)}); })`,
        { eval: true, workerData: data },
      )
    : new Worker(threadFile, { workerData: data });
  const pending = new Map<
    number,
    { resolve(value: { rows: readonly Row[]; rowCount: number }): void; reject(error: Error): void }
  >();
  let nextId = 1;
  return new Promise<Thread>((resolve, reject) => {
    const thread: Thread = {
      call: (call) =>
        new Promise((resolveCall, rejectCall) => {
          const id = nextId++;
          pending.set(id, { resolve: resolveCall, reject: rejectCall });
          worker.postMessage({ ...call, id });
        }),
      end: async () => {
        await worker.terminate();
      },
    };
    worker.on('message', (reply: PgliteReply) => {
      if (reply.id === 0) {
        if (reply.ok) resolve(thread);
        else
          reject(new OpenError(`The embedded database in ${data.dataDir} cannot be opened: ${reply.error.message}.`));
        return;
      }
      const waiter = pending.get(reply.id);
      pending.delete(reply.id);
      if (reply.ok) waiter?.resolve(reply);
      else waiter?.reject(new DbError(reply.error.message, reply.error.code ?? 'unknown', reply.error.constraint));
    });
    worker.on('error', (error) => reject(new OpenError('The embedded database cannot be started.', { cause: error })));
    worker.on('exit', () => {
      for (const waiter of pending.values()) waiter.reject(new DbError('the database thread ended', 'closed'));
      pending.clear();
    });
  });
}
