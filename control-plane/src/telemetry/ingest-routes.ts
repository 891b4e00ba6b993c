/** `POST /v1/ingest`: batches from pages, `sendBeacon` included, on bare node:http. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Batch, BATCH_LIMIT } from '@voice-tutor/sdk/contracts/telemetry.js';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { SiteReader } from '../domain/ports.js';
import { isStorable } from '../platform/db/storable.js';
import { readBody } from '../platform/http/body.js';
import { parseWith, ProblemError, sendProblem, toProblem } from '../platform/http/problem.js';
import type { Log } from '../platform/log.js';
import type { TelemetryService } from './telemetry-service.js';

/** Batches a site may send in a second, over all its pages. */
const BATCHES_PER_SECOND = 500;

/** Creates the handler; it returns true when it took the request. */
export function createIngestHandler({
  sites,
  telemetry,
  log,
}: {
  readonly sites: SiteReader;
  readonly telemetry: TelemetryService;
  readonly log: Log;
}) {
  const limiter = new RateLimiterMemory({ points: BATCHES_PER_SECOND, duration: 1 });
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const { origin } = request.headers;
    response.setHeader('Vary', 'Origin');
    if (request.method === 'OPTIONS') {
      // Which site it is stands in the body, so the preflight promises nothing that the POST does not check.
      response.writeHead(204, {
        'Access-Control-Allow-Origin': origin ?? '*',
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Allow-Headers': 'content-type',
        'Access-Control-Max-Age': '600',
      });
      response.end();
      return;
    }
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST, OPTIONS');
      throw new ProblemError('method-not-allowed');
    }
    const batch = parseWith(Batch, await readBody(request, BATCH_LIMIT.bytes));
    if (!isStorable(batch.variants))
      throw new ProblemError('bad-request', { detail: 'A variant holds no valid text.' });
    const site = await sites.bySiteKey(batch.siteKey);
    if (!site) throw new ProblemError('not-found', { detail: 'No site has this key.' });
    if (!sites.allows(site, origin)) throw new ProblemError('forbidden-origin');
    response.setHeader('Access-Control-Allow-Origin', origin ?? '');
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    await limiter.consume(site.siteKey).catch((refused: unknown) => {
      throw refused instanceof RateLimiterRes
        ? new ProblemError('too-many-requests', { retryAfterSeconds: Math.ceil(refused.msBeforeNext / 1000) })
        : refused;
    });
    const answer = await telemetry.ingest(batch);
    if (!answer) throw new ProblemError('unavailable', { retryAfterSeconds: 10 });
    response.writeHead(202, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer));
  };
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!/^\/v1\/ingest(?:\?|$)/.test(request.url ?? '')) return false;
    take(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendProblem(response, toProblem(error, log));
    });
    return true;
  };
}
