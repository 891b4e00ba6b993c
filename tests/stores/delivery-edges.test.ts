import { it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createConfigService } from '../../control-plane/src/delivery/config-service.js';
import { createConfigStream } from '../../control-plane/src/delivery/config-stream.js';
import { createDeliveryTracker } from '../../control-plane/src/delivery/delivery-tracker.js';
import { createEvaluator } from '../../control-plane/src/delivery/evaluate.js';
import type { DomainEvent } from '../../control-plane/src/domain/events.js';
import type { Site } from '../../control-plane/src/domain/ports.js';
import { FlagDocument, SeedSet, withEnabled } from '../../control-plane/src/flags/flag-rules.js';
import { createLocalBus } from '../../control-plane/src/platform/bus/local-bus.js';
import { systemClock, systemIds } from '../../control-plane/src/platform/clock.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import { compareVersions, isPrerelease } from '../../control-plane/src/releases/release-order.js';
import { takesBrotli } from '../../control-plane/src/releases/release-routes.js';

const site: Site = {
  siteKey: 'pk_demo',
  name: 'A',
  origins: [],
  audience: 'adults',
  consentVersion: 1,
  sessionLimit: 5,
};
const targeted = (targeting: object, variants: object = { on: true, off: false }) =>
  FlagDocument.parse({ state: 'ENABLED', variants, defaultVariant: 'off', targeting });

it('switches a flag off for targeted cohorts too', () => {
  const off = withEnabled(targeted({ if: [true, 'on', 'off'] }), false);
  assert.ok(off.ok);
  assert.deepEqual(createEvaluator(JSON.stringify({ flags: { a: off.value } })).answers('pk_demo', 1), []);
});
it('refuses seeds with unknown operators or mixed variants', () => {
  const takes = (flag: FlagDocument) => SeedSet.safeParse({ flags: { a: flag } }).success;
  assert.ok(takes(targeted({ if: [{ '<': [{ var: 'cohort' }, 5] }, 'on', 'off'] })));
  assert.equal(takes(targeted({ nonsense: [1] })), false);
  assert.equal(takes(targeted({}, { on: 'yes', off: false })), false);
});
it('orders prereleases first and reads brotli weights', () => {
  const sorted = ['1.0.0', '1.0.0-beta.10', '0.9.9', '1.0.0-beta.2'].sort(compareVersions);
  assert.deepEqual(sorted, ['0.9.9', '1.0.0-beta.2', '1.0.0-beta.10', '1.0.0']);
  assert.deepEqual(sorted.map(isPrerelease), [false, true, true, false]);
  assert.deepEqual(['gzip, br', 'br;q=0', 'br; q=0.1', 'gzip'].map(takesBrotli), [true, false, true, false]);
});
it('counts no delay of a late page and never lowers a confirmation', () => {
  let nowMs = 0;
  const tracker = createDeliveryTracker({ ...systemClock, nowMs: () => nowMs });
  tracker.changed(2, 10);
  nowMs = 5000;
  const connection = randomUUID();
  tracker.opened(connection, { siteKey: 'pk_demo', origin: '', cohort: 1, release: null });
  tracker.confirmed(connection, 'pk_demo', 2);
  tracker.confirmed(connection, 'pk_demo', 1);
  assert.deepEqual([tracker.delivery().p99Ms, tracker.delivery().pages[0]?.confirmedRevision], [null, 2]);
});
it('repeats a failed push, forgets who left while it waited, names allowed methods', async () => {
  let revision = 1;
  let failures = 0;
  let gate: Promise<void> | null = null;
  let asked = () => {};
  const bus = createLocalBus<DomainEvent>(silentLog);
  const tracker = createDeliveryTracker(systemClock);
  const service = createConfigService({
    flags: {
      current: async () => {
        asked();
        if (gate) await gate;
        if (failures-- > 0) throw new Error('away');
        return { revision, environment: 'production', document: '{"flags":{}}', decisions: [] };
      },
    },
    releases: { forSite: () => ({ version: '1.0.0', url: 'http://x/y.js', integrity: `sha384-${'A'.repeat(64)}` }) },
  });
  const stream = createConfigStream({
    sites: { bySiteKey: async () => site, allows: () => true },
    configs: service,
    tracker,
    bus,
    clock: { ...systemClock, after: (delayMs, task) => systemClock.after(delayMs === 1000 ? 0 : delayMs, task) },
    ids: systemIds,
    log: silentLog,
  });
  const server = createServer((request, response) => void stream.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/sites/pk_demo`;
  const refused = await fetch(`${url}/config`, { method: 'DELETE' });
  assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'GET, HEAD, OPTIONS']);
  const leaving = new AbortController();
  const page = await fetch(`${url}/stream?cohort=1&since=1`, { signal: leaving.signal });
  failures = 1;
  revision = 2;
  bus.publish({ type: 'flag.changed', revision: 2, changedAtMs: systemClock.nowMs() });
  const reader = page.body?.getReader();
  let text = '';
  while (!text.includes('id: 2')) text += Buffer.from((await reader?.read())?.value ?? []).toString();
  let open = () => {};
  gate = new Promise((resolve) => (open = resolve));
  const waiting = new Promise<void>((resolve) => (asked = resolve));
  const gone = new Promise<void>((resolve) =>
    server.once('request', (_request, response) => response.on('close', resolve)),
  );
  const early = new AbortController();
  const lost = fetch(`${url}/stream?cohort=2`, { signal: early.signal }).catch(() => null);
  await waiting;
  early.abort();
  await Promise.all([lost, gone]);
  open();
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(tracker.delivery().connected, 1);
  const first = await service.answer(site, 1);
  assert.notEqual((await service.answer({ ...site, name: 'B' }, 1)).etag, first.etag);
  leaving.abort();
  stream.close();
  server.closeAllConnections();
  server.close();
});
