/** The voice room put together. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SiteReader } from '../domain/ports.js';
import type { Clock, Ids } from '../platform/clock.js';
import type { Db } from '../platform/db/db.js';
import type { Log } from '../platform/log.js';
import type { VoiceProvider } from './providers/provider.js';
import { createSessionBook } from './session-book.js';
import { createSessionHandler } from './session-routes.js';
import { voiceDefaults, type VoiceOptions } from './session-rules.js';
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
export interface Voice extends Pick<VoiceGateway, 'handleUpgrade' | 'drain' | 'counters'> {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
  close(): Promise<void>;
}

/** Puts it together. */
export function createVoice(
  { db, clock, ids, log, sites, publicUrl, provider }: VoiceDeps,
  bounds: Partial<VoiceOptions> = {},
): Voice {
  const options = { ...voiceDefaults, ...bounds };
  const book = createSessionBook({ db, clock, ids, log, provider, options });
  const gateway = createVoiceGateway({ book, clock, log, options });
  return {
    ...gateway,
    handle: createSessionHandler({ sites, book, publicUrl, log, options }),
    close: () => book.close(),
  };
}
