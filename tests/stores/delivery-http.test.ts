import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { ConfigAnswer, StreamHello } from '@voice-tutor/sdk/contracts/config.js';
import { Problem } from '@voice-tutor/sdk/contracts/errors.js';
import { createConfigService } from '../../control-plane/src/delivery/config-service.js';
import { createConfigStream, type ConfigStream } from '../../control-plane/src/delivery/config-stream.js';
import { createDeliveryTracker } from '../../control-plane/src/delivery/delivery-tracker.js';
import type { DomainEvent } from '../../control-plane/src/domain/events.js';
import type { FlagSnapshot, Site } from '../../control-plane/src/domain/ports.js';
import { createLocalBus } from '../../control-plane/src/platform/bus/local-bus.js';
import { systemClock, systemIds } from '../../control-plane/src/platform/clock.js';
import { silentLog } from '../../control-plane/src/platform/log.js';

const HOME = 'http://school.example';
const site: Site = {
  siteKey: 'pk_demo',
  name: 'Demo school',
  origins: [HOME],
  audience: 'adults',
  consentVersion: 1,
  sessionLimit: 5,
};
const release = {
  version: '1.0.0',
  url: 'http://localhost/sdk/1.0.0/voice-tutor.js',
  integrity: `sha384-${'A'.repeat(64)}`,
};
const snapshotOf = (revision: number, defaultVariant: string): FlagSnapshot => ({
  revision,
  environment: 'production',
  decisions: [],
  document: JSON.stringify({
    flags: { alpha: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant } },
  }),
});

interface SseEvent {
  readonly event: string | undefined;
  readonly id: string | undefined;
  readonly data: unknown;
}

/** Reads a response as server-sent events; `next` waits for the next one. */
function readEvents(incoming: IncomingMessage) {
  const queue: SseEvent[] = [];
  const waiting: ((event: SseEvent) => void)[] = [];
  let rest = '';
  incoming.setEncoding('utf8').on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2);
      const data = field('data');
      if (data === undefined) continue;
      const event = { event: field('event'), id: field('id'), data: JSON.parse(data) as unknown };
      const waiter = waiting.shift();
      if (waiter) waiter(event);
      else queue.push(event);
    }
  });
  const next = () =>
    new Promise<SseEvent>((resolve) => {
      const event = queue.shift();
      if (event) resolve(event);
      else waiting.push(resolve);
    });
  return { next, queued: () => queue.length };
}

describe('config over HTTP', () => {
  let snapshot = snapshotOf(1, 'off');
  const bus = createLocalBus<DomainEvent>(silentLog);
  const tracker = createDeliveryTracker(systemClock);
  const configs = createConfigService({
    flags: { current: async () => snapshot },
    releases: { forSite: () => release },
  });
  const sites = {
    bySiteKey: async (key: string) => (key === site.siteKey ? site : null),
    allows: (of: Site, origin: string | undefined) => origin !== undefined && of.origins.includes(origin),
  };
  let stream: ConfigStream;
  let server: Server;
  let port = 0;
  before(async () => {
    stream = createConfigStream({ sites, configs, tracker, bus, clock: systemClock, ids: systemIds, log: silentLog });
    server = createServer((incoming, response) => {
      if (!stream.handle(incoming, response)) response.writeHead(418).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  after(async () => {
    stream.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const root = () => `http://127.0.0.1:${port}`;
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${root()}/v1/sites/pk_demo${path}`, { method, headers });
  const post = (body: string, type: string, headers: Record<string, string> = {}) =>
    fetch(`${root()}/v1/sites/pk_demo/confirmations`, {
      method: 'POST',
      headers: { 'content-type': type, ...headers },
      body,
    });
  const change = (variant: string) => {
    snapshot = snapshotOf(snapshot.revision + 1, variant);
    bus.publish({ type: 'flag.changed', revision: snapshot.revision, changedAtMs: systemClock.nowMs() });
  };
  const code = async (response: Response) => [response.status, Problem.parse(await response.json()).code];
  const listen = async (query: string, headers: Record<string, string> = {}) => {
    const outgoing = request({ host: '127.0.0.1', port, path: `/v1/sites/pk_demo/stream?${query}`, headers });
    const incoming = await new Promise<IncomingMessage>((resolve, reject) =>
      outgoing.on('response', resolve).on('error', reject).end(),
    );
    const events = readEvents(incoming);
    const first = await events.next();
    assert.equal(first.event, 'hello');
    return {
      ...events,
      hello: StreamHello.parse(first.data),
      headers: incoming.headers,
      end: () => outgoing.destroy(),
    };
  };
  /** Waits until the server has seen everybody leave. */
  const empty = () =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (tracker.delivery().connected > 0) return;
        stop();
        resolve();
      };
      const stop = tracker.onChange(check);
      check();
    });

  it('answers the whole config with caching and CORS for a registered origin', async () => {
    const response = await get('/config?cohort=7', { origin: HOME });
    assert.equal(response.status, 200);
    assert.equal(ConfigAnswer.parse(await response.json()).revision, snapshot.revision);
    assert.equal(
      response.headers.get('cache-control'),
      'public, max-age=5, stale-while-revalidate=30, stale-if-error=86400',
    );
    assert.equal(response.headers.get('access-control-allow-origin'), HOME);
    assert.match(response.headers.get('vary') ?? '', /Origin/);
    assert.match(response.headers.get('access-control-expose-headers') ?? '', /ETag/);
  });
  it('answers 304 without a body to the ETag it gave, in any form, until something changed', async () => {
    const etag = (await get('/config?cohort=7')).headers.get('etag') ?? '';
    // fetch() adds Cache-Control: no-cache with If-None-Match; that must not undo the comparison.
    for (const header of [etag, `W/${etag}`, `"x", ${etag}`, '*', etag.replaceAll('"', '')]) {
      const response = await get('/config?cohort=7', { 'if-none-match': header });
      assert.deepEqual([response.status, await response.text(), response.headers.get('etag')], [304, '', etag]);
    }
    change('on');
    assert.equal((await get('/config?cohort=7', { 'if-none-match': etag })).status, 200);
  });
  it('refuses origins, sites, methods and cohorts it does not know', async () => {
    for (const origin of ['http://evil.example', `${HOME}.evil.example`, 'null']) {
      const response = await get('/config?cohort=1', { origin });
      assert.equal(response.headers.get('access-control-allow-origin'), '*');
      assert.deepEqual(await code(response), [403, 'forbidden-origin']);
    }
    assert.deepEqual(await code(await fetch(`${root()}/v1/sites/pk_nobody/config?cohort=1`)), [404, 'not-found']);
    assert.deepEqual(await code(await fetch(`${root()}/v1/sites/%E0%A4%A/config?cohort=1`)), [400, 'bad-request']);
    assert.deepEqual(await code(await get('/config?cohort=1', {}, 'DELETE')), [405, 'method-not-allowed']);
    for (const query of ['', '?cohort=', '?cohort=-1', '?cohort=1000', '?cohort=1.5'])
      assert.deepEqual(await code(await get(`/config${query}`)), [400, 'bad-request'], query);
  });
  it('answers 200 to a cohort of up to three digits and 400 to anything else that anybody writes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.integer({ min: -50, max: 1100 }).map(String)), async (cohort) => {
        const response = await get(`/config?cohort=${encodeURIComponent(cohort)}`);
        await response.arrayBuffer();
        assert.equal(response.status, /^\d{1,3}$/.test(cohort) ? 200 : 400);
      }),
      { numRuns: 60 },
    );
  });
  it('answers HEAD without a body and a preflight with what is allowed', async () => {
    const head = await get('/config?cohort=1', {}, 'HEAD');
    assert.deepEqual([head.status, await head.text()], [200, '']);
    assert.ok(head.headers.get('etag'));
    const preflight = await get('/confirmations', { origin: HOME, 'access-control-request-method': 'POST' }, 'OPTIONS');
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /POST/);
  });
  it('leaves other paths to others', async () => {
    for (const path of ['/v1/sites/pk_demo/other', '/v1/sites/pk_demo/config/more', '/'])
      assert.equal((await fetch(`${root()}${path}`)).status, 418);
  });
  it('greets a page, says nothing more while it is up to date, then pushes the change', async () => {
    const page = await listen(`cohort=3&since=${snapshot.revision}`, { origin: HOME });
    assert.equal(page.hello.revision, snapshot.revision);
    assert.match(String(page.headers['content-type']), /^text\/event-stream/);
    change('off');
    const pushed = await page.next();
    assert.deepEqual([pushed.event, pushed.id, page.queued()], ['config', String(snapshot.revision), 0]);
    assert.equal(ConfigAnswer.parse(pushed.data).revision, snapshot.revision);
    page.end();
    await empty();
  });
  it('catches up a page that is behind, by `since` or by Last-Event-ID, which counts more', async () => {
    for (const [query, headers] of [
      ['cohort=3&since=0', {}],
      ['cohort=3', {}],
      [`cohort=3&since=${snapshot.revision}`, { 'last-event-id': '0' }],
    ] as const) {
      const page = await listen(query, headers);
      assert.equal(ConfigAnswer.parse((await page.next()).data).revision, snapshot.revision);
      page.end();
    }
    await empty();
  });
  it('pushes one change to every page', async () => {
    const pages = await Promise.all(
      [1, 2, 3, 500].map((cohort) => listen(`cohort=${cohort}&since=${snapshot.revision}`)),
    );
    change('on');
    const pushed = await Promise.all(pages.map((page) => page.next()));
    assert.deepEqual(
      pushed.map(({ id }) => id),
      pages.map(() => String(snapshot.revision)),
    );
    for (const page of pages) page.end();
    await empty();
  });
  it('counts a confirmation, as text or JSON, of a page that is connected, and of no other', async () => {
    const page = await listen(`cohort=3&since=${snapshot.revision}`);
    change('off');
    await page.next();
    const body = JSON.stringify({ connection: page.hello.connection, revision: snapshot.revision });
    assert.equal((await post(body, 'text/plain', { origin: HOME })).status, 204);
    assert.equal((await post(body, 'application/json')).status, 204);
    const { confirmed, pages, p50Ms } = tracker.delivery();
    assert.deepEqual([confirmed, pages[0]?.confirmedRevision], [1, snapshot.revision]);
    assert.ok(p50Ms !== null && p50Ms >= 0);
    assert.deepEqual(await code(await post(JSON.stringify({ connection: randomUUID(), revision: 1 }), 'text/plain')), [
      404,
      'not-found',
    ]);
    assert.deepEqual(await code(await post(body, 'text/plain', { origin: 'http://evil.example' })), [
      403,
      'forbidden-origin',
    ]);
    page.end();
    await empty();
    assert.equal((await post(body, 'text/plain')).status, 404);
  });
  it('refuses any confirmation that is not one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json({ maxDepth: 2 }), fc.string()), async (text) => {
        const response = await post(text, 'text/plain');
        await response.arrayBuffer();
        assert.equal(response.status, Buffer.byteLength(text) > 1024 ? 413 : 400);
      }),
      { numRuns: 60 },
    );
  });
});
