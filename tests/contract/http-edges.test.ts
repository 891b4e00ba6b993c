/** Whatever comes in at an HTTP edge: a valid answer or a problem with a stable code, and nothing written on refusal. */
import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { Problem } from '../../sdk/src/contracts/errors.js';
import { AuditPage, CheckpointList, FlagList } from '../../sdk/src/contracts/operator.js';
import { startPlane, type RunningPlane } from '../support/control-plane.js';

let plane: RunningPlane;
before(async () => {
  plane = await startPlane();
});
after(() => plane.stop());

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly allow?: string | undefined;
  readonly body: string;
}

/** Sends exactly this path and these bytes: `fetch` would tidy the path up. */
async function send(
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  const { hostname, port } = new URL(plane.url);
  const sent = request({ hostname, port, method, path, headers });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return {
    status: response.statusCode ?? 0,
    type: response.headers['content-type'] ?? '',
    allow: response.headers.allow,
    body: Buffer.concat(chunks).toString(),
  };
}

/** A refusal, told as RFC 9457 wants it, with the status that belongs to its code; never a fault of ours. */
function isRefusal({ status, type, allow, body }: Answer, ...statuses: readonly number[]): void {
  assert.match(type, /^application\/problem\+json/, body.slice(0, 200));
  const problem = Problem.parse(JSON.parse(body));
  assert.equal(problem.status, status);
  assert.ok(status >= 400 && status < 500, `${status} ${body}`);
  if (status === 405) assert.ok(allow, 'a refused method says which are taken');
  if (statuses.length > 0) assert.ok(statuses.includes(status), `${status} ${body}`);
}

/** All that a refusal might have written. */
async function written() {
  const { revision } = FlagList.parse(await (await plane.operator('/flags')).json());
  const { checkpoints } = CheckpointList.parse(await (await plane.operator('/checkpoints')).json());
  const { entries } = AuditPage.parse(await (await plane.operator('/audit')).json());
  // Refusals of access have entries of their own.
  const acts = entries.filter(({ action }) => !/refused/.test(action)).map(({ seq }) => seq);
  return { revision, checkpoints: checkpoints.length, acts };
}
const writesNothing = async (attempts: () => Promise<void>) => {
  const held = await written();
  await attempts();
  assert.deepEqual(await written(), held);
};

/** Encoded for an address, which half a surrogate pair cannot be. */
const inPath = (value: string) => encodeURIComponent(value.replace(/\p{Surrogate}/gu, 'x'));

const site = { origin: 'http://school.example' };
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ maxLength: 80 }),
  fc.constant('\u0000'),
);
const number = fc.oneof(
  fc.double(),
  fc.bigInt().map(String),
  fc.constantFrom('1e309', '-0', '1e-400', '9'.repeat(400)),
);
const runs = { numRuns: 60 };

describe('config and stream queries', () => {
  it('answer cohorts from 0 to 999 and refuse every other query', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('config', 'stream'),
        fc.oneof(text, number.map(String)),
        text,
        async (what, cohort, since) => {
          const query = new URLSearchParams({ cohort, ...(since ? { since } : {}) });
          fc.pre(!/^\d{1,3}$/.test(cohort));
          isRefusal(await send('GET', `/v1/sites/pk_demo/${what}?${query.toString()}`, { headers: site }), 400);
        },
      ),
      runs,
    );
    for (const cohort of ['0', '7', '999'])
      assert.equal((await send('GET', `/v1/sites/pk_demo/config?cohort=${cohort}`, { headers: site })).status, 200);
    isRefusal(await send('GET', '/v1/sites/pk_demo/stream?cohort=1&since=-1', { headers: site }), 400);
    isRefusal(await send('GET', `/v1/sites/pk_demo/stream?cohort=1&release=${'9'.repeat(40)}`, { headers: site }), 400);
  });
  it('know no other site, however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(text, async (key) => {
        const path = `/v1/sites/${inPath(key)}/config?cohort=1`;
        isRefusal(await send('GET', path, { headers: site }), 404, 400);
      }),
      runs,
    );
  });
});

describe('confirmations', () => {
  it('refuse whatever is no confirmation of an open connection', () =>
    writesNothing(() =>
      fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.json(),
            text,
            fc.record({ connection: fc.uuid(), revision: fc.nat() }).map((value) => JSON.stringify(value)),
            number.map((revision) => `{"connection":"${randomUUID()}","revision":${String(revision)}}`),
          ),
          async (body) => {
            isRefusal(await send('POST', '/v1/sites/pk_demo/confirmations', { headers: site, body }), 400, 404, 413);
          },
        ),
        runs,
      ),
    ));
});

describe('ingest', () => {
  const event = (id: string, value: unknown = 1) => ({
    kind: 'vital',
    id,
    atMs: 1,
    name: 'LCP',
    value,
    rating: 'good',
  });
  const batch = (events: unknown, more: object = {}) => ({
    batchId: randomUUID(),
    siteKey: 'pk_demo',
    release: '0.1.0',
    cohort: 1,
    variants: {},
    dropped: {},
    events,
    ...more,
  });
  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    send('POST', '/v1/ingest', { headers: { ...site, ...headers }, body });
  const outcome = async (body: object) => JSON.parse((await post(JSON.stringify(body))).body) as unknown;

  it('refuses every batch whose envelope is wrong in one place', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('batchId', 'siteKey', 'release', 'cohort', 'variants', 'dropped', 'events'),
        fc.oneof(fc.jsonValue(), text, fc.double()),
        async (field, value) => {
          fc.pre(!(typeof value === 'object' && value !== null && ['variants', 'dropped', 'events'].includes(field)));
          fc.pre(!(field === 'cohort' && Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 999));
          isRefusal(await post(JSON.stringify(batch([event(randomUUID())], { [field]: value }))), 400, 404);
        },
      ),
      runs,
    ));
  it('counts events that are wrong in one place, and keeps the good one beside them once', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('kind', 'id', 'atMs', 'name', 'value', 'rating'),
        fc.oneof(text, fc.constantFrom(null, -1, 1e300, 86_400_001, [], {}, true)),
        async (field, value) => {
          fc.pre(!(field === 'atMs' && typeof value === 'number' && value >= 0 && value <= 8.64e15));
          const good = event(randomUUID());
          const body = batch([{ ...event(randomUUID()), [field]: value }, good, good]);
          assert.deepEqual(await outcome(body), { accepted: 1, duplicates: 1, rejected: 1 });
          assert.deepEqual(await outcome(body), { accepted: 0, duplicates: 2, rejected: 1 });
        },
      ),
      { numRuns: 30 },
    ));
  it('refuses numbers that are none, and takes the greatest that is one', async () => {
    for (const value of ['1e309', '-1', '9'.repeat(400), 'NaN', '"1"']) {
      const body = JSON.stringify(batch([event(randomUUID(), 'HERE')])).replace('"HERE"', value);
      const answer = await post(body);
      if (value === 'NaN') isRefusal(answer, 400);
      else assert.deepEqual(JSON.parse(answer.body), { accepted: 0, duplicates: 0, rejected: 1 }, value);
    }
    assert.deepEqual(await outcome(batch([event(randomUUID(), 86_400_000)])), {
      accepted: 1,
      duplicates: 0,
      rejected: 0,
    });
  });
  it('refuses what is cut short, compressed, too large, or in a strange encoding', async () => {
    const whole = JSON.stringify(batch([event(randomUUID())]));
    for (const length of [0, 1, Math.floor(whole.length / 2), whole.length - 1])
      isRefusal(await post(whole.slice(0, length)), 400);
    isRefusal(await post(gzipSync(whole), { 'content-encoding': 'gzip' }), 400, 415);
    isRefusal(await post(Buffer.from(whole, 'utf16le')), 400);
    isRefusal(await post(Buffer.concat([Buffer.from(whole), Buffer.alloc(70_000, ' ')])), 413);
  });
  it('rejects text that no database holds, without harm to the events that are written with it', async () => {
    const fault = (variant: string) => ({
      kind: 'feature.fault',
      id: randomUUID(),
      atMs: 1,
      flagKey: 'hints',
      variant,
      reason: 'error',
    });
    for (const variant of ['\u0000', 'a\u0000b', '\ud800']) {
      const [bad, good] = await Promise.all([
        outcome(batch([fault(variant), fault('on')])),
        outcome(batch([fault('on')])),
      ]);
      assert.deepEqual(bad, { accepted: 1, duplicates: 0, rejected: 1 });
      assert.deepEqual(good, { accepted: 1, duplicates: 0, rejected: 0 });
      isRefusal(await post(JSON.stringify(batch([fault('on')], { variants: { hints: variant } }))), 400);
    }
  });
  it('takes any media type, as sendBeacon chooses it, and no other method', async () => {
    for (const type of [
      'text/plain',
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      '',
    ])
      assert.equal(
        (await post(JSON.stringify(batch([event(randomUUID())])), { 'content-type': type })).status,
        202,
        type,
      );
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH'])
      isRefusal(await send(method, '/v1/ingest', { headers: site }), 405);
  });
  it('keeps no event of a body that never came whole', async () => {
    const lost = event(randomUUID());
    const body = JSON.stringify(batch([lost]));
    const { hostname, port } = new URL(plane.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /v1/ingest HTTP/1.1\r\nHost: x\r\nOrigin: ${site.origin}\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`,
    );
    socket.end();
    await once(socket.resume(), 'close');
    assert.deepEqual(await outcome(batch([lost])), { accepted: 1, duplicates: 0, rejected: 0 });
  });
});

describe('operators’ API', () => {
  it('refuses changes, checkpoints and rollbacks that are not of the form, and writes nothing', () =>
    writesNothing(async () => {
      const { revision } = await written();
      const { checkpoints } = CheckpointList.parse(await (await plane.operator('/checkpoints')).json());
      const id = checkpoints[0]?.checkpointId ?? randomUUID();
      const refused = async (method: string, path: string, body: unknown) => {
        const response = await plane.operator(path, { method, body });
        isRefusal(
          { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() },
          400,
          404,
          409,
        );
      };
      const wrong = fc.oneof(fc.jsonValue(), text);
      await fc.assert(
        fc.asyncProperty(wrong, text, async (value, key) => {
          fc.pre(typeof value !== 'number' || value !== revision);
          await refused('PUT', '/flags/feedback-form', value);
          await refused('PUT', '/flags/feedback-form', { enabled: value, expectedRevision: value });
          await refused('PUT', '/flags/feedback-form', { enabled: true, expectedRevision: value });
          await refused('PUT', `/flags/${inPath(key)}x!`, {
            enabled: true,
            expectedRevision: revision,
          });
          await refused('POST', `/checkpoints/${id}/rollback`, { expectedRevision: value });
          await refused('POST', `/checkpoints/${inPath(key)}/rollback`, {
            expectedRevision: revision,
          });
          await refused('POST', '/checkpoints', { name: typeof value === 'string' ? value.padEnd(300, '!') : value });
          await refused('GET', `/checkpoints/${inPath(key)}!/preview`, undefined);
        }),
        { numRuns: 25 },
      );
    }));
  it('refuses names that the database cannot hold', () =>
    writesNothing(async () => {
      for (const name of ['\u0000', 'a\u0000b', '\ud800', ' '])
        assert.equal(
          (await plane.operator('/checkpoints', { method: 'POST', body: { name } })).status,
          400,
          JSON.stringify(name),
        );
    }));
  it('refuses queries that are not of the form', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/audit?before', '/metrics?minutes', '/metrics?name=LCP&minutes'),
        text,
        async (path, value) => {
          fc.pre(!/^\d+$/.test(value));
          const response = await plane.operator(`${path}=${inPath(value)}`);
          isRefusal(
            { status: response.status, type: response.headers.get('content-type') ?? '', body: await response.text() },
            400,
          );
        },
      ),
      runs,
    );
  });
  it('signs nobody in for anything but a link’s token, and says the same to everybody who is not signed in', () =>
    writesNothing(async () => {
      const headers = { origin: plane.url, 'content-type': 'application/json' };
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.json(),
            text,
            fc.string({ minLength: 16, maxLength: 256 }).map((token) => JSON.stringify({ token })),
          ),
          async (body) => {
            isRefusal(await send('POST', '/v1/operator/sign-in', { headers, body }), 400, 401, 413, 429);
          },
        ),
        { numRuns: 40 },
      );
      for (const path of ['/flags', '/checkpoints', '/audit', '/delivery', '/metrics', '/live', '/me', '/nothing'])
        isRefusal(await send('GET', `/v1/operator${path}`, { headers: { cookie: 'vt_operator=x' } }), 401);
    }));
});

describe('who is signed in', () => {
  it('is answered quietly with nobody when asked so, and otherwise refused', async () => {
    for (const cookie of ['', 'vt_operator=x']) {
      const answer = await send('GET', '/v1/operator/me?quiet=1', { headers: { cookie } });
      assert.deepEqual([answer.status, answer.body], [204, '']);
      isRefusal(await send('GET', '/v1/operator/me', { headers: { cookie } }), 401);
    }
    for (const path of ['/me', '/me?quiet=1'])
      assert.deepEqual(await (await plane.operator(path)).json(), { name: 'admin', role: 'admin' });
  });
});

describe('files', () => {
  it('are never served from outside their folders', async () => {
    const parts = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2E%2e',
      '..%2f',
      '..%5c',
      '%00',
      '',
      '\\..',
      '....',
      'package.json',
      'etc',
      'passwd',
      '.git',
      'config',
      '%c0%ae',
      '%',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('/sdk/0.1.0/', '/sdk/', '/examples/', '/dashboard/'),
        fc.array(parts, { minLength: 1, maxLength: 8 }),
        async (root, path) => {
          const answer = await send('GET', root + path.join('/'));
          if (answer.status === 200 || (answer.status >= 300 && answer.status < 400))
            assert.doesNotMatch(answer.body, /"workspaces"|root:|\[core\]/);
          else isRefusal(answer, 400, 403, 404);
        },
      ),
      { numRuns: 150 },
    );
    for (const path of [
      '/sdk/0.1.0/../../package.json',
      '/sdk/0.1.0/%2e%2e/%2e%2e/package.json',
      '/examples/../package.json',
      '/examples/%2e%2e/package.json',
      '/dashboard/..%2f..%2fmain.js',
    ])
      isRefusal(await send('GET', path), 400, 403, 404);
  });
});
