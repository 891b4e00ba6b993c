import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ConfigAnswer } from '../../sdk/src/contracts/config.js';
import { Problem } from '../../sdk/src/contracts/errors.js';
import { AuditPage, CheckpointList, FlagList, RollbackPreview } from '../../sdk/src/contracts/operator.js';
import { events, next } from '../support/event-stream.js';
import { startPlane, type RunningPlane } from '../support/control-plane.js';

let plane: RunningPlane;
before(async () => {
  plane = await startPlane();
});
after(() => plane.stop());

const site = (
  path: string,
  init: { method?: string; body?: string; signal?: AbortSignal; headers?: Record<string, string> } = {},
) => fetch(`${plane.url}/v1/sites/pk_demo${path}`, { ...init, headers: { origin: plane.origin, ...init.headers } });
const revision = async () => FlagList.parse(await (await plane.operator('/flags')).json()).revision;
const put = async (enabled: boolean, expectedRevision?: number) =>
  plane.operator('/flags/feedback-form', {
    method: 'PUT',
    body: { enabled, expectedRevision: expectedRevision ?? (await revision()) },
  });
async function isProblem(response: Response, status: number, code: string) {
  assert.equal(response.status, status);
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
  assert.equal(Problem.parse(await response.json()).code, code);
}

describe('config answer', () => {
  it('holds everything one page needs, with every flag off', async () => {
    const response = await site('/config?cohort=7');
    assert.equal(response.headers.get('access-control-allow-origin'), plane.origin);
    const answer = ConfigAnswer.parse(await response.json());
    assert.deepEqual(
      answer.flags.map(({ flagKey, value }) => [flagKey, value]),
      [['feedback-form', false]],
    );
    assert.equal(answer.release.version, '0.1.0');
  });
  it('answers 304 to every form of the ETag it gave, and only to that', async () => {
    const etag = (await site('/config?cohort=7')).headers.get('etag') ?? '';
    for (const form of [etag, `W/${etag}`, `"x", ${etag}`, '*', etag.replaceAll('"', '')]) {
      assert.equal((await site('/config?cohort=7', { headers: { 'if-none-match': form } })).status, 304, form);
    }
    assert.equal((await site('/config?cohort=7', { headers: { 'if-none-match': '"other"' } })).status, 200);
  });
  const refused: readonly (readonly [string, RequestInit, number, string])[] = [
    ['/v1/sites/pk_demo/config?cohort=1', { headers: { origin: 'http://evil.example' } }, 403, 'forbidden-origin'],
    ['/v1/sites/pk_demo/config?cohort=1', { headers: { origin: 'null' } }, 403, 'forbidden-origin'],
    [
      '/v1/sites/pk_demo/config?cohort=1',
      { headers: { origin: 'http://school.example.evil.example' } },
      403,
      'forbidden-origin',
    ],
    ['/v1/sites/pk_nobody/config?cohort=1', {}, 404, 'not-found'],
    ['/v1/sites/%00/config?cohort=1', {}, 404, 'not-found'],
    ['/v1/sites/%E0%A4%A/config?cohort=1', {}, 400, 'bad-request'],
    ['/v1/sites/pk_demo/config', {}, 400, 'bad-request'],
    ['/v1/sites/pk_demo/config?cohort=-1', {}, 400, 'bad-request'],
    ['/v1/sites/pk_demo/config?cohort=1', { method: 'DELETE' }, 405, 'method-not-allowed'],
    ['/v1/sites/pk_demo/confirmations', { method: 'POST', body: '{' }, 400, 'bad-request'],
    [
      '/v1/sites/pk_demo/confirmations',
      { method: 'POST', body: JSON.stringify({ connection: randomUUID(), revision: 1 }) },
      404,
      'not-found',
    ],
    ['/v1/sites/pk_demo/confirmations', { method: 'POST', body: 'x'.repeat(5000) }, 413, 'payload-too-large'],
    ['/nothing', {}, 404, 'not-found'],
    ['/sdk/0.1.0/..%2f..%2fpackage.json', {}, 404, 'not-found'],
    ['/sdk/0.1.0/manifest.json', {}, 404, 'not-found'],
    ['/v1/operator/flags', {}, 401, 'unauthorized'],
  ];
  for (const [path, init, status, code] of refused) {
    it(`refuses ${init.method ?? 'GET'} ${path} ${JSON.stringify(init.headers ?? {})} with ${code}`, async () =>
      isProblem(await fetch(plane.url + path, init), status, code));
  }
});

describe('a flag and a rollback', () => {
  it('reaches an open page, is confirmed, goes back, and leaves both acts in the audit', async () => {
    const abort = new AbortController();
    const stream = events(
      await site(`/stream?cohort=3&since=${await revision()}&release=0.1.0`, { signal: abort.signal }),
    );
    const { connection } = (await next(stream)).data as { connection: string };
    const changed = (await (await put(true)).json()) as { revision: number; checkpointId: string };
    const pushed = await next(stream);
    assert.equal(pushed.event, 'config');
    assert.equal(pushed.id, String(changed.revision));
    assert.equal(ConfigAnswer.parse(pushed.data).flags[0]?.value, true);
    assert.equal(
      (
        await site('/confirmations', {
          method: 'POST',
          body: JSON.stringify({ connection, revision: changed.revision }),
        })
      ).status,
      204,
    );
    const delivery = (await (await plane.operator('/delivery')).json()) as {
      connected: number;
      confirmed: number;
      pages: { origin: string }[];
    };
    assert.deepEqual([delivery.connected, delivery.confirmed, delivery.pages[0]?.origin], [1, 1, plane.origin]);

    const preview = RollbackPreview.parse(
      await (await plane.operator(`/checkpoints/${changed.checkpointId}/preview`)).json(),
    );
    assert.deepEqual(preview.changes, [{ flagKey: 'feedback-form', from: 'on', to: 'off' }]);
    assert.equal(preview.connectedPages, 1);
    const back = await plane.operator(`/checkpoints/${changed.checkpointId}/rollback`, {
      method: 'POST',
      body: { expectedRevision: changed.revision },
    });
    assert.equal(back.status, 200);
    assert.equal(ConfigAnswer.parse((await next(stream)).data).flags[0]?.value, false);
    abort.abort();
    const audit = AuditPage.parse(await (await plane.operator('/audit')).json());
    assert.deepEqual(
      audit.entries.slice(0, 4).map(({ action }) => action),
      ['checkpoint.restored', 'checkpoint.taken', 'flag.set-enabled', 'checkpoint.taken'],
    );
    assert.equal(audit.intact, true);
  });
  it('sends a page that was away what it missed, at once', async () => {
    const abort = new AbortController();
    const held = await revision();
    const stream = events(await site(`/stream?cohort=3&since=${held - 1}`, { signal: abort.signal }));
    assert.equal((await next(stream)).event, 'hello');
    assert.equal((await next(stream)).id, String(held));
    abort.abort();
  });
  it('refuses a change that expects another revision, and changes nothing', async () => {
    const held = await revision();
    await isProblem(await put(true, held - 1), 409, 'revision-conflict');
    assert.equal(await revision(), held);
  });
  it('refuses a damaged request, and changes nothing', async () => {
    const held = await revision();
    const { checkpoints } = CheckpointList.parse(await (await plane.operator('/checkpoints')).json());
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (body) => {
        assert.equal((await plane.operator('/flags/feedback-form', { method: 'PUT', body })).status, 400);
        assert.equal(
          (await plane.operator(`/checkpoints/${checkpoints[0]?.checkpointId}/rollback`, { method: 'POST', body }))
            .status,
          400,
        );
      }),
      { numRuns: 25 },
    );
    assert.equal(
      (await plane.operator('/flags/no-such-flag', { method: 'PUT', body: { enabled: true, expectedRevision: held } }))
        .status,
      404,
    );
    assert.equal((await plane.operator(`/checkpoints/${randomUUID()}/preview`)).status, 404);
    assert.equal(await revision(), held);
  });
});

describe('ingest', () => {
  const batch = (events: unknown[], more: object = {}) => ({
    batchId: randomUUID(),
    siteKey: 'pk_demo',
    release: '0.1.0',
    cohort: 1,
    variants: {},
    dropped: {},
    events,
    ...more,
  });
  const vital = (value: number) => ({
    kind: 'vital',
    id: randomUUID(),
    atMs: Date.now(),
    name: 'LCP',
    value,
    rating: 'good',
  });
  const post = (body: unknown, origin = plane.origin) =>
    fetch(`${plane.url}/v1/ingest`, {
      method: 'POST',
      headers: { origin, 'content-type': 'text/plain' },
      body: JSON.stringify(body),
    });
  const count = async () => {
    const series = (await (await plane.operator('/metrics?name=LCP&minutes=60')).json()) as {
      points: { count: number; p75: number }[];
    };
    return series.points;
  };

  it('stores each event once, however often it comes, and rolls it up', async () => {
    const events = [vital(1000), vital(2000), vital(3000), vital(4000)];
    assert.deepEqual(await (await post(batch(events))).json(), { accepted: 4, duplicates: 0, rejected: 0 });
    assert.deepEqual(await (await post(batch([...events, { kind: 'vital' }]))).json(), {
      accepted: 0,
      duplicates: 4,
      rejected: 1,
    });
    let points = await count();
    while (points.reduce((sum, point) => sum + point.count, 0) < 4) points = await count();
    assert.equal(
      points.reduce((sum, point) => sum + point.count, 0),
      4,
    );
    assert.ok(Math.abs((points[0]?.p75 ?? 0) / 3000 - 1) < 0.011);
  });
  it('refuses strangers, strange shapes and floods of bytes, writing nothing', async () => {
    await isProblem(await post(batch([vital(1)]), 'http://evil.example'), 403, 'forbidden-origin');
    await isProblem(await post(batch([vital(1)], { siteKey: 'pk_nobody' })), 404, 'not-found');
    await isProblem(await post(batch(Array.from({ length: 51 }, () => vital(1)))), 400, 'bad-request');
    await isProblem(await post('x'.repeat(70_000)), 413, 'payload-too-large');
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (body) => {
        assert.equal((await post(body)).status, 400);
      }),
      { numRuns: 50 },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (events) => {
        assert.deepEqual(await (await post(batch(events))).json(), {
          accepted: 0,
          duplicates: 0,
          rejected: events.length,
        });
      }),
      { numRuns: 25 },
    );
    assert.equal(
      (await count()).reduce((sum, point) => sum + point.count, 0),
      4,
    );
  });
});

describe('health', () => {
  it('is alive and ready', async () => {
    assert.equal((await fetch(`${plane.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${plane.url}/readyz`)).status, 200);
  });
});
