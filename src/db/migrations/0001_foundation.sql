-- Catalogue, keys, request records. Money is integer nano-USD, multipliers are integer ten-thousandths.
-- Runs on Postgres 15 to 18. Every big table has the account in its primary key, so that it can be distributed by it.

create table vendors (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{0,31}$'),
  display_name text not null,
  family text not null check (family in ('openai', 'anthropic', 'gemini')),
  created_at timestamptz not null default now()
);

create table models (
  vendor_id text not null references vendors,
  id text not null check (id <> '' and length(id) <= 200),
  display_name text not null,
  mode text not null check (mode in ('chat', 'completion', 'embedding', 'image', 'audio', 'moderation')),
  released_at timestamptz not null,
  max_input_tokens integer check (max_input_tokens > 0),
  max_output_tokens integer check (max_output_tokens > 0),
  inputs text[] not null default '{text}',
  outputs text[] not null default '{text}',
  created_at timestamptz not null default now(),
  primary key (vendor_id, id)
);

-- A price is never changed, only followed by a newer version: records name the version they were charged by.
create table prices (
  id text primary key,
  vendor_id text not null,
  model_id text not null,
  valid_from timestamptz not null,
  -- {"input": "5000000000", ...}: nano-USD per million tokens, as decimal strings; see vendors/types.ts Rates.
  rates jsonb not null check (jsonb_typeof(rates) = 'object'),
  -- [{"overInputTokens": 200000, "rates": {...}}], ascending.
  tiers jsonb not null default '[]' check (jsonb_typeof(tiers) = 'array'),
  source text not null,
  created_at timestamptz not null default now(),
  -- No reference to models: a price outlives its model, for the records that name it.
  unique (vendor_id, model_id, valid_from)
);

create table groups (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  display_name text not null,
  vendor_id text not null references vendors,
  kind text not null default 'wallet' check (kind in ('wallet', 'subscription')),
  multiplier integer not null default 10000 check (multiplier between 0 and 99990000),
  pass_through boolean not null default false,
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (id, vendor_id)
);

create table group_models (
  group_id text not null,
  vendor_id text not null,
  model_id text not null,
  position integer not null default 0,
  primary key (group_id, model_id),
  foreign key (group_id, vendor_id) references groups (id, vendor_id) on delete cascade,
  foreign key (vendor_id, model_id) references models (vendor_id, id) on delete cascade
);

create table aliases (
  group_id text not null,
  alias text not null check (alias <> '' and length(alias) <= 200),
  model_id text not null,
  primary key (group_id, alias),
  foreign key (group_id, model_id) references group_models (group_id, model_id) on delete cascade
);

create table channels (
  id text primary key,
  group_id text not null references groups on delete cascade,
  name text not null,
  -- 'sandbox:' stands for the site's own sandbox vendor, wherever it listens.
  base_url text not null,
  -- AES-256-GCM under a key derived from LODGE_SECRET; null: the channel sends no credential.
  credential_sealed bytea,
  weight integer not null default 100 check (weight between 1 and 10000),
  region text,
  wire text not null check (wire in ('openai', 'anthropic', 'gemini')),
  enabled boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (group_id, name)
);

create table keys (
  id text primary key,
  account_id text not null,
  project_id text,
  group_id text not null references groups,
  name text not null check (length(name) between 1 and 100),
  note text not null default '' check (length(note) <= 1000),
  -- Fixed part + 8 characters: all of the key that is ever shown again.
  prefix text not null unique,
  -- HMAC-SHA256 of the whole key under a key derived from LODGE_SECRET.
  hash bytea not null unique,
  -- A deleted key keeps its row, so that its callers are told what happened.
  state text not null default 'enabled' check (state in ('enabled', 'disabled', 'deleted')),
  expires_at timestamptz,
  allowed_models text[],
  requests_per_minute integer not null default 60 check (requests_per_minute between 1 and 100000),
  counts_per_minute integer not null default 600 check (counts_per_minute between 1 and 100000),
  tokens_per_minute bigint check (tokens_per_minute > 0),
  concurrency integer check (concurrency > 0),
  spend_total bigint check (spend_total >= 0),
  spend_5h bigint check (spend_5h >= 0),
  spend_1d bigint check (spend_1d >= 0),
  spend_7d bigint check (spend_7d >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index keys_by_account on keys (account_id, created_at desc);
create index keys_by_group on keys (group_id);

-- Apart from keys, because it changes with every batch of requests.
create table key_activity (
  key_id text primary key references keys on delete cascade,
  last_used_at timestamptz not null
);

create table key_spend (
  key_id text not null references keys on delete cascade,
  span text not null check (span in ('total', '5h', '1d', '7d')),
  started_at timestamptz not null,
  spent bigint not null,
  primary key (key_id, span)
);

-- What running gateways must hear of: they listen to lodge_changes and read on from the last number they saw.
create table changes (
  number bigint generated always as identity primary key,
  kind text not null check (kind in ('catalogue', 'key')),
  subject text not null default '',
  changed_at timestamptz not null default now()
);

create function note_catalogue_change() returns trigger language plpgsql as $$
begin
  insert into changes (kind) values ('catalogue');
  perform pg_notify('lodge_changes', 'catalogue');
  return null;
end $$;

create function note_key_change() returns trigger language plpgsql as $$
begin
  insert into changes (kind, subject) values ('key', coalesce(new.id, old.id));
  perform pg_notify('lodge_changes', 'key');
  return null;
end $$;

create trigger vendors_changed after insert or update or delete on vendors for each statement execute function note_catalogue_change();
create trigger models_changed after insert or update or delete on models for each statement execute function note_catalogue_change();
create trigger prices_changed after insert or update or delete on prices for each statement execute function note_catalogue_change();
create trigger groups_changed after insert or update or delete on groups for each statement execute function note_catalogue_change();
create trigger group_models_changed after insert or update or delete on group_models for each statement execute function note_catalogue_change();
create trigger aliases_changed after insert or update or delete on aliases for each statement execute function note_catalogue_change();
create trigger channels_changed after insert or update or delete on channels for each statement execute function note_catalogue_change();
create trigger keys_changed after insert or update or delete on keys for each row execute function note_key_change();

-- One row per request, see gateway/record.ts. received_at is the time inside the id, so a look-up reads one partition.
create table request_records (
  received_at timestamptz not null,
  id text not null,
  account_id text not null default '',
  project_id text,
  key_id text,
  key_prefix text,
  region text not null,
  node text not null,
  vendor text,
  group_id text,
  channel_id text,
  endpoint text not null,
  wire text,
  method text not null,
  model_asked text,
  model_routed text,
  model_served text,
  mode text not null,
  client_tool text,
  client_version text,
  bytes_in bigint not null,
  bytes_out bigint not null,
  admitted_ms integer,
  head_ms integer,
  first_token_ms integer,
  duration_ms integer,
  input_tokens bigint,
  cache_read_tokens bigint,
  cache_write_5m_tokens bigint,
  cache_write_1h_tokens bigint,
  audio_input_tokens bigint,
  image_input_tokens bigint,
  output_tokens bigint,
  reasoning_tokens bigint,
  audio_output_tokens bigint,
  image_output_tokens bigint,
  images bigint,
  usage_source text not null,
  price_id text,
  cost bigint not null,
  multiplier integer,
  actual_cost bigint not null,
  charge_rule text,
  cost_units integer,
  estimate bigint not null,
  limit_kind text,
  limit_value numeric,
  limit_used numeric,
  limit_reset_at timestamptz,
  status integer,
  upstream_status integer,
  error_code text,
  fault text,
  retries integer not null,
  outcome text not null,
  vendor_response_id text,
  attempts jsonb not null default '[]',
  incident_id text,
  applied_at timestamptz not null default now(),
  primary key (received_at, id, account_id)
) partition by range (received_at);
create index request_records_by_key on request_records (key_id, received_at desc);
create index request_records_by_account on request_records (account_id, received_at desc);
-- Few at any time: what a start looks through for requests that a crash left open.
create index request_records_open on request_records (node, received_at, id) where outcome = 'open';
create index request_records_failures on request_records (received_at desc, error_code) where error_code is not null;

-- What stays when records have passed their retention: sums by hour.
create table usage_hours (
  hour timestamptz not null,
  account_id text not null,
  key_id text not null,
  project_id text not null default '',
  group_id text not null,
  model text not null,
  requests bigint not null default 0,
  failures bigint not null default 0,
  input_tokens bigint not null default 0,
  output_tokens bigint not null default 0,
  cache_write_tokens bigint not null default 0,
  cache_read_tokens bigint not null default 0,
  cost numeric(38) not null default 0,
  actual_cost numeric(38) not null default 0,
  duration_ms bigint not null default 0,
  primary key (account_id, key_id, hour, group_id, model, project_id)
);
create index usage_hours_by_key on usage_hours (key_id, hour);

-- How far each node's journal has been applied. Moved in the same transaction as what it covers.
create table journal_cursors (
  node text primary key,
  segment bigint not null,
  position bigint not null,
  -- The checksum that the segment begins with: a journal that was begun anew is not taken for the old one.
  fingerprint text not null default '',
  applied_at timestamptz not null default now()
);

-- Small facts about the site itself: first start done, demo keys made.
create table site_facts (
  name text primary key,
  value jsonb not null,
  updated_at timestamptz not null default now()
);
