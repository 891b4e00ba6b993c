/** Operators' access, put together: one-time links, sessions, the guard of every operators' route. */
import { defaults, type AccessOptions } from './access-rules.js';
import { createAccessRoutes, type AccessRoutes } from './access-routes.js';
import { createAccessService, type AccessService, type AccessServiceDeps } from './access-service.js';

/** What the rest of the control plane sees of access. */
export interface Access extends AccessRoutes, Pick<AccessService, 'issueSignInLink'> {}

/**
 * Creates access. Mount `routes` first, then `requireOperator()` on `/v1/operator`, then the routes behind it.
 *
 * @example
 * const access = createAccess({ db, clock, ids, appendAudit, log, publicUrl: () => 'http://localhost:8787' });
 * app.use(access.routes);
 * app.use('/v1/operator', access.requireOperator(), operatorRoutes);
 */
export function createAccess(deps: AccessServiceDeps, options: Partial<AccessOptions> = {}): Access {
  const bounds = { ...defaults, ...options };
  const service = createAccessService(deps, bounds);
  const http = createAccessRoutes({ service, publicUrl: deps.publicUrl }, bounds);
  return { ...http, issueSignInLink: () => service.issueSignInLink() };
}
