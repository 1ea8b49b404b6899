-- Accounts, their ways to sign in, sessions and tokens. The tables of sign-in are read and written by better-auth under
-- the names that identity/ maps; what is kept of a token is its hash.

create table accounts (
  id text primary key,
  name text not null check (length(name) between 1 and 100),
  -- In lower case.
  email text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null default false,
  image text,
  two_factor_enabled boolean not null default false,
  locale text not null default 'en' check (locale in ('en', 'zh')),
  -- IANA name; null: the viewer's own.
  time_zone text,
  staff_role text check (staff_role in ('admin', 'support', 'sales', 'read-only')),
  -- A disabled account cannot sign in, and its sessions and tokens do not pass.
  state text not null default 'active' check (state in ('active', 'disabled')),
  must_change_password boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index accounts_by_creation on accounts (created_at desc, id desc);

-- How an account proves itself: a password, or a subject at an identity provider.
create table credentials (
  id text primary key,
  account_id text not null references accounts on delete cascade,
  provider text not null,
  subject text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider, subject)
);
create index credentials_by_account on credentials (account_id);

create table sessions (
  id text primary key,
  account_id text not null references accounts on delete cascade,
  -- A hash of the token in the cookie.
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  -- For 30 days of disuse instead of 7.
  remember boolean not null default false,
  method text check (method in ('password', 'passkey', 'sso', 'recovery_code', 'totp', 'link')),
  -- Staff who look at the console with a customer's eyes: whom, and until when.
  acting_as text references accounts on delete set null,
  acting_since timestamptz,
  acting_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sessions_by_account on sessions (account_id, created_at desc);
create index sessions_by_end on sessions (expires_at);

-- Short-lived proofs: mail links, second-factor steps, passkey challenges, sign-ins at a provider.
create table verifications (
  id text primary key,
  -- A hash of what opens it.
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Of links in mails: purpose and account.
  subject text
);
create index verifications_by_subject on verifications (subject) where subject is not null;
create index verifications_by_identifier on verifications (identifier);
create index verifications_by_end on verifications (expires_at);

create table two_factors (
  id text primary key,
  account_id text not null unique references accounts on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean default true,
  -- The sign-in library's own lock, which is off: failures are counted by device.
  failed_verification_count integer default 0,
  locked_until timestamptz
);

-- A one-time code that was used once does not open a second door.
create table used_codes (
  account_id text not null references accounts on delete cascade,
  -- The time step of the code, RFC 6238.
  step bigint not null,
  used_at timestamptz not null default now(),
  primary key (account_id, step)
);

create table passkeys (
  id text primary key,
  account_id text not null references accounts on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz default now()
);
create index passkeys_by_account on passkeys (account_id);

create table sign_ins (
  account_id text not null references accounts on delete cascade,
  id text not null,
  at timestamptz not null default now(),
  method text not null check (method in ('password', 'passkey', 'sso', 'recovery_code', 'totp', 'link')),
  outcome text not null check (outcome in ('passed', 'wrong_password', 'wrong_code', 'disabled', 'throttled')),
  ip_address text,
  user_agent text,
  new_device boolean not null default false,
  primary key (account_id, id)
);
create index sign_ins_by_time on sign_ins (account_id, at desc);

-- Browsers that an account has signed in from: a hash of a long-lived cookie.
create table known_devices (
  account_id text not null references accounts on delete cascade,
  device_hash bytea not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  primary key (account_id, device_hash)
);
create index known_devices_by_device on known_devices (device_hash);

-- Personal access tokens, for automation.
create table access_tokens (
  id text primary key,
  account_id text not null references accounts on delete cascade,
  name text not null check (length(name) between 1 and 100),
  prefix text not null unique,
  hash bytea not null unique,
  -- Permissions of base/permissions.ts; the token may do what both it and its account may.
  permissions text[] not null,
  -- Null: in every organization of the account.
  organization_id text,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
create index access_tokens_by_account on access_tokens (account_id, created_at desc);

-- Answers to writes that named an Idempotency-Key, sealed, for a day.
create table replays (
  caller text not null,
  idempotency_key text not null,
  -- Of method, path and body.
  fingerprint bytea not null,
  -- Null while the first call is under way.
  status integer,
  reply_sealed bytea,
  created_at timestamptz not null default now(),
  primary key (caller, idempotency_key)
);
create index replays_by_age on replays (created_at);
