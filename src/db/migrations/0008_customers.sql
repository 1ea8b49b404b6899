-- What staff look at: customers and accounts.

-- By what a hundred thousand customers are sorted: reckoned anew when somebody looks, never shown.
create table customer_figures (
  organization_id text primary key references organizations on delete cascade,
  -- Actual cost of the last 30 days, nano-USD.
  spend_30d bigint not null,
  last_request_at timestamptz not null default 'epoch'
);
create index customer_figures_by_spend on customer_figures (spend_30d desc, organization_id desc);
create index customer_figures_by_last_request on customer_figures (last_request_at desc, organization_id desc);

-- Why an organization is suspended, and which of its keys that put out of use: exactly those come back.
create table suspensions (
  organization_id text primary key references organizations on delete cascade,
  reason text not null check (length(reason) between 1 and 400),
  -- Account of the member of staff; null: the operator's token.
  suspended_by text,
  suspended_at timestamptz not null default now(),
  key_ids text[] not null
);

create index organizations_by_name on organizations (lower(name), id);
-- What all customers together used on one day.
create index usage_days_by_day on usage_days (day);
-- Few: what the start page counts.
create index accounts_unverified on accounts (created_at) where not email_verified;
create index outbox_failed on outbox (created_at) where state = 'failed';
