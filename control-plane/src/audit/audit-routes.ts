/** `GET /v1/operator/audit?before=SEQ`. Who may read is decided in front of these routes. */
import { Router } from 'express';
import { z } from 'zod';
import { parseWith } from '../platform/http/problem.js';
import type { AuditService } from './audit-service.js';

const Query = z.object({
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .optional(),
});

/** Routes of the audit log. */
export function createAuditRoutes(service: AuditService): Router {
  return Router().get('/v1/operator/audit', async (request, response) => {
    const { before } = parseWith(Query, request.query);
    response.json(await service.page(before ?? null));
  });
}
