/** Reading the audit log as operators do. Writing is a port, see `audit-store.ts`. */
import type { AuditPage } from '@voice-tutor/sdk/contracts/operator.js';
import type { Db } from '../platform/db/db.js';
import { readAudit, verifyAudit } from './audit-store.js';

/** Entries of one page. */
const PAGE = 100;

/** Reads pages and checks the whole chain each time. */
export interface AuditService {
  page(before: number | null): Promise<AuditPage>;
}

/** Creates the reader. */
export function createAuditService(db: Db): AuditService {
  return {
    async page(before) {
      return { entries: [...(await readAudit(db, before, PAGE))], intact: (await verifyAudit(db)) === null };
    },
  };
}
