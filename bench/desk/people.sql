-- Who writes, and who answers. $REQUESTERS people of $ORGANIZATIONS organizations of very different sizes; a tenth of the
-- requesters has no account.

-- From 0 to 1, the same for the same number and purpose.
create function bench_share(n bigint, purpose bigint) returns float8 language sql immutable parallel safe as $$
  select (hashint8extended(n, purpose) & 16777215)::float8 / 16777216
$$;

insert into accounts (id, name, email, email_verified, staff_role)
select 'acc_staff_' || n, 'Staff ' || n, 'staff-' || n || '@site.test', true, 'support' from generate_series(1, 20) n;
insert into organizations (id, name, kind)
select 'org_bench_' || n, 'Organization ' || n, 'shared' from generate_series(1, $ORGANIZATIONS) n;
insert into support_plans (organization_id, plan)
select 'org_bench_' || n, case when n % 10 = 0 then 'enterprise' else 'pro' end
from generate_series(1, $ORGANIZATIONS) n where n % 10 < 4;

-- The first organization has a fiftieth of all people, the last ones a few each.
create table bench_requesters as
select n as number, 'dev-' || n || '@customer-' || o || '.test' as address, 'Customer ' || n as name,
  case when n % 10 > 0 then 'acc_bench_' || n end as account_id, 'org_bench_' || o as organization_id,
  case when o % 10 = 0 then 'enterprise' when o % 10 < 4 then 'pro' else 'starter' end as plan, n % 10 < 3 as chinese
from (select n, 1 + floor($ORGANIZATIONS * bench_share(n, 1) ^ 2)::int as o from generate_series(1, $REQUESTERS) n) r;
create unique index on bench_requesters (number);
insert into accounts (id, name, email, email_verified)
select account_id, name, address, true from bench_requesters where account_id is not null;
insert into members (organization_id, account_id, roles)
select organization_id, account_id, array['developer'] from bench_requesters where account_id is not null;
analyze bench_requesters;
