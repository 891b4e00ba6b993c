/** Who is connected and what each page confirmed: counted in this process, shown to operators. */
import { Uuid, SiteKey, ReleaseVersion } from '@voice-tutor/sdk/contracts/ids.js';
import type { Delivery } from '@voice-tutor/sdk/contracts/operator.js';
import type { DeliveryReader } from '../domain/ports.js';
import type { Clock } from '../platform/clock.js';

/** Pages listed by name, and delays kept for the percentiles of one revision. */
const LISTED = 200;
const DELAYS = 5000;

interface Page {
  readonly siteKey: string;
  readonly origin: string;
  readonly cohort: number;
  readonly release: string | null;
  readonly openedAtMs: number;
  confirmedRevision: number | null;
  confirmedAtMs: number | null;
}

/** Keeps the count. */
export interface DeliveryTracker extends DeliveryReader {
  opened(connection: string, page: Pick<Page, 'siteKey' | 'origin' | 'cohort' | 'release'>): void;
  closed(connection: string): void;
  /** False when no such connection is open for the site. */
  confirmed(connection: string, siteKey: string, revision: number): boolean;
  /** A new revision is in force since `changedAtMs`. */
  changed(revision: number, changedAtMs: number): void;
}

/** Creates a tracker. */
export function createDeliveryTracker(clock: Clock): DeliveryTracker {
  const pages = new Map<string, Page>();
  const listeners = new Set<() => void>();
  let current = { revision: 0, changedAtMs: null as number | null };
  let delays: number[] = [];
  const tell = () => listeners.forEach((listener) => listener());
  const percentile = (share: number) => {
    const sorted = [...delays].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
  };
  return {
    opened(connection, page) {
      pages.set(connection, { ...page, openedAtMs: clock.nowMs(), confirmedRevision: null, confirmedAtMs: null });
      tell();
    },
    closed(connection) {
      if (pages.delete(connection)) tell();
    },
    confirmed(connection, siteKey, revision) {
      const page = pages.get(connection);
      if (!page || page.siteKey !== siteKey) return false;
      // Late or repeated: the page already has this or newer.
      if (page.confirmedRevision !== null && revision <= page.confirmedRevision) return true;
      page.confirmedRevision = revision;
      page.confirmedAtMs = clock.nowMs();
      // A page that connects later and confirms an old change was not waiting for it.
      const { changedAtMs } = current;
      const waited = revision === current.revision && changedAtMs !== null && page.openedAtMs <= changedAtMs;
      if (waited && delays.length < DELAYS) delays.push(Math.max(0, clock.nowMs() - changedAtMs));
      tell();
      return true;
    },
    changed(revision, changedAtMs) {
      if (revision <= current.revision) return;
      current = { revision, changedAtMs };
      delays = [];
      tell();
    },
    delivery(): Delivery {
      const all = [...pages];
      return {
        revision: current.revision,
        connected: all.length,
        confirmed: all.filter(
          ([, page]) => page.confirmedRevision !== null && page.confirmedRevision >= current.revision,
        ).length,
        p50Ms: percentile(0.5),
        p99Ms: percentile(0.99),
        pages: all
          .slice(-LISTED)
          .reverse()
          .map(([connection, page]) => ({
            connection: Uuid.parse(connection),
            siteKey: SiteKey.parse(page.siteKey),
            origin: page.origin,
            cohort: page.cohort,
            release: ReleaseVersion.safeParse(page.release).success ? page.release : null,
            confirmedRevision: page.confirmedRevision,
            confirmedAtMs: page.confirmedAtMs,
          })),
      };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
