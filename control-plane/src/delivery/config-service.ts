/** Builds config answers: bytes and ETag per (revision, site, cohort), kept as long as the revision stands. */
import { createHash } from 'node:crypto';
import type { ConfigAnswer } from '@voice-tutor/sdk/contracts/config.js';
import { SiteKey } from '@voice-tutor/sdk/contracts/ids.js';
import type { FlagReader, FlagSnapshot, ReleaseReader, Site } from '../domain/ports.js';
import { createEvaluator, type Evaluator } from './evaluate.js';

/** Answers kept in memory; at some 1 kB each this bounds the cache at a few MB. The oldest goes first. */
const CACHE_LIMIT = 4000;

/** An answer ready to be sent. */
export interface ConfigBytes {
  readonly revision: number;
  readonly body: string;
  /** Quoted, strong: a digest of the body. */
  readonly etag: string;
}

/** Builds answers. */
export interface ConfigService {
  answer(site: Site, cohort: number, atLeast?: number): Promise<ConfigBytes>;
}

/** Creates the service. */
export function createConfigService({
  flags,
  releases,
}: {
  readonly flags: FlagReader;
  readonly releases: ReleaseReader;
}): ConfigService {
  const cache = new Map<string, ConfigBytes>();
  let loaded: { readonly snapshot: FlagSnapshot; readonly evaluator: Evaluator } | null = null;
  return {
    async answer(site, cohort, atLeast) {
      const snapshot = await flags.current(atLeast);
      if (loaded?.snapshot !== snapshot) {
        cache.clear();
        loaded = { snapshot, evaluator: createEvaluator(snapshot.document) };
      }
      const key = JSON.stringify([site.siteKey, cohort, site.name, site.audience, site.consentVersion]);
      const known = cache.get(key);
      if (known) return known;
      const answer: ConfigAnswer = {
        revision: snapshot.revision,
        environment: snapshot.environment,
        site: {
          siteKey: SiteKey.parse(site.siteKey),
          name: site.name,
          audience: site.audience,
          consentVersion: site.consentVersion,
        },
        release: releases.forSite(site.siteKey),
        flags: loaded.evaluator.answers(site.siteKey, cohort),
        decisions: [...snapshot.decisions],
        telemetry: { sampleRatio: 1, flushMs: 5000 },
        voice: { isolation: ['worker', 'page'] },
      };
      const body = JSON.stringify(answer);
      const bytes = {
        revision: snapshot.revision,
        body,
        etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`,
      };
      cache.set(key, bytes);
      if (cache.size > CACHE_LIMIT) cache.delete(cache.keys().next().value ?? '');
      return bytes;
    },
  };
}

/** True when `If-None-Match` names this ETag: lists, `*`, weak and unquoted forms count (RFC 9110 13.1.2, leniently). */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const bare = (tag: string) => tag.trim().replace(/^W\//, '').replaceAll('"', '');
  return header.trim() === '*' || header.split(',').some((tag) => bare(tag) === bare(etag));
}
