/** Errors as answers: RFC 9457 problems with a stable code, mapped in this one place. */
import type { ErrorRequestHandler, Response } from 'express';
import type { ServerResponse } from 'node:http';
import type { Problem, ProblemCode } from '@voice-tutor/sdk/contracts/errors.js';
import { z } from 'zod';
import type { Log } from '../log.js';

const kinds: Record<ProblemCode, readonly [status: number, title: string]> = {
  'bad-request': [400, 'The request is not of the expected form.'],
  unauthorized: [401, 'Sign in first.'],
  'forbidden-origin': [403, 'This origin is not registered for the site.'],
  forbidden: [403, 'You may not do this.'],
  'not-found': [404, 'There is no such thing here.'],
  'method-not-allowed': [405, 'This method is not supported here.'],
  'consent-required': [403, 'The present consent text was not accepted.'],
  'provider-contract-required': [403, 'No contract with the tutor’s provider is recorded that covers minors.'],
  'revision-conflict': [409, 'Something was changed in the meantime.'],
  'checkpoint-damaged': [409, 'The checkpoint does not match its digest; nothing was changed.'],
  'payload-too-large': [413, 'The request is too large.'],
  'unsupported-media-type': [415, 'This media type is not accepted.'],
  'too-many-requests': [429, 'Too many requests; try again later.'],
  internal: [500, 'Something failed on our side.'],
  unavailable: [503, 'Not available right now; try again later.'],
};

/** An expected refusal; thrown in a handler, it becomes the answer. */
export class ProblemError extends Error {
  readonly problem: Problem;
  /** Seconds for `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;
  constructor(
    code: ProblemCode,
    options: {
      readonly detail?: string;
      readonly issues?: Problem['issues'];
      readonly retryAfterSeconds?: number;
    } = {},
  ) {
    const [status, title] = kinds[code];
    super(title);
    this.name = 'ProblemError';
    this.problem = {
      type: `https://voice-tutor.dev/problems/${code}`,
      title,
      status,
      code,
      ...(options.detail ? { detail: options.detail } : {}),
      ...(options.issues ? { issues: options.issues } : {}),
    };
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** Sends a problem on a bare response. */
export function sendProblem(response: ServerResponse | Response, error: ProblemError): void {
  if (error.retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(error.retryAfterSeconds));
  response.statusCode = error.problem.status;
  response.setHeader('Content-Type', 'application/problem+json');
  response.setHeader('Cache-Control', 'no-store');
  response.end(JSON.stringify(error.problem));
}

/** Turns anything thrown into a problem; what was not expected is logged and shown without detail. */
export function toProblem(error: unknown, log: Log): ProblemError {
  if (error instanceof ProblemError) return error;
  const { type, status, code } = error as { type?: unknown; status?: unknown; code?: unknown };
  if (type === 'entity.too.large') return new ProblemError('payload-too-large');
  if (type === 'entity.parse.failed') return new ProblemError('bad-request', { detail: 'The body is not valid JSON.' });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new ProblemError('unsupported-media-type');
  // 22021, 22P05: text that no database holds and that a schema let through.
  if (error instanceof URIError || status === 400 || code === '22021' || code === '22P05')
    return new ProblemError('bad-request');
  log.error({ error: error instanceof Error ? error : new Error(String(error)) }, 'a request failed');
  // The database is away or too slow: worth another try, unlike a fault of ours.
  if (code === 'timeout' || code === 'busy' || code === 'ECONNREFUSED' || code === '57P01')
    return new ProblemError('unavailable', { retryAfterSeconds: 5 });
  return new ProblemError('internal');
}

/** The last handler of the application. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error, _request, response, _next) => {
    // Too late for an answer, or nobody is there any more. Express would write the error, stack and all, beside our log.
    if (response.headersSent || response.destroyed) {
      if (!response.destroyed) toProblem(error, log);
      return void response.destroy();
    }
    sendProblem(response, toProblem(error, log));
  };
}

/** Parses untrusted input; throws `bad-request` that says where and why, at most 20 issues, without repeating the input. */
export function parseWith<S extends z.core.$ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues
    .slice(0, 20)
    .map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  throw new ProblemError('bad-request', { issues });
}
