-- What people are told inside the console.

-- Words in English and Chinese; an empty title in one language falls back to the other.
create table announcements (
  id text primary key,
  level text not null default 'info' check (level in ('info', 'warning', 'critical')),
  title_en text not null default '' check (length(title_en) <= 200),
  title_zh text not null default '' check (length(title_zh) <= 200),
  body_en text not null default '' check (length(body_en) <= 5000),
  body_zh text not null default '' check (length(body_zh) <= 5000),
  starts_at timestamptz not null default now(),
  ends_at timestamptz,
  created_by text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index announcements_by_time on announcements (starts_at desc);

create table announcement_dismissals (
  account_id text not null references accounts on delete cascade,
  announcement_id text not null references announcements on delete cascade,
  primary key (account_id, announcement_id)
);

-- To one account. The words are made when it is shown, from kind and facts, in the reader's language.
create table notifications (
  account_id text not null references accounts on delete cascade,
  id text not null,
  kind text not null,
  facts jsonb not null default '{}',
  organization_id text,
  read_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (account_id, id)
);
create index notifications_by_time on notifications (account_id, created_at desc, id desc);
create index notifications_unread on notifications (account_id) where read_at is null;
create index notifications_by_age on notifications (created_at);
