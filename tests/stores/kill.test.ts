/**
 * Nothing acknowledged is lost when the process is killed: flags, checkpoints, audit, ingested events.
 * KILL_ROUNDS kills that often (5 unless told), KILL_SEED repeats a run.
 */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomInt, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditPage, ChangeAnswer, FlagList, type AuditRow } from '../../sdk/src/contracts/operator.js';
import { IngestAnswer } from '../../sdk/src/contracts/telemetry.js';
import { startProcess, type PlaneProcess } from '../support/plane-process.js';
import { findPostgres, temporaryDatabase } from '../support/stores.js';

const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 5);
const SEED = Number(process.env['KILL_SEED'] ?? randomInt(2 ** 31));

/** Numbers below `limit`, the same for the same seed (mulberry32). */
function createDice(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** What the control plane said yes to. */
interface Ledger {
  readonly changes: { readonly revision: number; readonly checkpointId: string; readonly enabled: boolean }[];
  readonly checkpoints: string[];
  readonly batches: object[];
}

const ingest = (plane: PlaneProcess, batch: object) =>
  fetch(`${plane.url}/v1/ingest`, {
    method: 'POST',
    headers: { origin: 'http://school.example' },
    body: JSON.stringify(batch),
  });

/** Does all three things at once until a connection breaks; `acknowledged` hears of each yes. */
async function keepBusy(plane: PlaneProcess, ledger: Ledger, acknowledged: () => void): Promise<void> {
  const toggle = async () => {
    const list = FlagList.parse(await (await plane.operator('/flags')).json());
    let { revision } = list;
    for (let enabled = !list.flags[0]?.enabled; ; enabled = !enabled) {
      const body = { enabled, expectedRevision: revision };
      const response = await plane.operator('/flags/feedback-form', { method: 'PUT', body });
      const change = ChangeAnswer.parse(await response.json());
      revision = change.revision;
      ledger.changes.push({ ...change, enabled });
      acknowledged();
    }
  };
  const take = async () => {
    for (let n = 0; ; n += 1) {
      const response = await plane.operator('/checkpoints', { method: 'POST', body: { name: `number ${n}` } });
      const { checkpointId } = (await response.json()) as { checkpointId: string };
      ledger.checkpoints.push(checkpointId);
      acknowledged();
    }
  };
  const report = async () => {
    for (;;) {
      const events = Array.from({ length: 5 }, (_, n) => ({
        kind: 'vital',
        id: randomUUID(),
        atMs: 1_700_000_000_000 + n,
        name: 'LCP',
        value: n,
        rating: 'good',
      }));
      const common = { siteKey: 'pk_demo', release: '0.1.0', cohort: 1, variants: {}, dropped: {} };
      const batch = { batchId: randomUUID(), ...common, events };
      const response = await ingest(plane, batch);
      assert.deepEqual(await response.json(), { accepted: 5, duplicates: 0, rejected: 0 });
      ledger.batches.push(batch);
      acknowledged();
    }
  };
  // Each ends with the connection, and in no other way.
  for (const outcome of await Promise.allSettled([toggle(), take(), report()]))
    if (outcome.status === 'rejected' && !(outcome.reason instanceof TypeError || isCut(outcome.reason)))
      throw outcome.reason;
}

/** An answer that broke off in the middle is no answer. */
const isCut = (error: unknown) =>
  error instanceof SyntaxError || (error instanceof Error && error.name === 'AbortError');

async function readWholeAudit(plane: PlaneProcess): Promise<readonly AuditRow[]> {
  const entries: AuditRow[] = [];
  for (let before: number | undefined; ;) {
    const page = AuditPage.parse(
      await (await plane.operator(`/audit${before === undefined ? '' : `?before=${before}`}`)).json(),
    );
    assert.equal(page.intact, true, 'the audit chain');
    if (page.entries.length === 0) return entries;
    entries.push(...page.entries);
    before = entries.at(-1)?.seq;
  }
}

/** Everything in the ledger is there. */
async function verify(plane: PlaneProcess, ledger: Ledger): Promise<void> {
  const audit = await readWholeAudit(plane);
  const audited = new Map(
    audit.filter(({ action }) => action === 'flag.set-enabled').map((e) => [e.detail['revision'], e]),
  );
  const taken = new Set(audit.filter(({ action }) => action === 'checkpoint.taken').map(({ subject }) => subject));
  for (const { revision, checkpointId, enabled } of ledger.changes) {
    const { enabled: recorded, checkpointId: before } = audited.get(revision)?.detail ?? {};
    assert.deepEqual([recorded, before], [enabled, checkpointId], `the entry of revision ${revision}`);
  }
  for (const checkpointId of [...ledger.checkpoints, ...ledger.changes.map((change) => change.checkpointId)]) {
    assert.ok(taken.has(checkpointId), 'the entry of a checkpoint');
    assert.equal((await plane.operator(`/checkpoints/${checkpointId}/preview`)).status, 200, 'a checkpoint');
  }
  const last = ledger.changes.at(-1);
  const list = FlagList.parse(await (await plane.operator('/flags')).json());
  // What was under way when the process died may have been done, once; it was acknowledged to nobody.
  if (last && list.revision !== last.revision) assert.equal(list.revision, last.revision + 1);
  if (last) assert.equal(list.flags[0]?.enabled, list.revision === last.revision ? last.enabled : !last.enabled);
  for (const batch of ledger.batches)
    assert.deepEqual(IngestAnswer.parse(await (await ingest(plane, batch)).json()), {
      accepted: 0,
      duplicates: 5,
      rejected: 0,
    });
}

function suite(open: () => Promise<{ environment: Record<string, string>; drop: () => Promise<void> }>) {
  let opened: Awaited<ReturnType<typeof open>>;
  before(async () => {
    opened = await open();
  });
  after(() => opened.drop());
  it(`keeps what it acknowledged through ${ROUNDS} kills (seed ${SEED})`, async () => {
    const environment = { DEMO_ORIGINS: 'http://school.example', ...opened.environment };
    const dice = createDice(SEED);
    let plane = await startProcess(environment);
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const ledger: Ledger = { changes: [], checkpoints: [], batches: [] };
        const killAt = 5 + dice(60);
        let count = 0;
        await keepBusy(plane, ledger, () => {
          count += 1;
          if (count === killAt) plane.child.kill('SIGKILL');
        });
        assert.ok(count >= killAt);
        plane = await startProcess(environment);
        await verify(plane, ledger);
      }
    } finally {
      await plane.end('SIGKILL');
    }
  });
}

describe('kill -9 on PGlite', () =>
  suite(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'vt-kill-'));
    return {
      environment: { DATA_DIR: directory },
      drop: async () => rmSync(directory, { recursive: true, force: true }),
    };
  }));

const server = await findPostgres();
describe(
  'kill -9 on PostgreSQL',
  { skip: server ? false : 'no PostgreSQL answers at TEST_DATABASE_URL or 127.0.0.1:5432' },
  () =>
    suite(async () => {
      const { url, drop } = await temporaryDatabase(server ?? '');
      return { environment: { DATABASE_URL: url }, drop };
    }),
);
