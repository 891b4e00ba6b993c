/** `GET /v1/operator/flags`, `PUT /v1/operator/flags/{flagKey}`. Who may is decided in front of these routes. */
import { Router } from 'express';
import { FlagKey } from '@voice-tutor/sdk/contracts/ids.js';
import { FlagChange } from '@voice-tutor/sdk/contracts/operator.js';
import type { ActorOf } from '../domain/ports.js';
import { parseWith, ProblemError } from '../platform/http/problem.js';
import type { FlagService } from './flag-service.js';

/** Routes of the flags. */
export function createFlagRoutes({
  flags,
  actorOf,
}: {
  readonly flags: FlagService;
  readonly actorOf: ActorOf;
}): Router {
  return Router()
    .get('/v1/operator/flags', async (_request, response) => {
      response.json(await flags.list());
    })
    .put('/v1/operator/flags/:flagKey', async (request, response) => {
      const flagKey = parseWith(FlagKey, request.params.flagKey);
      const change = parseWith(FlagChange, request.body);
      const outcome = await flags.setEnabled({ flagKey, ...change, actor: actorOf(request) });
      if (outcome.ok) return void response.json(outcome.value);
      switch (outcome.error.reason) {
        case 'unknown-flag':
          throw new ProblemError('not-found');
        case 'not-boolean':
          throw new ProblemError('bad-request', { detail: 'This flag is not a switch.' });
        case 'conflict':
          throw new ProblemError('revision-conflict', {
            detail: `The flags are at revision ${outcome.error.revision} now.`,
          });
      }
    });
}
