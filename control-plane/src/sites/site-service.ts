/** Finds sites for every request, from memory; keeps the demonstration site. */
import type { AppendAudit, RevisionCounter, Site, SiteReader } from '../domain/ports.js';
import type { DomainEvent } from '../domain/events.js';
import type { Bus } from '../platform/bus/bus.js';
import type { Clock } from '../platform/clock.js';
import type { Db } from '../platform/db/db.js';
import { mergeSite, readSite } from './site-store.js';

/** Bounds: sites kept in memory, and how long an answer may be used although no event said that it changed. */
export const siteDefaults = { cached: 5000, maxAgeMs: 10_000 };

/** What the site room needs. */
export interface SiteServiceDeps {
  readonly db: Db;
  readonly bus: Bus<DomainEvent>;
  readonly clock: Clock;
  readonly appendAudit: AppendAudit;
  readonly revisions: RevisionCounter;
}

/** Reading, and the site that `npm start` shows. */
export interface SiteService extends SiteReader {
  /** Writes the demonstration site, or adds missing origins to it; when anything changed that is a revision, audited and pushed. */
  keepDemoSite(origins: readonly string[]): Promise<void>;
  close(): void;
}

/** Creates the service. */
export function createSiteService(
  { db, bus, clock, appendAudit, revisions }: SiteServiceDeps,
  options: Partial<typeof siteDefaults> = {},
): SiteService {
  const { cached, maxAgeMs } = { ...siteDefaults, ...options };
  const cache = new Map<string, { readonly site: Promise<Site | null>; readonly readAtMs: number }>();
  const stops = [
    bus.subscribe('site.changed', ({ siteKey }) => cache.delete(siteKey)),
    // A rollback may have restored sites too.
    bus.subscribe('flag.changed', () => cache.clear()),
    bus.onGap(() => cache.clear()),
  ];
  return {
    async bySiteKey(siteKey) {
      const known = cache.get(siteKey);
      if (known && clock.monotonicMs() - known.readAtMs < maxAgeMs) return known.site;
      const site = readSite(db, siteKey);
      // Unknown keys are cached too, or a stranger's guesses would each cost a query; the oldest goes first.
      cache.delete(siteKey);
      cache.set(siteKey, { site, readAtMs: clock.monotonicMs() });
      if (cache.size > cached) cache.delete(cache.keys().next().value ?? '');
      site.catch(() => cache.delete(siteKey));
      return site;
    },
    allows: (site, origin) => origin !== undefined && site.origins.includes(origin),
    async keepDemoSite(origins) {
      const site: Site = {
        siteKey: 'pk_demo',
        name: 'Demo school',
        origins,
        audience: 'adults',
        consentVersion: 1,
        sessionLimit: 50,
      };
      const revision = await db.tx(async (tx) => {
        await revisions.lock(tx);
        if (!(await mergeSite(tx, site))) return null;
        const next = await revisions.next(tx);
        await appendAudit(tx, {
          actor: { kind: 'system', name: 'start' },
          action: 'site.kept',
          subject: site.siteKey,
          detail: { origins, revision: next },
        });
        return next;
      });
      if (revision === null) return;
      bus.publish({ type: 'site.changed', siteKey: site.siteKey });
      bus.publish({ type: 'flag.changed', revision, changedAtMs: clock.nowMs() });
    },
    close: () => stops.forEach((stop) => stop()),
  };
}
