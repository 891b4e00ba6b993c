-- Who operates the control plane, their one-time sign-in links and their sessions. Secrets are stored as SHA-256 only.
create table operator(
  operator_id uuid primary key,
  name text not null unique check (length(name) between 1 and 120),
  role text not null check (role in ('viewer', 'operator', 'admin')),
  created_at timestamptz not null
);

create table sign_in_token(
  -- SHA-256 of the token, hex.
  token_hash text primary key,
  operator_id uuid not null references operator(operator_id) on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_token_expires on sign_in_token(expires_at);

create table operator_session(
  -- SHA-256 of the cookie's value, hex: whoever reads the table or a dump cannot sign in with it.
  session_hash text primary key,
  operator_id uuid not null references operator(operator_id) on delete cascade,
  signed_in_at timestamptz not null,
  seen_at timestamptz not null
);
create index operator_session_operator on operator_session(operator_id, signed_in_at);
