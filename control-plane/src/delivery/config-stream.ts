/** `/v1/sites/{siteKey}/config`, `/stream` and `/confirmations` on bare node:http: the paths every page walks, answered before Express. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ConfigQuery, Confirmation } from '@voice-tutor/sdk/contracts/config.js';
import { SiteKey } from '@voice-tutor/sdk/contracts/ids.js';
import type { DomainEvent } from '../domain/events.js';
import type { Site, SiteReader } from '../domain/ports.js';
import type { Bus } from '../platform/bus/bus.js';
import type { Clock, Ids } from '../platform/clock.js';
import { readBody } from '../platform/http/body.js';
import { parseWith, ProblemError, sendProblem, toProblem } from '../platform/http/problem.js';
import { openSse, type SseStream } from '../platform/http/sse.js';
import type { Log } from '../platform/log.js';
import { matchesEtag, type ConfigService } from './config-service.js';
import type { DeliveryTracker } from './delivery-tracker.js';

/** Streams of one process (11 kB each) and of one site; one more is refused with 503. */
const STREAM_LIMIT = 20_000;
const SITE_STREAM_LIMIT = 5000;
/** A push that failed is repeated after this long. */
const RETRY_MS = 1000;
/** Streams pushed in one turn of the event loop, so that thousands do not keep others waiting. */
const PUSH_BATCH = 100;
const CACHE_CONTROL = 'public, max-age=5, stale-while-revalidate=30, stale-if-error=86400';

/** What the stream needs. */
export interface ConfigStreamDeps {
  readonly sites: SiteReader;
  readonly configs: ConfigService;
  readonly tracker: DeliveryTracker;
  readonly bus: Bus<DomainEvent>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** Takes requests of its paths. */
export interface ConfigStream {
  /** True when the request is (or will be) answered here. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Ends every stream; pages reconnect elsewhere. */
  close(): void;
}

interface OpenStream {
  readonly sse: SseStream;
  readonly site: Site;
  readonly cohort: number;
  sentRevision: number;
  /** Cancels the repetition of a failed push; null while none is due. */
  stopRetry: (() => void) | null;
}

const PATH = /^\/v1\/sites\/([^/?]{1,60})\/(config|stream|confirmations)(?:\?|$)/;

/** Creates the handler. */
export function createConfigStream({ sites, configs, tracker, bus, clock, ids, log }: ConfigStreamDeps): ConfigStream {
  const streams = new Map<string, OpenStream>();
  const perSite = new Map<string, number>();
  let announced = 0;
  const count = (siteKey: string, by: 1 | -1) => {
    const open = (perSite.get(siteKey) ?? 0) + by;
    if (open > 0) perSite.set(siteKey, open);
    else perSite.delete(siteKey);
  };

  const push = async (stream: OpenStream, atLeast: number) => {
    const site = (await sites.bySiteKey(stream.site.siteKey)) ?? stream.site;
    const { body, revision } = await configs.answer(site, stream.cohort, atLeast);
    if (revision <= stream.sentRevision) return;
    stream.sentRevision = revision;
    stream.sse.send('config', body, revision);
  };
  const deliver = async (connection: string, stream: OpenStream, atLeast: number): Promise<void> => {
    try {
      await push(stream, atLeast);
    } catch (error) {
      log.warn({ error: error as Error }, 'a change could not be pushed; it is tried again');
      if (!streams.has(connection) || stream.stopRetry) return;
      stream.stopRetry = clock.after(RETRY_MS, () => {
        stream.stopRetry = null;
        // After a gap nothing is announced, so that only asking tells whether the page is behind.
        if (atLeast === 0 || stream.sentRevision < announced) void deliver(connection, stream, announced);
      });
    }
  };
  const pushAll = async (revision: number) => {
    let pushed = 0;
    for (const [connection, stream] of [...streams]) {
      if (streams.has(connection)) await deliver(connection, stream, revision);
      pushed += 1;
      if (pushed % PUSH_BATCH === 0) await new Promise<void>((resolve) => clock.after(0, resolve));
    }
  };
  const stops = [
    bus.subscribe('flag.changed', ({ revision, changedAtMs }) => {
      tracker.changed(revision, changedAtMs);
      announced = Math.max(announced, revision);
      void pushAll(revision);
    }),
    bus.onGap(() => void pushAll(0)),
  ];

  /** The site of the path, with CORS headers for a registered origin; an unregistered one is refused. */
  const admit = async (request: IncomingMessage, response: ServerResponse, key: string): Promise<Site> => {
    response.setHeader('Vary', 'Origin');
    const parsed = SiteKey.safeParse(decodeURIComponent(key));
    const site = parsed.success ? await sites.bySiteKey(parsed.data) : null;
    if (!site) throw new ProblemError('not-found', { detail: 'No site has this key; check the site-key attribute.' });
    const { origin } = request.headers;
    if (origin !== undefined) {
      if (!sites.allows(site, origin)) throw new ProblemError('forbidden-origin');
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', 'ETag, Retry-After');
    }
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    return site;
  };

  const config = async (request: IncomingMessage, response: ServerResponse, site: Site, query: URLSearchParams) => {
    const { cohort } = parseWith(ConfigQuery, Object.fromEntries(query));
    const { body, etag } = await configs.answer(site, cohort);
    response.setHeader('ETag', etag);
    response.setHeader('Cache-Control', CACHE_CONTROL);
    if (matchesEtag(request.headers['if-none-match'], etag)) {
      response.statusCode = 304;
      response.end();
      return;
    }
    response.setHeader('Content-Type', 'application/json');
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  const stream = async (request: IncomingMessage, response: ServerResponse, site: Site, query: URLSearchParams) => {
    const { cohort, since, release } = parseWith(ConfigQuery, Object.fromEntries(query));
    const last = Number(request.headers['last-event-id'] ?? since ?? -1);
    const connection = ids.uuid();
    const { revision } = await configs.answer(site, cohort);
    // Whoever left meanwhile has had its `close`: nothing would ever remove the stream.
    if (response.destroyed || response.writableEnded) return;
    // No wait between this check and the entry, so that the limits are exact.
    if (streams.size >= STREAM_LIMIT || (perSite.get(site.siteKey) ?? 0) >= SITE_STREAM_LIMIT)
      throw new ProblemError('unavailable', { retryAfterSeconds: 30 });
    const sse = openSse(response, {
      clock,
      onClose: () => {
        streams.get(connection)?.stopRetry?.();
        if (streams.delete(connection)) count(site.siteKey, -1);
        tracker.closed(connection);
      },
    });
    const open: OpenStream = {
      sse,
      site,
      cohort,
      sentRevision: Number.isInteger(last) ? Math.min(last, revision) : -1,
      stopRetry: null,
    };
    streams.set(connection, open);
    count(site.siteKey, 1);
    tracker.opened(connection, {
      siteKey: site.siteKey,
      origin: request.headers.origin ?? '',
      cohort,
      release: release ?? null,
    });
    sse.send('hello', JSON.stringify({ connection, revision }));
    await push(open, 0);
  };

  const confirm = async (request: IncomingMessage, response: ServerResponse, site: Site) => {
    const { connection, revision } = parseWith(Confirmation, await readBody(request, 1024));
    if (!tracker.confirmed(connection, site.siteKey, revision)) throw new ProblemError('not-found');
    response.statusCode = 204;
    response.end();
  };

  const route = async (request: IncomingMessage, response: ServerResponse, key: string, what: string) => {
    const site = await admit(request, response, key);
    const query = new URL(request.url ?? '/', 'http://x').searchParams;
    const wanted = what === 'confirmations' ? 'POST' : 'GET';
    if (request.method === 'OPTIONS') {
      response.writeHead(204, {
        'Access-Control-Allow-Methods': wanted,
        'Access-Control-Allow-Headers': 'content-type, if-none-match',
        'Access-Control-Max-Age': '600',
      });
      response.end();
      return;
    }
    if (request.method !== wanted && !(what === 'config' && request.method === 'HEAD')) {
      response.setHeader('Allow', `${wanted}${what === 'config' ? ', HEAD' : ''}, OPTIONS`);
      throw new ProblemError('method-not-allowed');
    }
    if (what === 'config') await config(request, response, site, query);
    else if (what === 'stream') await stream(request, response, site, query);
    else await confirm(request, response, site);
  };

  return {
    handle(request, response) {
      const [, key, what] = PATH.exec(request.url ?? '') ?? [];
      if (key === undefined || what === undefined) return false;
      route(request, response, key, what).catch((error: unknown) => {
        if (response.headersSent) return void response.destroy();
        // A refused page may read why: the problem holds no secret and no credentials are used.
        if (what !== 'confirmations' && !response.hasHeader('Access-Control-Allow-Origin')) {
          response.setHeader('Access-Control-Allow-Origin', '*');
          response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
        }
        sendProblem(response, toProblem(error, log));
      });
      return true;
    },
    close() {
      stops.forEach((stop) => stop());
      for (const { sse } of streams.values()) sse.close();
    },
  };
}
