/** `/v1/operator/checkpoints…`. Who may is decided in front of these routes. */
import { Router } from 'express';
import { CheckpointId } from '@voice-tutor/sdk/contracts/ids.js';
import { CheckpointRequest, RollbackRequest } from '@voice-tutor/sdk/contracts/operator.js';
import type { ActorOf } from '../domain/ports.js';
import { isStorable } from '../platform/db/storable.js';
import { parseWith, ProblemError } from '../platform/http/problem.js';
import type { CheckpointService } from './checkpoint-service.js';

const problems = { unknown: 'not-found', conflict: 'revision-conflict', damaged: 'checkpoint-damaged' } as const;

/** Routes of the checkpoints. */
export function createCheckpointRoutes({
  checkpoints,
  actorOf,
}: {
  readonly checkpoints: CheckpointService;
  readonly actorOf: ActorOf;
}): Router {
  return Router()
    .get('/v1/operator/checkpoints', async (_request, response) => {
      response.json(await checkpoints.list());
    })
    .post('/v1/operator/checkpoints', async (request, response) => {
      const { name } = parseWith(CheckpointRequest, request.body);
      if (!isStorable(name) || name.trim() === '')
        throw new ProblemError('bad-request', { detail: 'A name has at least one visible character.' });
      response.status(201).json({ checkpointId: await checkpoints.create(name, actorOf(request)) });
    })
    .get('/v1/operator/checkpoints/:id/preview', async (request, response) => {
      const preview = await checkpoints.preview(parseWith(CheckpointId, request.params.id));
      if (!preview) throw new ProblemError('not-found');
      response.json(preview);
    })
    .post('/v1/operator/checkpoints/:id/rollback', async (request, response) => {
      const id = parseWith(CheckpointId, request.params.id);
      const { expectedRevision } = parseWith(RollbackRequest, request.body);
      const outcome = await checkpoints.rollbackTo(id, expectedRevision, actorOf(request));
      if (!outcome.ok) throw new ProblemError(problems[outcome.error]);
      response.json(outcome.value);
    });
}
