/** `GET /healthz`: the process is alive. `GET /readyz`: database and bus answer, and it is not stopping. */
import { Router } from 'express';
import { ProblemError } from '../platform/http/problem.js';

/** A part that must answer for the instance to be ready. */
export interface Probe {
  readonly name: string;
  ping(): Promise<void>;
}

/** Longest wait for one part; a balancer asks again every few seconds. */
const PROBE_MS = 2000;

/** Routes of the probes. */
export function createHealthRoutes({
  probes,
  isStopping,
  timeout,
}: {
  readonly probes: readonly Probe[];
  readonly isStopping: () => boolean;
  readonly timeout: (delayMs: number) => Promise<never>;
}): Router {
  return Router()
    .get('/healthz', (_request, response) => {
      response.set('Cache-Control', 'no-store').json({ status: 'alive' });
    })
    .get('/readyz', async (_request, response) => {
      if (isStopping()) throw new ProblemError('unavailable', { detail: 'stopping' });
      const failing: string[] = [];
      await Promise.all(
        probes.map(({ name, ping }) => Promise.race([ping(), timeout(PROBE_MS)]).catch(() => failing.push(name))),
      );
      if (failing.length > 0)
        throw new ProblemError('unavailable', {
          detail: `not answering: ${failing.sort().join(', ')}`,
          retryAfterSeconds: 5,
        });
      response.set('Cache-Control', 'no-store').json({ status: 'ready' });
    });
}
