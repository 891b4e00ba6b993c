/** Rows of events and roll-ups. */
import type { MetricSeries } from '@voice-tutor/sdk/contracts/operator.js';
import type { Queryable, Tx } from '../platform/db/db.js';

/** One event as it is stored. */
export interface EventRow {
  readonly id: string;
  readonly atMs: number;
  readonly siteKey: string;
  readonly release: string;
  readonly cohort: number;
  readonly kind: string;
  readonly payload: object;
  readonly variants: object;
}

/** Stores events and marks their minutes; returns how many were new. A repeated id changes nothing. */
export async function insertEvents(tx: Tx, events: readonly EventRow[]): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ id: string }>(
    `with new as (
       insert into event(id, at, site_key, release, cohort, kind, payload, variants)
       select id, to_timestamp("atMs" / 1000.0), "siteKey", release, cohort, kind, payload, variants
       from jsonb_to_recordset($1::jsonb) as r(id uuid, "atMs" float8, "siteKey" text, release text, cohort int, kind text, payload jsonb, variants jsonb)
       on conflict do nothing returning id, received_at),
     dirty as (insert into dirty_minute select distinct date_trunc('minute', received_at) from new on conflict do nothing)
     select id from new`,
    [JSON.stringify(events)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Recomputes the roll-ups of all marked minutes; returns their starts. */
export async function rollUpDirty(tx: Tx): Promise<readonly number[]> {
  const { rows } = await tx.query<{ start_at: Date }>('delete from dirty_minute returning start_at');
  for (const { start_at } of rows) {
    await tx.query(
      `insert into rollup(site_key, name, start_at, count, sum, bs, ns)
       select site_key, name, $1::timestamptz, sum(n), sum(s), array_agg(b order by b), array_agg(n order by b)
       from (select e.site_key, m.name, value_bucket(m.value) as b, count(*)::int as n, sum(m.value) as s
             from event e cross join lateral event_metric(e.kind, e.payload) m
             where e.received_at >= $1::timestamptz and e.received_at < $1::timestamptz + interval '1 minute'
             group by 1, 2, 3) counted
       group by site_key, name
       on conflict (name, start_at, site_key) do update set count = excluded.count, sum = excluded.sum, bs = excluded.bs, ns = excluded.ns`,
      [start_at],
    );
  }
  return rows.map(({ start_at }) => start_at.getTime());
}

/** One metric over all sites, by the minute, from `sinceMs` on. Percentiles are merged buckets, never averages. */
export async function readSeries(db: Queryable, name: string, sinceMs: number): Promise<MetricSeries['points']> {
  const { rows } = await db.query<{ start_at: Date; total: number; p50: number; p75: number }>(
    `with b as (select start_at, u.b, sum(u.n) as n from rollup, unnest(bs, ns) as u(b, n)
                where name = $1 and start_at >= to_timestamp($2::float8 / 1000.0) group by start_at, u.b),
          c as (select start_at, b, sum(n) over (partition by start_at order by b) as below, sum(n) over (partition by start_at) as total from b)
     select start_at, max(total)::int as total,
       bucket_value(min(b) filter (where below >= 0.5 * total)) as p50, bucket_value(min(b) filter (where below >= 0.75 * total)) as p75
     from c group by start_at order by start_at`,
    [name, sinceMs],
  );
  return rows.map((row) => ({ startMs: row.start_at.getTime(), count: row.total, p50: row.p50, p75: row.p75 }));
}
