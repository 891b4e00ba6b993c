-- Checkpoints: snapshots of all that operators can change, and the procedure that goes back to one.
create table checkpoint(
  id uuid primary key,
  name text not null,
  kind text not null check (kind in ('auto', 'named')),
  revision bigint not null,
  state jsonb not null,
  -- SHA-256 of each object's canonical text, by 'flag/KEY' and 'site/KEY'.
  digests jsonb not null,
  -- SHA-256 of the whole state's canonical text, hex.
  digest text not null,
  taken_at timestamptz not null default clock_timestamp(),
  taken_by text not null
);
create index checkpoint_taken on checkpoint(taken_at);

-- All that operators can change, one object per key. jsonb's text is canonical, so its digest is too.
create function present_state() returns jsonb language sql stable as $$
  select coalesce((select jsonb_object_agg('flag/' || flag_key, jsonb_build_object('document', document, 'description', description)) from flag), '{}'::jsonb)
      || coalesce((select jsonb_object_agg('site/' || site_key, jsonb_build_object(
           'name', name, 'origins', to_jsonb(origins), 'audience', audience, 'consent_version', consent_version, 'session_limit', session_limit)) from site), '{}'::jsonb) $$;

create function state_digest(state jsonb) returns text language sql immutable as $$
  select encode(sha256(convert_to(state::text, 'UTF8')), 'hex') $$;

create function object_digests(state jsonb) returns jsonb language sql immutable as $$
  select coalesce(jsonb_object_agg(key, state_digest(value)), '{}'::jsonb) from jsonb_each(state) $$;

create function take_checkpoint(new_id uuid, new_name text, new_kind text, actor text) returns uuid language plpgsql as $$
declare present jsonb := present_state();
begin
  insert into checkpoint(id, name, kind, revision, state, digests, digest, taken_by)
    select new_id, new_name, new_kind, revision, present, object_digests(present), state_digest(present), actor
    from flag_set where environment = 'production';
  return new_id;
end $$;

-- Goes back to a checkpoint in the caller's transaction, or the statement's own. Any failure leaves nothing changed.
-- VT404 no such checkpoint, VT409 the revision is not the expected one (null expects nothing), VT422 a digest does not match.
create procedure rollback_to_checkpoint(checkpoint_id uuid, actor text default 'system:sql', expected_revision bigint default null)
language plpgsql as $$
declare
  target checkpoint%rowtype;
  held bigint;
  next_revision bigint;
  present jsonb;
  changed text[];
  before_id uuid := gen_random_uuid();
begin
  perform pg_advisory_xact_lock(4712);
  select revision into held from flag_set where environment = 'production' for update;
  if expected_revision is not null and held <> expected_revision then
    raise exception 'the revision is %, not %', held, expected_revision using errcode = 'VT409';
  end if;
  select * into target from checkpoint where id = checkpoint_id;
  if not found then raise exception 'no such checkpoint' using errcode = 'VT404'; end if;
  if state_digest(target.state) <> target.digest or object_digests(target.state) <> target.digests then
    raise exception 'the checkpoint does not match its digest' using errcode = 'VT422';
  end if;

  present := present_state();
  perform take_checkpoint(before_id, 'before going back to ' || target.name, 'auto', actor);
  select coalesce(array_agg(key order by key), '{}') into changed
    from (select jsonb_object_keys(present) union select jsonb_object_keys(target.state)) keys(key)
    where present -> key is distinct from target.state -> key;
  next_revision := held + 1;

  delete from flag where 'flag/' || flag_key = any(changed) and not target.state ? ('flag/' || flag_key);
  insert into flag(flag_key, document, description, changed_at, changed_by)
    select substr(key, 6), value -> 'document', value ->> 'description', clock_timestamp(), actor
    from jsonb_each(target.state) where key like 'flag/%' and key = any(changed)
  on conflict (flag_key) do update set document = excluded.document, description = excluded.description,
    changed_at = excluded.changed_at, changed_by = excluded.changed_by;

  delete from site where 'site/' || site_key = any(changed) and not target.state ? ('site/' || site_key);
  insert into site(site_key, name, origins, audience, consent_version, session_limit)
    select substr(key, 6), value ->> 'name', array(select jsonb_array_elements_text(value -> 'origins')), value ->> 'audience',
      (value ->> 'consent_version')::int, (value ->> 'session_limit')::int
    from jsonb_each(target.state) where key like 'site/%' and key = any(changed)
  on conflict (site_key) do update set name = excluded.name, origins = excluded.origins, audience = excluded.audience,
    consent_version = excluded.consent_version, session_limit = excluded.session_limit;

  if state_digest(present_state()) <> target.digest then
    raise exception 'what was restored does not match the digest' using errcode = 'VT422';
  end if;
  update flag_set set revision = next_revision, changed_at = clock_timestamp() where environment = 'production';
  insert into decision(id, revision, kind, payload, made_by) values (gen_random_uuid(), next_revision, 'flags.restored',
    jsonb_build_object('flagKeys', (select coalesce(jsonb_agg(substr(key, 6)), '[]'::jsonb) from unnest(changed) key where key like 'flag/%')), actor);
  insert into audit(actor, action, subject, payload) values (actor, 'checkpoint.restored', checkpoint_id::text,
    jsonb_build_object('revision', next_revision, 'changed', to_jsonb(changed), 'checkpointBefore', before_id));
end $$;
