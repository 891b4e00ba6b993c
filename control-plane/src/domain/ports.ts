/** What one room asks of another, as types; `assemble.ts` hands over the real ones. */
import type { Decision } from '@voice-tutor/sdk/contracts/decisions.js';
import type { ReleaseAnswer } from '@voice-tutor/sdk/contracts/releases.js';
import type { MetricSeries, Delivery } from '@voice-tutor/sdk/contracts/operator.js';
import type { Request } from 'express';
import type { Tx } from '../platform/db/db.js';

/** Who did something. Never a name of a learner. */
export interface Actor {
  readonly kind: 'operator' | 'system' | 'schedule' | 'guardrail';
  /** Account or subsystem, at most 120 characters. */
  readonly name: string;
}

/** Writes one audit entry inside the transaction of what it records; without it there is no effect. */
export type AppendAudit = (
  tx: Tx,
  entry: {
    readonly actor: Actor;
    readonly action: string;
    readonly subject: string;
    readonly detail: Readonly<Record<string, unknown>>;
  },
) => Promise<void>;

/** Whoever changes what pages obey counts it: one revision a transaction, taken before the rows that it covers are touched. */
export interface RevisionCounter {
  /** The present revision, held until the transaction ends, so that changes take turns. */
  lock(tx: Tx): Promise<number>;
  /** Moves on to the next revision and returns it; say it on the bus as `flag.changed` after the commit. */
  next(tx: Tx): Promise<number>;
}

/** A site as other rooms need it. */
export interface Site {
  readonly siteKey: string;
  readonly name: string;
  readonly origins: readonly string[];
  readonly audience: 'adults' | 'minors';
  readonly consentVersion: number;
  /** Most sessions at once. */
  readonly sessionLimit: number;
}

/** Finds sites; cached in the process and refreshed by `site.changed`. */
export interface SiteReader {
  bySiteKey(siteKey: string): Promise<Site | null>;
  /** True when `origin` is registered for the site, compared exactly; `null` and absent never are. */
  allows(site: Site, origin: string | undefined): boolean;
}

/** What pages obey at one revision: flag documents and decisions. */
export interface FlagSnapshot {
  readonly revision: number;
  readonly environment: string;
  /** A flagd document, validated when it was stored. */
  readonly document: string;
  readonly decisions: readonly Decision[];
}

/** Reads the present flag set. */
export interface FlagReader {
  /** The newest snapshot, at least as new as `atLeast` when the database has it. */
  current(atLeast?: number): Promise<FlagSnapshot>;
}

/** The release a site's pages should run. */
export interface ReleaseReader {
  forSite(siteKey: string): ReleaseAnswer;
}

/** Who is connected and what they confirmed. */
export interface DeliveryReader {
  delivery(): Delivery;
  onChange(listener: () => void): () => void;
}

/** Roll-ups for charts. */
export interface MetricReader {
  series(name: string, minutes: number): Promise<MetricSeries>;
}

/** Who is signed in on this request; null for nobody. */
export type OperatorOf = (
  request: Request,
) => { readonly name: string; readonly role: 'viewer' | 'operator' | 'admin' } | null;

/** The operator of this request, as actor; only behind the check that somebody is signed in. */
export type ActorOf = (request: Request) => Actor;
