-- Tickets, what is said on them, and by which rules.

create table calendars (
  id text primary key,
  name text not null check (length(name) between 1 and 100),
  time_zone text not null,
  -- As targets/ checks them.
  week jsonb not null,
  exceptions jsonb not null default '[]',
  updated_at timestamptz not null default now()
);

-- Response targets. A version is never changed: a ticket keeps the one that it began with.
create table target_policies (
  id text not null,
  version integer not null,
  name text not null,
  calendar_id text references calendars,
  -- By priority: first_response_ms, next_response_ms, resolution_ms; null: best effort.
  targets jsonb not null,
  created_at timestamptz not null default now(),
  primary key (id, version)
);

-- What a customer was promised. An organization without a row has the Starter plan's targets.
create table support_plans (
  organization_id text primary key references organizations on delete cascade,
  plan text not null check (plan in ('starter', 'pro', 'enterprise')),
  -- Null: the newest policy of the plan.
  policy_id text,
  calendar_id text references calendars,
  -- Its own address for mail, which makes a mail its own.
  address text unique,
  updated_at timestamptz not null default now()
);

create sequence ticket_numbers start 1001;

create table tickets (
  -- Shown as T-<number>.
  number bigint primary key default nextval('ticket_numbers'),
  subject text not null check (length(subject) <= 300),
  -- waiting: for the customer. solved: can be reopened by a reply for 30 days; then closed.
  state text not null default 'open' check (state in ('open', 'waiting', 'solved', 'closed')),
  queue text not null check (queue in ('general', 'bug', 'billing', 'enterprise', 'vulnerability', 'spam')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  mailbox_id text references mailboxes on delete set null,
  came_by text not null check (came_by in ('mail', 'console', 'api', 'staff')),
  -- Whose ticket it is: who wrote first, and what is known of them. Null: strangers.
  requester_address text not null,
  requester_name text not null default '',
  account_id text references accounts on delete set null,
  organization_id text references organizations on delete set null,
  -- The first mail was proven to be from its address.
  verified boolean not null default false,
  locale text not null check (locale in ('en', 'zh')),
  assignee_id text references accounts on delete set null,
  tags text[] not null default '{}',
  snoozed_until timestamptz,
  merged_into bigint references tickets,
  -- The frozen target: plan, policy id and version, calendar.
  target jsonb not null,
  -- Reckoned from the events each time one is added; null: no clock runs. For lists only.
  due_at timestamptz,
  due_kind text check (due_kind in ('first_response', 'next_response', 'resolution')),
  breached boolean not null default false,
  -- When somebody must be told next of a target that is used up or missed.
  notice_at timestamptz,
  -- Counts up with every change: who sends a reply says which they read.
  version integer not null default 1,
  opened_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  last_message_at timestamptz not null default now(),
  -- The last who wrote: customer or staff. What waits for staff is open and customer.
  last_author text not null default 'customer' check (last_author in ('customer', 'staff', 'system')),
  first_replied_at timestamptz,
  solved_at timestamptz,
  closed_at timestamptz,
  rating smallint check (rating between 1 and 5),
  rating_comment text,
  rated_at timestamptz,
  unread boolean not null default true
);
create index tickets_inbox on tickets (queue, state, last_message_at desc, number desc);
create index tickets_by_time on tickets (last_message_at desc, number desc);
create index tickets_by_queue on tickets (queue, last_message_at desc, number desc);
-- What staff work from: few of all.
create index tickets_active on tickets (last_message_at desc, number desc) where state in ('open', 'waiting');
create index tickets_by_change on tickets (state, last_message_at desc, number desc);
create index tickets_by_assignee on tickets (assignee_id, state, last_message_at desc) where assignee_id is not null;
create index tickets_by_organization on tickets (organization_id, last_message_at desc) where organization_id is not null;
create index tickets_by_account on tickets (account_id, last_message_at desc) where account_id is not null;
create index tickets_by_requester on tickets (requester_address, last_message_at desc);
create index tickets_due on tickets (due_at) where due_at is not null;
create index tickets_to_tell on tickets (notice_at) where notice_at is not null;
create index tickets_snoozed on tickets (snoozed_until) where snoozed_until is not null;
create index tickets_by_solution on tickets (solved_at) where solved_at is not null;
create index tickets_by_tag on tickets using gin (tags);
create index tickets_merged on tickets (merged_into) where merged_into is not null;

-- Of scripts that write no spaces: every character, and every two side by side. Characters alone are common, so that a phrase
-- of them would have to be looked for in most texts; pairs are rare. More than 50,000 would be more than a tsvector takes.
create function desk_signs(signs text) returns tsvector language sql immutable parallel safe return
  strip(to_tsvector('simple', regexp_replace(signs, '(.)', '\1 ', 'g')
    || regexp_replace(signs, '([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2})', '\1 ', 'g')
    || regexp_replace(regexp_replace(signs, '(^| )[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]', '\1', 'g'), '([\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2})', '\1 ', 'g')));
create function desk_words(said text) returns tsvector language sql immutable parallel safe return
  case when said ~ '[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]' then to_tsvector('simple', regexp_replace(said, '[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+', ' ', 'g'))
    || desk_signs(regexp_replace(left(said, 50000), '[^\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+', ' ', 'g'))
  else to_tsvector('simple', said) end;

-- All that is said: by mail, in the console, among staff. Texts stand here without secrets.
create table ticket_messages (
  id text primary key,
  ticket_number bigint not null references tickets on delete cascade,
  at timestamptz not null default now(),
  -- in: from outside. out: to the customer. note: among staff. automatic: an answer by the program.
  kind text not null check (kind in ('in', 'out', 'note', 'automatic')),
  -- Of the person; null: from outside, or the program.
  account_id text references accounts on delete set null,
  author_address text not null default '',
  author_name text not null default '',
  -- The mail was proven to be from its address, or it was written in the console.
  verified boolean not null default false,
  subject text not null default '',
  -- Without what it quotes.
  body text not null,
  quoted text not null default '',
  -- Sanitised; null: there is none.
  html text,
  recipients jsonb not null default '{}',
  -- Message-ID of the mail, as threads name it.
  message_id text,
  incoming_id text references incoming_mails on delete set null,
  outbox_id text references outbox on delete set null,
  -- auto-reply, bounce, list, loop; null: a person wrote it.
  automatic text,
  -- Kind, issuer and last four of what was taken out.
  findings jsonb not null default '[]',
  search tsvector generated always as (desk_words(
    left(subject || ' ' || author_name || ' ' || author_address || ' ' || body, 100000))) stored
);
create index ticket_messages_by_ticket on ticket_messages (ticket_number, at, id);
create index ticket_messages_by_message_id on ticket_messages (message_id) where message_id is not null;
create unique index ticket_messages_of_mail on ticket_messages (incoming_id) where incoming_id is not null;
-- Or every old mail that is swept out of the outbox would read through all messages.
create index ticket_messages_by_outbox on ticket_messages (outbox_id) where outbox_id is not null;
-- A word that every other message has is found by going back in time.
create index ticket_messages_by_time on ticket_messages (at desc, id desc);
create index ticket_messages_search on ticket_messages using gin (search);

create table ticket_attachments (
  id text primary key,
  message_id text not null references ticket_messages on delete cascade,
  file_id text not null references files,
  name text not null,
  -- As the bytes say, not the mail.
  type text not null,
  size integer not null,
  content_id text,
  -- Shown in the thread; everything else is only downloaded.
  inline boolean not null default false,
  -- Of the scanner: clean, infected, unscanned.
  scan text not null default 'unscanned' check (scan in ('clean', 'infected', 'unscanned'))
);
create index ticket_attachments_by_message on ticket_attachments (message_id);

-- What happened to a ticket. Clocks are reckoned from here.
create table ticket_events (
  id bigint generated always as identity primary key,
  ticket_number bigint not null references tickets on delete cascade,
  at timestamptz not null default clock_timestamp(),
  kind text not null,
  actor_id text,
  actor_name text not null default '',
  data jsonb not null default '{}',
  -- Of what may happen once: step and cause.
  once text,
  unique (ticket_number, once)
);
create index ticket_events_by_ticket on ticket_events (ticket_number, id);
create function refuse_event_change() returns trigger language plpgsql as $$
begin
  raise exception 'events are only ever added' using errcode = 'integrity_constraint_violation';
end $$;
create trigger ticket_events_append_only before update on ticket_events
  for each statement execute function refuse_event_change();

-- Who takes part, by address.
create table ticket_participants (
  ticket_number bigint not null references tickets on delete cascade,
  address text not null check (address = lower(address)),
  name text not null default '',
  account_id text references accounts on delete set null,
  role text not null check (role in ('requester', 'cc', 'follower')),
  added_at timestamptz not null default now(),
  primary key (ticket_number, address)
);
create index ticket_participants_by_address on ticket_participants (address);

-- What was read out of what was written: exact, so that it is found without full text.
create table ticket_facts (
  ticket_number bigint not null references tickets on delete cascade,
  -- request, mistyped_request, key_prefix, order, status, error_code, tool, model, time, impact, secret
  kind text not null,
  value text not null,
  message_id text not null references ticket_messages on delete cascade,
  detail jsonb not null default '{}',
  primary key (ticket_number, kind, value)
);
create index ticket_facts_by_value on ticket_facts (kind, value);

create table ticket_links (
  ticket_number bigint not null references tickets on delete cascade,
  other_number bigint not null references tickets on delete cascade,
  kind text not null check (kind in ('related', 'duplicate', 'follow_up', 'split')),
  created_by text,
  created_at timestamptz not null default now(),
  primary key (ticket_number, other_number, kind)
);

-- Who has a ticket open just now, and who writes. Of use for a minute, so nothing is lost with it.
create unlogged table ticket_presence (
  ticket_number bigint not null references tickets on delete cascade,
  account_id text not null references accounts on delete cascade,
  typing boolean not null,
  seen_at timestamptz not null,
  primary key (ticket_number, account_id)
);

-- Files on their way to a message, piece by piece, sealed; those that nobody used within a day are deleted.
create table ticket_uploads (
  id text primary key,
  account_id text references accounts on delete cascade,
  name text not null,
  size integer not null,
  created_at timestamptz not null default now()
);
create index ticket_uploads_by_time on ticket_uploads (created_at);
create table ticket_upload_pieces (
  upload_id text not null references ticket_uploads on delete cascade,
  number integer not null,
  bytes bytea not null,
  primary key (upload_id, number)
);

-- First match, in order.
create table routing_rules (
  id text primary key,
  position integer not null,
  name text not null check (length(name) between 1 and 100),
  enabled boolean not null default true,
  -- As desk/ checks them.
  conditions jsonb not null,
  actions jsonb not null,
  updated_at timestamptz not null default now()
);
create unique index routing_rules_in_order on routing_rules (position);

create table macros (
  id text primary key,
  name text not null check (length(name) between 1 and 100),
  -- Text by language, with variables in braces.
  texts jsonb not null,
  -- What using it also does: state, tags, queue, priority.
  actions jsonb not null default '{}',
  position integer not null default 0,
  updated_at timestamptz not null default now()
);

-- Who is told of what by HTTP: staff's chat, and customers' systems.
create table desk_webhooks (
  id text primary key,
  name text not null check (length(name) between 1 and 100),
  url text not null,
  -- Of the signature, sealed; null: a chat's own address needs none.
  secret bytea,
  format text not null check (format in ('lodge', 'slack')),
  events text[] not null,
  enabled boolean not null default true,
  updated_at timestamptz not null default now()
);
create table desk_deliveries (
  id text primary key,
  webhook_id text not null references desk_webhooks on delete cascade,
  event text not null,
  body jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  created_at timestamptz not null default now()
);
create index desk_deliveries_waiting on desk_deliveries (next_attempt_at) where state = 'waiting';

-- What an organization wants done when a live key of theirs arrives in a mail.
alter table organizations add column leaked_key_rule text not null default 'disable'
  check (leaked_key_rule in ('disable', 'grace', 'tell'));
-- When it is 'grace': how long the key lives on.
alter table organizations add column leaked_key_grace_minutes integer not null default 60
  check (leaked_key_grace_minutes between 1 and 10080);
-- A key that goes out of use by that rule, and when.
create table leaked_keys (
  key_id text primary key references keys on delete cascade,
  reported_at timestamptz not null default now(),
  -- mail, form, partner
  reported_by text not null,
  ticket_number bigint,
  disable_at timestamptz,
  disabled_at timestamptz
);
create index leaked_keys_due on leaked_keys (disable_at) where disabled_at is null and disable_at is not null;
