-- Sites, the flag set with its revision, flags as flagd documents, and decisions that pages obey.
create table site(
  site_key text primary key,
  name text not null,
  origins text[] not null,
  audience text not null check (audience in ('adults', 'minors')),
  consent_version int not null,
  session_limit int not null
);

create table flag_set(
  environment text primary key,
  revision bigint not null,
  changed_at timestamptz not null default now()
);
insert into flag_set(environment, revision) values ('production', 0);

create table flag(
  flag_key text primary key,
  document jsonb not null,
  description text not null,
  changed_at timestamptz not null default now(),
  changed_by text not null
);

create table decision(
  id uuid primary key,
  revision bigint not null,
  kind text not null,
  payload jsonb not null,
  made_at timestamptz not null default now(),
  made_by text not null
);
create index decision_revision on decision(revision);
