-- Who did what, when, from where, with the state before and after. Rows are only ever added.

create table audit_log (
  -- Of the moment, not of the transaction: what was done in one keeps its order.
  at timestamptz not null default clock_timestamp(),
  id text not null,
  -- Null: the site itself, not a customer's organization.
  organization_id text,
  -- account: a person. admin_token: the operator's token. system: the program itself.
  actor_kind text not null check (actor_kind in ('account', 'admin_token', 'system')),
  -- The person who acted, also when acting as somebody else.
  actor_id text,
  actor_name text not null default '',
  -- Acted for the site: customers are told "Support", not who.
  as_staff boolean not null default false,
  -- Whom staff acted as.
  acting_as text,
  token_id text,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_name text not null default '',
  -- Changed members only; never a secret.
  before jsonb,
  after jsonb,
  ip_address text,
  user_agent text,
  request_id text,
  primary key (at, id)
);
create index audit_log_by_organization on audit_log (organization_id, at desc, id desc);
create index audit_log_by_actor on audit_log (actor_id, at desc);
create index audit_log_by_subject on audit_log (subject_kind, subject_id, at desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are only ever added', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function refuse_change();
