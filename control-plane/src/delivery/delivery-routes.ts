/** `GET /v1/operator/delivery`. Who may read is decided in front of this route. */
import { Router } from 'express';
import type { DeliveryReader } from '../domain/ports.js';

/** Route of the delivery figures. */
export function createDeliveryRoutes(delivery: DeliveryReader): Router {
  return Router().get('/v1/operator/delivery', (_request, response) => {
    response.json(delivery.delivery());
  });
}
