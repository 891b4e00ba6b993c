/** The HTTP application: the order in which requests are taken. Hot paths of pages come first, on bare node:http. */
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler, type Router } from 'express';
import { problemHandler, ProblemError } from './platform/http/problem.js';
import { answerHeaders, dashboardHeaders, openHeaders } from './platform/http/security-headers.js';
import type { Log } from './platform/log.js';

/** A handler that says whether it took the request. */
export type BareHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What the application is made of. */
export interface AppParts {
  readonly log: Log;
  /** Tried in order before Express. */
  readonly bare: readonly BareHandler[];
  /** For anybody: health, releases, sessions, sign-in. */
  readonly open: readonly Router[];
  /** Lets signed-in operators pass. */
  readonly requireOperator: RequestHandler;
  /** Behind that guard. */
  readonly operator: readonly Router[];
  /** Folders of the dashboard's files and of the example pages. */
  readonly dashboardDirectory: string;
  readonly examplesDirectory: string;
  /** True when browsers reach us by https. */
  readonly tls: boolean;
}

/** What operators see is nobody else's, not even their own browser's an hour later. */
const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** Puts the application together. */
export function createApp({
  log,
  bare,
  open,
  requireOperator,
  operator,
  dashboardDirectory,
  examplesDirectory,
  tls,
}: AppParts): BareHandler {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(answerHeaders(tls));
  app.use(['/sdk', '/examples'], openHeaders);
  app.use(...open);
  // Without the slash the page's own files would be looked for beside it.
  const dashboard = express.static(dashboardDirectory, {
    index: 'dashboard.html',
    redirect: true,
    setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache'),
  });
  app.use('/dashboard', dashboardHeaders(tls), dashboard);
  if (existsSync(examplesDirectory))
    app.use(
      '/examples',
      express.static(examplesDirectory, { setHeaders: (response) => response.setHeader('Cache-Control', 'no-cache') }),
    );
  app.get('/', (_request, response) => response.redirect('/examples/plain-html/'));
  app.use('/v1/operator', requireOperator, noStore, express.json({ limit: '64kb' }));
  app.use(...operator);
  app.use(() => {
    throw new ProblemError('not-found');
  });
  app.use(problemHandler(log));
  return (request, response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Referrer-Policy', 'no-referrer');
    if (!bare.some((handle) => handle(request, response))) app(request, response);
    return true;
  };
}
