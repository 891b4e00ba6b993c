/** `POST /v1/sites/{siteKey}/sessions`: consent and origin checked, a single-use token in return. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionId, SiteKey } from '@voice-tutor/sdk/contracts/ids.js';
import { SessionRequest, type SessionAnswer } from '@voice-tutor/sdk/contracts/sessions.js';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { SiteReader } from '../domain/ports.js';
import { readBody } from '../platform/http/body.js';
import { parseWith, ProblemError, sendProblem, toProblem } from '../platform/http/problem.js';
import type { Log } from '../platform/log.js';
import type { VoiceProvider } from './providers/provider.js';
import type { SessionBook } from './session-book.js';
import { mayTeach, type VoiceOptions } from './session-rules.js';

/** What the route needs. */
export interface SessionRoutesDeps {
  readonly sites: SiteReader;
  readonly book: SessionBook;
  readonly publicUrl: () => string;
  readonly provider: VoiceProvider;
  readonly log: Log;
  readonly options: VoiceOptions;
  /** The process is about to stop: a token of it would be good for nothing. */
  readonly isDraining: () => boolean;
}

/** Largest request: topic and grade are short. */
const BODY_LIMIT_BYTES = 4096;

/** Creates the handler; it returns true when it took the request. */
export function createSessionHandler(deps: SessionRoutesDeps) {
  const { sites, book, publicUrl, provider, log, options, isDraining } = deps;
  const limiter = new RateLimiterMemory({ points: options.sessionsPerMinute, duration: 60 });
  const take = async (request: IncomingMessage, response: ServerResponse, key: string) => {
    response.setHeader('Vary', 'Origin');
    response.setHeader('Cache-Control', 'no-store');
    const parsed = SiteKey.safeParse(decodeURIComponent(key));
    const site = parsed.success ? await sites.bySiteKey(parsed.data) : null;
    if (!site) throw new ProblemError('not-found', { detail: 'No site has this key; check the site-key attribute.' });
    const { origin } = request.headers;
    if (origin === undefined || !sites.allows(site, origin)) throw new ProblemError('forbidden-origin');
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', 'Retry-After');
    if (request.method === 'OPTIONS') {
      response.writeHead(204, {
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
    const { consent, lang, topic, grade } = parseWith(SessionRequest, await readBody(request, BODY_LIMIT_BYTES));
    if (isDraining()) throw new ProblemError('unavailable', { retryAfterSeconds: 1 });
    if (!mayTeach(provider, site)) throw new ProblemError('provider-contract-required');
    if (consent.version !== site.consentVersion) throw new ProblemError('consent-required');
    await limiter.consume(`${site.siteKey} ${request.socket.remoteAddress ?? ''}`).catch((refused: unknown) => {
      throw refused instanceof RateLimiterRes
        ? new ProblemError('too-many-requests', { retryAfterSeconds: Math.ceil(refused.msBeforeNext / 1000) })
        : refused;
    });
    const granted = book.grant(site, origin, { lang, topic, grade });
    if (!granted)
      throw new ProblemError('too-many-requests', {
        retryAfterSeconds: 30,
        detail: 'All places of this site are taken.',
      });
    const answer: SessionAnswer = {
      sessionId: SessionId.parse(granted.sessionId),
      token: granted.token,
      expiresInMs: options.tokenMs,
      voiceUrl: `${publicUrl().replace(/^http/, 'ws')}/v1/voice`,
    };
    response.writeHead(201, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(answer));
  };
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const [, key] = /^\/v1\/sites\/([^/?]{1,60})\/sessions(?:\?|$)/.exec(request.url ?? '') ?? [];
    if (key === undefined) return false;
    take(request, response, key).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      // A refused page may read why: the problem holds no secret and no credentials are used.
      if (!response.hasHeader('Access-Control-Allow-Origin')) response.setHeader('Access-Control-Allow-Origin', '*');
      sendProblem(response, toProblem(error, log));
    });
    return true;
  };
}
