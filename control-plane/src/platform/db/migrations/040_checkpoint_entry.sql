-- A checkpoint's digest also stands in the audit entry of its making, and going back compares the two: whoever edits a
-- checkpoint and its digests together would have to rewrite the audit chain as well. The entry is written here, not by the
-- caller, so that no checkpoint exists without one.
create index audit_checkpoint_taken on audit(subject, seq) where action = 'checkpoint.taken';

create or replace function take_checkpoint(new_id uuid, new_name text, new_kind text, actor text) returns uuid language plpgsql as $$
declare
  present jsonb := present_state();
  held bigint;
begin
  select revision into held from flag_set where environment = 'production';
  insert into checkpoint(id, name, kind, revision, state, digests, digest, taken_by)
    values (new_id, new_name, new_kind, held, present, object_digests(present), state_digest(present), actor);
  insert into audit(actor, action, subject, payload) values (actor, 'checkpoint.taken', new_id::text,
    jsonb_build_object('name', new_name, 'kind', new_kind, 'revision', held, 'digest', state_digest(present)));
  return new_id;
end $$;

-- The digest as it was recorded first: an entry that somebody appends later does not count.
create function recorded_digest(checkpoint_id uuid) returns text language sql stable as $$
  select payload ->> 'digest' from audit
  where action = 'checkpoint.taken' and subject = checkpoint_id::text and payload ? 'digest' order by seq limit 1 $$;

-- Checkpoints from before this rule get their entry now; it vouches for them from here on, not for what was before.
insert into audit(actor, action, subject, payload)
  select 'system:migration', 'checkpoint.taken', id::text,
    jsonb_build_object('name', name, 'kind', kind, 'revision', revision, 'digest', digest, 'recordedLater', true)
  from checkpoint order by taken_at, id;

-- As in 003, and the checkpoint must also be the one that the audit log recorded, in a chain that is intact.
create or replace procedure rollback_to_checkpoint(checkpoint_id uuid, actor text default 'system:sql', expected_revision bigint default null)
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
  if recorded_digest(checkpoint_id) is distinct from target.digest then
    raise exception 'the checkpoint is not the one that the audit log recorded' using errcode = 'VT422';
  end if;
  if audit_verify() is not null then
    raise exception 'the audit log is not intact, so it vouches for no checkpoint' using errcode = 'VT422';
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
