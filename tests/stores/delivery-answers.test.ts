import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ConfigAnswer } from '@voice-tutor/sdk/contracts/config.js';
import { createConfigService, matchesEtag } from '../../control-plane/src/delivery/config-service.js';
import { createDeliveryTracker } from '../../control-plane/src/delivery/delivery-tracker.js';
import type { FlagSnapshot, Site } from '../../control-plane/src/domain/ports.js';
import type { Clock } from '../../control-plane/src/platform/clock.js';

const site: Site = {
  siteKey: 'pk_demo',
  name: 'Demo school',
  origins: [],
  audience: 'adults',
  consentVersion: 1,
  sessionLimit: 5,
};
const release = {
  version: '1.0.0',
  url: 'http://localhost/sdk/1.0.0/voice-tutor.js',
  integrity: `sha384-${'A'.repeat(64)}`,
};
const boolean = (more: object) => ({
  state: 'ENABLED',
  variants: { on: true, off: false },
  defaultVariant: 'off',
  ...more,
});
const snapshotOf = (revision: number, flags: object): FlagSnapshot => ({
  revision,
  environment: 'production',
  document: JSON.stringify({ flags }),
  decisions: [],
});
const serviceOf = (current: () => FlagSnapshot) =>
  createConfigService({ flags: { current: async () => current() }, releases: { forSite: () => release } });
const parse = (body: string) => ConfigAnswer.parse(JSON.parse(body));

describe('config answer', () => {
  it('is what the contract says, and the same bytes for the same cohort', async () => {
    const snapshot = snapshotOf(3, { alpha: boolean({}) });
    const configs = serviceOf(() => snapshot);
    const first = await configs.answer(site, 7);
    assert.deepEqual(parse(first.body).flags, [{ flagKey: 'alpha', value: false, variant: 'off', reason: 'STATIC' }]);
    assert.deepEqual(await configs.answer(site, 7), first);
    assert.match(first.etag, /^"[\w-]{27}"$/);
  });
  it('lets the ETag follow what the cohort gets, not the revision alone', async () => {
    const snapshot = snapshotOf(3, { alpha: boolean({ targeting: { if: [{ '<': [{ var: 'cohort' }, 10] }, 'on'] } }) });
    const configs = serviceOf(() => snapshot);
    const [inside, outside] = [await configs.answer(site, 9), await configs.answer(site, 10)];
    assert.deepEqual([parse(inside.body).flags[0]?.value, parse(outside.body).flags[0]?.value], [true, false]);
    assert.notEqual(inside.etag, outside.etag);
  });
  it('spreads a share over cohorts, the same way each time, and growing it only adds', async () => {
    const on = async (weight: number) => {
      const snapshot = snapshotOf(1, {
        alpha: boolean({
          targeting: {
            fractional: [
              ['on', weight],
              ['off', 100_000 - weight],
            ],
          },
        }),
      });
      const configs = serviceOf(() => snapshot);
      const cohorts = new Set<number>();
      for (let cohort = 0; cohort < 1000; cohort += 1)
        if (parse((await configs.answer(site, cohort)).body).flags[0]?.value === true) cohorts.add(cohort);
      return cohorts;
    };
    const [tenth, third] = [await on(10_000), await on(33_000)];
    assert.ok(tenth.size > 60 && tenth.size < 140, `${tenth.size} of 1000`);
    assert.ok([...tenth].every((cohort) => third.has(cohort)));
    assert.deepEqual(await on(10_000), tenth);
  });
  it('lets one bad flag not spoil the others', async () => {
    const snapshot = snapshotOf(1, { bad: boolean({ targeting: { if: [true, 'missing'] } }), good: boolean({}) });
    assert.deepEqual(
      parse((await serviceOf(() => snapshot).answer(site, 1)).body).flags.map(({ flagKey }) => flagKey),
      ['good'],
    );
  });
  it('follows a new snapshot at once', async () => {
    let snapshot = snapshotOf(1, { alpha: boolean({}) });
    const configs = serviceOf(() => snapshot);
    await configs.answer(site, 1);
    snapshot = snapshotOf(2, { alpha: boolean({ defaultVariant: 'on' }) });
    const { revision, body } = await configs.answer(site, 1);
    assert.deepEqual([revision, parse(body).flags[0]?.value], [2, true]);
  });
});

describe('If-None-Match', () => {
  const table: readonly [string | undefined, boolean][] = [
    [undefined, false],
    ['', false],
    ['"abc"', true],
    ['W/"abc"', true],
    ['abc', true],
    ['*', true],
    [' * ', true],
    ['"x", W/"abc" ,"y"', true],
    ['"x","y"', false],
    ['"abcd"', false],
    ['"ABC"', false],
  ];
  for (const [header, matches] of table)
    it(`${header ?? 'absent'} ${matches ? 'matches' : 'does not match'}`, () =>
      assert.equal(matchesEtag(header, '"abc"'), matches));
  it('never matches by accident', () => {
    const part = fc.constantFrom('"', 'W/', ',', ' ', '*', 'a', 'ab', 'bc', 'x');
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (header) =>
          !matchesEtag(header, '"abc"') || header.replaceAll('"', '').includes('abc') || header.trim() === '*',
      ),
    );
  });
});

describe('delivery figures', () => {
  const setup = () => {
    let nowMs = 0;
    const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, after: () => () => {} };
    const tracker = createDeliveryTracker(clock);
    const open = (connectedRelease: string | null = '1.0.0') => {
      const connection = randomUUID();
      tracker.opened(connection, {
        siteKey: 'pk_demo',
        origin: 'http://a.example',
        cohort: 1,
        release: connectedRelease,
      });
      return connection;
    };
    return { tracker, open, at: (ms: number) => (nowMs = ms) };
  };
  it('count who confirmed the newest revision, with the delay of the waiting pages', () => {
    const { tracker, open, at } = setup();
    const pages = Array.from({ length: 100 }, () => open());
    tracker.changed(5, 1000);
    for (const [n, page] of pages.entries()) {
      at(1001 + n);
      assert.ok(tracker.confirmed(page, 'pk_demo', 5));
    }
    const { revision, connected, confirmed, p50Ms, p99Ms } = tracker.delivery();
    assert.deepEqual([revision, connected, confirmed], [5, 100, 100]);
    assert.ok(p50Ms !== null && Math.abs(p50Ms - 50) <= 1);
    assert.ok(p99Ms !== null && p99Ms >= 99);
  });
  it('start again with the next revision, and never go back', () => {
    const { tracker, open } = setup();
    tracker.changed(1, 0);
    tracker.confirmed(open(), 'pk_demo', 1);
    tracker.changed(3, 0);
    tracker.changed(2, 0);
    const { revision, confirmed, p50Ms } = tracker.delivery();
    assert.deepEqual([revision, confirmed, p50Ms], [3, 0, null]);
  });
  it('believe nobody who is not connected to that site', () => {
    const { tracker, open } = setup();
    const page = open();
    assert.equal(tracker.confirmed(randomUUID(), 'pk_demo', 1), false);
    assert.equal(tracker.confirmed(page, 'pk_other', 1), false);
    tracker.closed(page);
    assert.equal(tracker.confirmed(page, 'pk_demo', 1), false);
    assert.equal(tracker.delivery().connected, 0);
  });
  it('list 200 pages at most, the newest first, and no release that is none', () => {
    const { tracker, open } = setup();
    for (let n = 0; n < 249; n += 1) open();
    const last = open('not a release');
    const { connected, pages } = tracker.delivery();
    assert.deepEqual(
      [connected, pages.length, pages[0]?.connection, pages[0]?.release, pages[1]?.release],
      [250, 200, last, null, '1.0.0'],
    );
  });
});
