-- Mail that comes in. A mail is answered with 250 only after its row here is committed.

-- Addresses that people write to.
create table mailboxes (
  id text primary key,
  -- In lower case.
  address text not null unique check (address = lower(address) and length(address) between 3 and 254),
  -- Whose name stands before the address in what is answered from it.
  name text not null check (length(name) between 1 and 100),
  purpose text not null default 'support' check (purpose in ('support', 'billing', 'security')),
  enabled boolean not null default true,
  -- Below a reply, by language.
  signatures jsonb not null default '{}',
  -- host, port, tls, user, folder. Null: mail is delivered to the listener.
  imap jsonb,
  -- The password, sealed.
  imap_secret bytea,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- How far a folder has been read, committed with the mails that were read. Another uid_validity begins anew.
create table mailbox_cursors (
  mailbox_id text not null references mailboxes on delete cascade,
  folder text not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  polled_at timestamptz,
  last_error text,
  last_error_at timestamptz,
  primary key (mailbox_id, folder)
);

create table incoming_mails (
  id text primary key,
  -- Null: an address of ours that is no mailbox any more.
  mailbox_id text references mailboxes on delete set null,
  came_by text not null check (came_by in ('smtp', 'imap', 'command')),
  received_at timestamptz not null default now(),
  -- Of the mail, made up when it has none.
  message_id text not null,
  -- Of all bytes.
  sha256 bytea not null,
  -- Of what does not change on the way: the same mail by another way has other trace headers.
  content_sha256 bytea not null,
  size integer not null,
  -- from, to, helo, ip_address, tls.
  envelope jsonb not null,
  -- Sealed, for 30 days.
  raw bytea,
  -- Where its next step begins. ignored: it needs no ticket, such as a bounce that was booked.
  state text not null default 'stored'
    check (state in ('stored', 'read', 'threaded', 'routed', 'answered', 'quarantined', 'ignored')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  last_error text,
  quarantine_code text,
  -- Where it goes on when it is run again.
  quarantined_from text,
  -- What it says, without secrets: from the reading on until it stands on a ticket.
  reading jsonb,
  ticket_number bigint,
  message text,
  -- The ticket began with it.
  opened_ticket boolean not null default false,
  -- The same mail again by other ways: when, and by which.
  repeats jsonb not null default '[]',
  -- Same id and same content are the same mail; same id and other content are two.
  unique (message_id, content_sha256)
);
create index incoming_mails_waiting on incoming_mails (next_attempt_at) where state in ('stored', 'read', 'threaded', 'routed');
create index incoming_mails_by_time on incoming_mails (received_at desc, id desc);
create index incoming_mails_quarantined on incoming_mails (received_at desc) where state = 'quarantined';
create index incoming_mails_with_raw on incoming_mails (received_at) where raw is not null;
create index incoming_mails_by_ticket on incoming_mails (ticket_number) where ticket_number is not null;

-- Which mail a place in a folder led to: a second poller finds it taken.
create table incoming_places (
  mailbox_id text not null references mailboxes on delete cascade,
  folder text not null,
  uid_validity bigint not null,
  uid bigint not null,
  mail_id text not null references incoming_mails on delete cascade,
  primary key (mailbox_id, folder, uid_validity, uid)
);

-- What was attached to mails, in and out: sealed, in pieces, beside the rows that name it.
create table files (
  id text primary key,
  sha256 bytea not null,
  size integer not null,
  created_at timestamptz not null default now()
);
create index files_by_content on files (sha256);
create table file_pieces (
  file_id text not null references files on delete cascade,
  number integer not null,
  bytes bytea not null,
  primary key (file_id, number)
);

-- What answers to mail need beside what the outbox has.
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('waiting', 'sending', 'sent', 'shown', 'failed', 'withdrawn', 'suppressed'));
-- Whose identity it is sent with; null: the site's own.
alter table outbox add column mailbox_id text references mailboxes on delete set null;
alter table outbox add column ticket_number bigint;
-- inReplyTo, references, replyTo, cc, autoSubmitted.
alter table outbox add column headers jsonb not null default '{}';
-- Files of it: id, name, type, contentId.
alter table outbox add column files jsonb not null default '[]';
-- What a bounce said, and when.
alter table outbox add column bounced_at timestamptz;
alter table outbox add column bounce jsonb;
-- Recipients that a relay has taken it for, while others are still to be tried.
alter table outbox add column delivered text[] not null default '{}';
create index outbox_by_ticket on outbox (ticket_number) where ticket_number is not null;
-- How many automatic answers went out lately.
create index outbox_answers on outbox (created_at) where kind = 'ticket-answer';

-- Addresses that nothing is sent to any more, because a mail could never be delivered there.
create table suppressed_addresses (
  -- In lower case.
  address text primary key check (address = lower(address)),
  reason text not null check (reason in ('bounce', 'complaint', 'staff')),
  -- Of the mail that bounced.
  outbox_id text,
  detail text not null default '',
  created_at timestamptz not null default now()
);

-- How mail of a domain is signed.
create table mail_domains (
  domain text primary key check (domain = lower(domain)),
  selector text not null,
  -- Sealed.
  private_key bytea not null,
  -- As it stands in DNS.
  public_key text not null,
  created_at timestamptz not null default now()
);
