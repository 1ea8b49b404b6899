-- Mail that goes out. A row is written in the transaction that makes the mail necessary, and sent from here.

create table outbox (
  id text primary key,
  -- Deliver once, whatever is retried: the same key is the same mail.
  dedupe_key text unique,
  kind text not null,
  account_id text,
  recipient text not null check (length(recipient) <= 254),
  locale text not null check (locale in ('en', 'zh')),
  subject text not null,
  -- Empty once they are needed no longer: links in them open accounts.
  text_body text not null,
  html_body text not null,
  message_id text not null unique,
  -- shown: there is no relay, the mail waits in the built-in outbox page.
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'shown', 'failed')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  -- Of the relay's last answer: code and words.
  last_error text,
  last_error_at timestamptz,
  -- From then on the link in it is worth nothing, and it is not sent any more.
  expires_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now()
);
create index outbox_waiting on outbox (next_attempt_at) where state in ('waiting', 'sending');
create index outbox_by_time on outbox (created_at desc, id desc);
create index outbox_by_recipient on outbox (lower(recipient), created_at desc);
create index outbox_by_sent on outbox (sent_at desc) where sent_at is not null;
create index outbox_by_error on outbox (last_error_at desc) where last_error_at is not null;
create index outbox_with_body on outbox (created_at) where text_body <> '';
