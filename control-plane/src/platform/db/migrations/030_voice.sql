-- Sessions that another process may resume after this one is gone. Holds no word that was said.
create table voice_session(
  session_id uuid primary key,
  token_hash text not null unique,
  site_key text not null,
  origin text not null,
  lang text not null,
  topic text,
  grade text,
  seen_at timestamptz not null default clock_timestamp()
);
create index voice_session_origin on voice_session(origin);
