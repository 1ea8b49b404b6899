-- What was said about a key that comes near one of its spending limits, or near its end: so that it is said once.
create table key_warnings (
  key_id text not null references keys on delete cascade,
  -- The limit by its span, or the expiry.
  about text not null check (about in ('total', '5h', '1d', '7d', 'expiry')),
  -- The limit in nano-USD, or the days before the expiry.
  threshold bigint not null,
  -- Begin of the window that was spent in, or the expiry itself.
  since timestamptz not null,
  warned_at timestamptz not null,
  primary key (key_id, about)
);
create index keys_by_expiry on keys (expires_at) where state = 'enabled' and expires_at is not null;
