/** `/sdk/v1/voice-tutor.js` (the loader) and `/sdk/{version}/…` (immutable files), for any origin. */
import { existsSync } from 'node:fs';
import { Router, type Response } from 'express';
import { ProblemError } from '../platform/http/problem.js';
import type { ReleaseService } from './release-service.js';

const types: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  css: 'text/css; charset=utf-8',
  woff2: 'font/woff2',
};

/** True when `Accept-Encoding` names brotli with a weight above zero (RFC 9110 12.5.3). */
export function takesBrotli(header: string | undefined): boolean {
  return (header ?? '').split(',').some((part) => {
    const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return coding === 'br' && (weight === undefined || Number(weight) > 0);
  });
}

/** Routes of loader and releases. */
export function createReleaseRoutes({
  releases,
  loaderFile,
}: {
  readonly releases: ReleaseService;
  readonly loaderFile: string;
}): Router {
  const send = (
    response: Response,
    file: string,
    cacheControl: string,
    brotli: boolean,
    next: (error?: unknown) => void,
  ) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    if (!existsSync(file)) throw new ProblemError('not-found');
    response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
    response.setHeader('Cache-Control', cacheControl);
    response.setHeader('Vary', 'Accept-Encoding');
    response.setHeader('Content-Type', types[file.split('.').pop() ?? ''] ?? 'application/octet-stream');
    const compressed = brotli && existsSync(`${file}.br`);
    if (compressed) response.setHeader('Content-Encoding', 'br');
    response.sendFile(
      compressed ? `${file}.br` : file,
      { cacheControl: false, dotfiles: 'allow' },
      (error?: unknown) => {
        // Also called when all is sent: going on from there would end in a refusal, and in the loss of the connection.
        if (error) next(error);
      },
    );
  };
  return Router()
    .get('/sdk/v1/voice-tutor.js', (request, response, next) => {
      send(
        response,
        loaderFile,
        'public, max-age=300, stale-while-revalidate=86400',
        takesBrotli(request.headers['accept-encoding']),
        next,
      );
    })
    .get('/sdk/:version/*path', (request, response, next) => {
      const path = request.params.path;
      const file = releases.file(request.params.version, Array.isArray(path) ? path.join('/') : String(path));
      if (!file) throw new ProblemError('not-found');
      send(
        response,
        file,
        'public, max-age=31536000, immutable',
        takesBrotli(request.headers['accept-encoding']),
        next,
      );
    });
}
