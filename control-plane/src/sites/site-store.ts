/** Rows of embedding partners. */
import type { Site } from '../domain/ports.js';
import type { Queryable, Row, Tx } from '../platform/db/db.js';

/** Reads one site, or null. */
export async function readSite(db: Queryable, siteKey: string): Promise<Site | null> {
  const { rows } = await db.query('select * from site where site_key = $1', [siteKey]);
  return rows[0] ? toSite(rows[0]) : null;
}

/** Writes a site, or only its origins when it exists; true when anything changed. */
export async function mergeSite(tx: Tx, site: Site): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into site(site_key, name, origins, audience, consent_version, session_limit) values ($1, $2, $3::text[], $4, $5, $6)
     on conflict (site_key) do update set origins = (select array_agg(distinct origin order by origin) from unnest(site.origins || excluded.origins) origin)
     where not site.origins @> excluded.origins`,
    [site.siteKey, site.name, [...site.origins], site.audience, site.consentVersion, site.sessionLimit],
  );
  return rowCount > 0;
}

function toSite(row: Row): Site {
  return {
    siteKey: row['site_key'] as string,
    name: row['name'] as string,
    origins: row['origins'] as readonly string[],
    audience: row['audience'] as Site['audience'],
    consentVersion: row['consent_version'] as number,
    sessionLimit: row['session_limit'] as number,
  };
}
