/** The voice room put together. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SiteReader } from '../domain/ports.js';
import type { Clock, Ids } from '../platform/clock.js';
import type { Db } from '../platform/db/db.js';
import type { Log } from '../platform/log.js';
import type { VoiceProvider } from './providers/provider.js';
import { createSessionBook } from './session-book.js';
import { createSessionHandler } from './session-routes.js';
import { mayTeach, voiceDefaults, type VoiceOptions } from './session-rules.js';
import { createVoiceCounters, type VoiceCounters } from './voice-counters.js';
import { createVoiceGateway, type VoiceGateway } from './voice-gateway.js';

/** What the voice room needs. */
export interface VoiceDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly sites: SiteReader;
  readonly publicUrl: () => string;
  readonly provider: VoiceProvider;
}

/** The voice room. */
export interface Voice extends Pick<VoiceGateway, 'handleUpgrade' | 'drain'> {
  readonly counters: Readonly<VoiceCounters>;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

/** Puts it together. */
export function createVoice(
  { db, clock, ids, log, sites, publicUrl, provider }: VoiceDeps,
  bounds: Partial<VoiceOptions> = {},
): Voice {
  const options = { ...voiceDefaults, ...bounds };
  const counters = createVoiceCounters();
  const admits = async (siteKey: string, origin: string) => {
    const site = await sites.bySiteKey(siteKey);
    return site !== null && sites.allows(site, origin) && mayTeach(provider, site);
  };
  const book = createSessionBook({ db, clock, ids, log, provider, options, counters, admits });
  const gateway = createVoiceGateway({ book, clock, log, options, counters });
  return {
    ...gateway,
    counters,
    handle: createSessionHandler({ sites, book, provider, publicUrl, log, options, isDraining: gateway.isDraining }),
    close: () => book.close(),
  };
}
