/** Signing in and out over HTTP, and the guard in front of every operators' route. Decides nothing itself: see `access-rules.ts`. */
import { parseCookie, stringifySetCookie, type SetCookie } from 'cookie';
import express, { Router, type Request, type RequestHandler, type Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { SignInRequest, type Operator } from '@voice-tutor/sdk/contracts/operator.js';
import type { OperatorOf } from '../domain/ports.js';
import { parseWith, ProblemError } from '../platform/http/problem.js';
import {
  cookieName,
  isSafeMethod,
  isSameOrigin,
  isTls,
  mayAct,
  roleFor,
  type AccessOptions,
  type Role,
  type SignInRefusal,
} from './access-rules.js';
import type { AccessService } from './access-service.js';

const refusals: Record<SignInRefusal, string> = {
  unknown: 'This sign-in link is not known here. Copy the whole link that the control plane printed.',
  used: 'This sign-in link was already used. Restart the control plane: it prints a new one.',
  expired: 'This sign-in link is too old. Restart the control plane: it prints a new one.',
};

/** The HTTP half of access. */
export interface AccessRoutes {
  /** `POST sign-in`, `POST sign-out` and `GET me` under `/v1/operator`; they guard themselves. */
  readonly routes: Router;
  /**
   * Lets signed-in operators pass: 401 `unauthorized` for nobody, 403 `forbidden` for too low a role or a change asked for by
   * another origin. Without `role`, looking needs `viewer` and changing needs `operator`.
   */
  requireOperator(role?: Role): RequestHandler;
  /** Who passed `requireOperator` on this request. */
  readonly operatorOf: OperatorOf;
}

/** Creates the routes and the guard. */
export function createAccessRoutes(
  { service, publicUrl }: { readonly service: AccessService; readonly publicUrl: () => string },
  options: AccessOptions,
): AccessRoutes {
  const operators = new WeakMap<Request, Operator>();
  const attempts = new RateLimiterMemory({ points: options.attemptsPerMinute, duration: 60 });

  const cookie = (value: string, maxAge?: number) => {
    const tls = isTls(publicUrl());
    const fields: SetCookie = {
      name: cookieName(publicUrl()),
      value,
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: tls,
    };
    return stringifySetCookie(maxAge === undefined ? fields : { ...fields, maxAge });
  };
  const secretOf = (request: Request) => parseCookie(request.headers.cookie ?? '')[cookieName(publicUrl())] || null;

  const requireSameOrigin = async (request: Request, actor: Operator | null) => {
    if (
      isSameOrigin(
        { origin: request.get('origin'), fetchSite: request.get('sec-fetch-site') },
        new URL(publicUrl()).origin,
      )
    )
      return;
    await service.recordRefusal({
      actor,
      action: 'access.refused',
      subject: subjectOf(request),
      reason: 'other-origin',
    });
    throw new ProblemError('forbidden', { detail: `Changes are accepted from ${new URL(publicUrl()).origin} only.` });
  };

  const limitAttempts = async (request: Request) => {
    try {
      await attempts.consume(addressKey(request.ip ?? ''));
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      await service.recordRefusal({
        actor: null,
        action: 'operator.sign-in-refused',
        subject: 'sign-in',
        reason: 'too-many-attempts',
      });
      throw new ProblemError('too-many-requests', { retryAfterSeconds: Math.ceil(refused.msBeforeNext / 1000) });
    }
  };

  const requireOperator =
    (role?: Role): RequestHandler =>
    async (request, _response, next) => {
      const secret = secretOf(request);
      // A browser opens and reopens a stream by itself, which is no sign of a person.
      const slides = !(request.headers.accept ?? '').startsWith('text/event-stream');
      const operator = secret === null ? null : await service.operatorOf(secret, { slides });
      if (!operator) throw new ProblemError('unauthorized');
      if (!isSafeMethod(request.method)) await requireSameOrigin(request, operator);
      const needed = role ?? roleFor(request.method);
      if (!mayAct(operator.role, needed)) {
        await service.recordRefusal({
          actor: operator,
          action: 'access.refused',
          subject: subjectOf(request),
          reason: `needs-${needed}`,
        });
        throw new ProblemError('forbidden', { detail: `This needs the role ${needed}.` });
      }
      operators.set(request, operator);
      next();
    };

  /** `?quiet=1`: nobody is an answer (204), not a refusal that a browser would write to its console. */
  const quietly: RequestHandler = async (request, response, next) => {
    if (request.query['quiet'] !== '1') return next();
    const secret = secretOf(request);
    if (secret !== null && (await service.operatorOf(secret, { slides: false }))) return next();
    response.setHeader('Cache-Control', 'no-store');
    response.status(204).end();
  };

  const routes = Router()
    .post('/v1/operator/sign-in', express.json({ limit: '1kb' }), async (request: Request, response: Response) => {
      await limitAttempts(request);
      await requireSameOrigin(request, null);
      const { token } = parseWith(SignInRequest, request.body);
      const opened = await service.signIn(token, secretOf(request));
      if (!opened.ok) throw new ProblemError('unauthorized', { detail: refusals[opened.error] });
      // Without Max-Age: the cookie goes with the browser, and the record decides how long it is good for.
      response.setHeader('Set-Cookie', cookie(opened.value.secret));
      response.setHeader('Cache-Control', 'no-store');
      response.json(opened.value.operator);
    })
    .post('/v1/operator/sign-out', async (request: Request, response: Response) => {
      const secret = secretOf(request);
      await requireSameOrigin(request, null);
      if (secret !== null) await service.signOut(secret);
      response.setHeader('Set-Cookie', cookie('', 0));
      response.status(204).end();
    })
    .get('/v1/operator/me', quietly, requireOperator(), (request: Request, response: Response) => {
      response.setHeader('Cache-Control', 'no-store');
      response.json(operators.get(request));
    });

  return { routes, requireOperator, operatorOf: (request) => operators.get(request) ?? null };
}

/** What an audit entry calls a request: no query, and never longer than a line. */
function subjectOf(request: Request): string {
  return `${request.method} ${request.baseUrl}${request.path}`.slice(0, 120);
}

/** One person's IPv6 network is a /64: its addresses count as one. */
function addressKey(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address;
  const [head = ''] = address.split('::');
  return head.split(':').slice(0, 4).join(':');
}
