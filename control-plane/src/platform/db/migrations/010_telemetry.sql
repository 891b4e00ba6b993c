-- What pages reported, and its roll-ups by the minute. The dashboard reads roll-ups only.
create table event(
  id uuid primary key,
  received_at timestamptz not null default now(),
  at timestamptz not null,
  site_key text not null,
  release text not null,
  cohort int not null,
  kind text not null,
  payload jsonb not null,
  variants jsonb not null
);
create index event_received on event(received_at);

-- One row a metric and minute. Values fall into logarithmic buckets of 1 % relative error: bs the buckets, ns their counts.
create table rollup(
  site_key text not null,
  name text not null,
  start_at timestamptz not null,
  count int not null,
  sum float8 not null,
  bs smallint[] not null,
  ns int[] not null,
  primary key (name, start_at, site_key)
);

-- Minutes whose events are newer than their roll-up.
create table dirty_minute(start_at timestamptz primary key);

create function value_bucket(v float8) returns smallint language sql immutable as $$
  select ceil(ln(greatest(v, 0.001)) / 0.0200006667)::smallint $$;
create function bucket_value(b smallint) returns float8 language sql immutable as $$
  select 2 * exp(b * 0.0200006667) / (1 + exp(0.0200006667)) $$;

-- Which metric an event feeds, with its value; nothing for those that feed none.
create function event_metric(kind text, payload jsonb) returns table(name text, value float8) language sql immutable as $$
  select payload ->> 'name', (payload ->> 'value')::float8 where kind = 'vital'
  union all select 'first-answer', (payload ->> 'waitMs')::float8 where kind = 'session.first-answer'
  union all select 'session-duration', (payload ->> 'durationMs')::float8 where kind = 'session.ended'
  union all select 'sessions', 1 where kind = 'session.started'
  union all select 'errors', 1 where kind in ('error.seen', 'feature.fault')
  union all select 'math-failures', 1 where kind = 'math.drawn' and not (payload ->> 'ok')::boolean $$;
