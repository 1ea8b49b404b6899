-- Organizations: the paying bodies. Until now one constant account owned everything; it becomes the site's own
-- organization.

alter table keys rename column account_id to organization_id;
alter table request_records rename column account_id to organization_id;
alter table usage_hours rename column account_id to organization_id;
alter index keys_by_account rename to keys_by_organization;
alter index request_records_by_account rename to request_records_by_organization;
update keys set organization_id = 'org_site' where organization_id = 'acc_site';
update request_records set organization_id = 'org_site' where organization_id = 'acc_site';
update usage_hours set organization_id = 'org_site' where organization_id = 'acc_site';

create table organizations (
  id text primary key,
  name text not null check (length(name) between 1 and 100),
  -- personal: made with an account, for that one person.
  kind text not null default 'shared' check (kind in ('personal', 'shared')),
  state text not null default 'active' check (state in ('active', 'suspended', 'deleted')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index organizations_by_creation on organizations (created_at desc, id desc);
insert into organizations (id, name) values ('org_site', 'Site');

-- Roles of the organization's own making, beside those of base/permissions.ts.
create table roles (
  organization_id text not null references organizations on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 60),
  note text not null default '' check (length(note) <= 500),
  permissions text[] not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id)
);
create unique index roles_by_name on roles (organization_id, lower(name));

create table members (
  organization_id text not null references organizations on delete cascade,
  account_id text not null references accounts on delete cascade,
  -- Names of built-in roles or ids of own ones. Empty: only what grants and teams give.
  roles text[] not null,
  -- A disabled member keeps its place and its keys, and may do nothing.
  state text not null default 'active' check (state in ('active', 'disabled')),
  joined_at timestamptz not null default now(),
  -- In this organization, to within some minutes; null: never.
  last_active_at timestamptz,
  primary key (organization_id, account_id)
);
create index members_by_account on members (account_id);

-- Departments.
create table teams (
  organization_id text not null references organizations on delete cascade,
  id text not null,
  name text not null check (length(name) between 1 and 100),
  note text not null default '' check (length(note) <= 500),
  created_at timestamptz not null default now(),
  primary key (organization_id, id)
);
create unique index teams_by_name on teams (organization_id, lower(name));

create table team_members (
  organization_id text not null,
  team_id text not null,
  account_id text not null,
  primary key (organization_id, team_id, account_id),
  foreign key (organization_id, team_id) references teams on delete cascade,
  foreign key (organization_id, account_id) references members on delete cascade
);

create table projects (
  organization_id text not null references organizations on delete cascade,
  id text not null,
  team_id text,
  name text not null check (length(name) between 1 and 100),
  note text not null default '' check (length(note) <= 500),
  -- An archived project takes no new keys; its keys and sums stay.
  archived_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, team_id) references teams on delete set null (team_id)
);
create unique index projects_by_name on projects (organization_id, lower(name));
create index projects_by_team on projects (organization_id, team_id) where team_id is not null;

-- What a member may do within one team (all its projects) or one project, beyond its roles.
create table grants (
  organization_id text not null,
  id text not null,
  account_id text not null,
  place text not null check (place in ('team', 'project')),
  place_id text not null,
  role text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, account_id, place, place_id, role),
  foreign key (organization_id, account_id) references members on delete cascade
);

create table invitations (
  organization_id text not null references organizations on delete cascade,
  id text not null,
  email text not null check (email = lower(email) and length(email) <= 254),
  roles text[] not null,
  team_ids text[] not null default '{}',
  locale text not null default 'en' check (locale in ('en', 'zh')),
  token_hash bytea not null unique,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined', 'revoked')),
  invited_by text,
  accepted_by text,
  expires_at timestamptz not null,
  -- How often it was mailed, and when last: only the token of that mail is worth anything.
  sends integer not null default 1,
  sent_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  primary key (organization_id, id)
);
create unique index invitations_open on invitations (organization_id, email) where state = 'open';
create index invitations_by_email on invitations (email);
create index team_members_by_account on team_members (organization_id, account_id);

-- Whose key it is: a person, or a project, or neither (the organization itself).
alter table keys add column account_id text references accounts on delete set null;
alter table keys add column created_by text;
-- Who put it out of use; a key that somebody else disabled is not enabled again by its owner.
alter table keys add column disabled_by text;
alter table keys add column disabled_reason text check (length(disabled_reason) <= 500);
create index keys_by_person on keys (organization_id, account_id) where account_id is not null;
create index keys_by_project on keys (organization_id, project_id) where project_id is not null;
