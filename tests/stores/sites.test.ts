import { after, before, it } from 'node:test';
import assert from 'node:assert/strict';
import { appendAudit } from '../../control-plane/src/audit/audit-store.js';
import type { DomainEvent } from '../../control-plane/src/domain/events.js';
import { lockRevision, nextRevision, readRevision } from '../../control-plane/src/flags/flag-store.js';
import { createLocalBus } from '../../control-plane/src/platform/bus/local-bus.js';
import type { Clock } from '../../control-plane/src/platform/clock.js';
import { silentLog } from '../../control-plane/src/platform/log.js';
import { createSiteService, type SiteService } from '../../control-plane/src/sites/site-service.js';
import { forEachStore } from '../support/stores.js';

await forEachStore('site service', (db) => {
  const bus = createLocalBus<DomainEvent>(silentLog);
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, monotonicMs: () => nowMs, after: () => () => {} };
  let sites: SiteService;
  before(() => {
    const revisions = { lock: lockRevision, next: nextRevision };
    sites = createSiteService({ db: db(), bus, clock, appendAudit, revisions }, { cached: 3, maxAgeMs: 1000 });
  });
  after(() => sites.close());
  const entries = async () => (await db().query<{ n: number }>('select count(*) as n from audit')).rows[0]?.n;
  const origins = async () => (await sites.bySiteKey('pk_demo'))?.origins;

  it('makes the demonstration site, hears of it at once although it was asked for before', async () => {
    assert.equal(await sites.bySiteKey('pk_demo'), null);
    await sites.keepDemoSite(['http://localhost:8787']);
    const { name, audience, consentVersion } = (await sites.bySiteKey('pk_demo')) ?? {};
    assert.deepEqual([name, audience, consentVersion], ['Demo school', 'adults', 1]);
    assert.equal(await entries(), 1);
  });
  it('adds missing origins, takes none away, and audits only real changes', async () => {
    await sites.keepDemoSite(['http://b.example', 'http://localhost:8787']);
    assert.deepEqual(await origins(), ['http://b.example', 'http://localhost:8787']);
    await sites.keepDemoSite(['http://b.example']);
    await sites.keepDemoSite([]);
    assert.deepEqual(await origins(), ['http://b.example', 'http://localhost:8787']);
    assert.equal(await entries(), 2);
  });
  it('counts a change as a revision, audits it and announces it; no change is none', async () => {
    const held = await readRevision(db());
    const heard: DomainEvent[] = [];
    const stops = [
      bus.subscribe('site.changed', (e) => heard.push(e)),
      bus.subscribe('flag.changed', (e) => heard.push(e)),
    ];
    await sites.keepDemoSite(['http://d.example']);
    await sites.keepDemoSite(['http://d.example']);
    stops.forEach((stop) => stop());
    assert.equal(await readRevision(db()), held + 1);
    assert.deepEqual(heard, [
      { type: 'site.changed', siteKey: 'pk_demo' },
      { type: 'flag.changed', revision: held + 1, changedAtMs: nowMs },
    ]);
    const { rows } = await db().query('select action, payload from audit order by seq desc limit 1');
    assert.deepEqual(rows, [{ action: 'site.kept', payload: { origins: ['http://d.example'], revision: held + 1 } }]);
  });
  it('keeps settings that were changed when origins are merged', async () => {
    await db().query(`update site set name = 'Renamed', session_limit = 7 where site_key = 'pk_demo'`);
    await sites.keepDemoSite(['http://c.example']);
    const site = await sites.bySiteKey('pk_demo');
    assert.deepEqual([site?.name, site?.sessionLimit], ['Renamed', 7]);
  });
  it('compares origins exactly', async () => {
    const site = await sites.bySiteKey('pk_demo');
    assert.ok(site);
    const allowed = [
      'http://b.example',
      'http://b.example/',
      'https://b.example',
      'http://B.example',
      'http://b.example:80',
      'http://x.b.example',
      'null',
      '',
      undefined,
    ];
    assert.deepEqual(
      allowed.map((origin) => sites.allows(site, origin)),
      [true, ...Array<boolean>(8).fill(false)],
    );
  });
  it('answers from memory until told or too old', async () => {
    await sites.bySiteKey('pk_demo');
    await db().query(`update site set name = 'Later' where site_key = 'pk_demo'`);
    assert.equal((await sites.bySiteKey('pk_demo'))?.name, 'Renamed');
    nowMs += 1000;
    assert.equal((await sites.bySiteKey('pk_demo'))?.name, 'Later');
    await db().query(`update site set name = 'Restored' where site_key = 'pk_demo'`);
    bus.publish({ type: 'flag.changed', revision: 1, changedAtMs: 0 });
    assert.equal((await sites.bySiteKey('pk_demo'))?.name, 'Restored');
  });
  it('stays within its memory however many keys are guessed', async () => {
    for (let n = 0; n < 10; n += 1) assert.equal(await sites.bySiteKey(`pk_guess_${n}`), null);
    assert.equal((await sites.bySiteKey('pk_demo'))?.siteKey, 'pk_demo');
  });
});
