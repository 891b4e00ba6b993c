-- The audit log: append-only, each entry linked to the one before. Nothing in a hash depends on TimeZone or DateStyle.
create table audit(
  seq bigint primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text not null,
  payload jsonb not null,
  prev bytea not null,
  hash bytea not null
);

create function audit_hash(prev bytea, seq bigint, at timestamptz, actor text, action text, subject text, payload jsonb)
  returns bytea language sql immutable parallel safe as $$
  select sha256(prev || convert_to(
    jsonb_build_array(seq, (extract(epoch from at) * 1000000)::bigint, actor, action, subject, payload)::text, 'UTF8')) $$;

create function audit_append() returns trigger language plpgsql as $$ begin
  -- Held until commit, so that the order of seq is the order of commits.
  perform pg_advisory_xact_lock(4711);
  select a.seq + 1, a.hash into new.seq, new.prev from audit a order by a.seq desc limit 1;
  if not found then new.seq := 1; new.prev := '\x'::bytea; end if;
  new.at := clock_timestamp();
  new.hash := audit_hash(new.prev, new.seq, new.at, new.actor, new.action, new.subject, new.payload);
  return new;
end $$;

create function audit_deny() returns trigger language plpgsql as $$ begin
  raise exception '% on % is forbidden: append-only', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger audit_a_append before insert on audit for each row execute function audit_append();
create trigger audit_b_deny before update or delete on audit for each row execute function audit_deny();
create trigger audit_c_deny before truncate on audit for each statement execute function audit_deny();

-- Null when the chain is intact, else the first bad seq.
create function audit_verify() returns bigint language sql stable as $$
  select min(seq) from (
    select *, lag(hash, 1, '\x'::bytea) over w as last_hash, lag(seq, 1, 0::bigint) over w as last_seq from audit window w as (order by seq)
  ) linked
  where prev <> last_hash or seq <> last_seq + 1 or hash <> audit_hash(prev, seq, at, actor, action, subject, payload) $$;
