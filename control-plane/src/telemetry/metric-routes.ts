/** `GET /v1/operator/metrics?name=LCP&minutes=60`. Who may read is decided in front of this route. */
import { Router } from 'express';
import { METRIC_NAMES } from '@voice-tutor/sdk/contracts/operator.js';
import { z } from 'zod';
import type { MetricReader } from '../domain/ports.js';
import { parseWith } from '../platform/http/problem.js';

const Query = z.object({
  name: z.enum(METRIC_NAMES),
  minutes: z
    .string()
    .regex(/^\d{1,4}$/)
    .transform(Number)
    .pipe(z.number().min(1).max(1440))
    .default(60),
});

/** Route of the charts. */
export function createMetricRoutes(metrics: MetricReader): Router {
  return Router().get('/v1/operator/metrics', async (request, response) => {
    const { name, minutes } = parseWith(Query, request.query);
    response.json(await metrics.series(name, minutes));
  });
}
