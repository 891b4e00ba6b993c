/** Security headers, by helmet: one set for answers that no page shows, one for the operators' pages. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** A year, once browsers reach us by TLS; on plain http the header would be wrong. */
const transport = (tls: boolean) => ({
  strictTransportSecurity: tls && { maxAge: 31_536_000, includeSubDomains: false },
  xFrameOptions: { action: 'deny' } as const,
  referrerPolicy: { policy: 'no-referrer' } as const,
});

/** For JSON, events and problems: whoever opens one as a page gets a page that may do nothing. */
export function answerHeaders(tls: boolean): RequestHandler {
  return helmet({
    ...transport(tls),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
}

/** The dashboard runs no script and talks to nobody but ours; markup becomes nodes only through Lit's policy. */
export function dashboardHeaders(tls: boolean): RequestHandler {
  return helmet({
    ...transport(tls),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['lit-html'],
      },
    },
  });
}

/** For files that other origins' pages load, and for the example pages: what the sets above say would break them. */
export const openHeaders: RequestHandler = (_request, response, next) => {
  for (const name of ['Content-Security-Policy', 'X-Frame-Options', 'Cross-Origin-Opener-Policy'])
    response.removeHeader(name);
  next();
};
