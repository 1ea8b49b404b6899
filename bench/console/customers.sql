-- 200 organizations of very different sizes, their teams, projects, members and keys. $KEYS is the number of keys.
insert into vendors (id, display_name, family) values
  ('openai', 'OpenAI', 'openai'), ('anthropic', 'Anthropic', 'anthropic'), ('gemini', 'Google', 'gemini')
on conflict do nothing;
insert into groups (id, display_name, vendor_id, multiplier)
select vendor || '-' || grade, initcap(vendor) || ' ' || initcap(grade), vendor, multiplier
from unnest(array['openai', 'anthropic', 'gemini']) vendor,
  (values ('standard', 10000), ('economy', 8000)) grades (grade, multiplier)
on conflict do nothing;

-- The first organization has a tenth of everything, the last one a two-thousandth.
create table bench_organizations as
select number, 'org_' || lpad(to_hex(number), 24, '0') as id,
  (sum(part) over (order by number) - part)::float8 as share_from,
  1 + floor($KEYS * (sum(part) over (order by number) - part))::int as first_key,
  0 as keys
from (select number, number ^ -0.8 / sum(number ^ -0.8) over () as part from generate_series(1, 200) number) parts;
update bench_organizations o set keys = coalesce(
  (select n.first_key from bench_organizations n where n.number = o.number + 1), $KEYS + 1) - o.first_key;

insert into organizations (id, name, kind)
select id, 'Organization ' || number, 'shared' from bench_organizations;
insert into accounts (id, name, email, email_verified)
select 'acc_' || lpad(to_hex(o.number * 100000 + m), 24, '0'), 'Member ' || m || ' of ' || o.number,
  'member-' || o.number || '-' || m || '@example.test', true
from bench_organizations o, generate_series(1, greatest(1, o.keys / 5)) m;
insert into members (organization_id, account_id, roles)
select o.id, 'acc_' || lpad(to_hex(o.number * 100000 + m), 24, '0'),
  case when m = 1 then array['owner'] else array['developer'] end
from bench_organizations o, generate_series(1, greatest(1, o.keys / 5)) m;
insert into teams (organization_id, id, name)
select o.id, 'tea_' || lpad(to_hex(t), 24, '0'), 'Team ' || t
from bench_organizations o, generate_series(1, greatest(1, o.keys / 100)) t;
insert into projects (organization_id, id, team_id, name)
select o.id, 'prj_' || lpad(to_hex(p), 24, '0'),
  'tea_' || lpad(to_hex(1 + p % greatest(1, o.keys / 100)), 24, '0'), 'Project ' || p
from bench_organizations o, generate_series(1, greatest(1, o.keys / 20)) p;

-- Half of the keys belong to projects, four in ten to members, the others to the organization.
insert into keys (id, organization_id, project_id, account_id, group_id, name, prefix, hash, created_at)
select 'key_' || lpad(to_hex(o.first_key + k), 24, '0'), o.id,
  case when k % 10 < 5 then 'prj_' || lpad(to_hex(1 + k % greatest(1, o.keys / 20)), 24, '0') end,
  case when k % 10 between 5 and 8 then
    'acc_' || lpad(to_hex(o.number * 100000 + 1 + k % greatest(1, o.keys / 5)), 24, '0') end,
  (array['openai-standard', 'anthropic-standard', 'gemini-standard', 'openai-economy', 'anthropic-economy',
    'gemini-economy'])[1 + k % 6],
  'Key ' || k, 'sk-lodge-' || lpad(to_hex(o.first_key + k), 8, '0'),
  sha256(convert_to((o.first_key + k)::text, 'UTF8')), now() - interval '100 days'
from bench_organizations o, generate_series(0, o.keys - 1) k;

create table bench_keys as
select o.first_key + k as number, keys.*, groups.vendor_id, groups.multiplier
from bench_organizations o, generate_series(0, o.keys - 1) k
join keys on true join groups on groups.id = keys.group_id
where keys.id = 'key_' || lpad(to_hex(o.first_key + k), 24, '0');
create unique index on bench_keys (number);
analyze;

-- So many characters of Crockford's base32.
create function bench_digits_10(n bigint) returns text language sql immutable as $$
  select substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 45 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 40 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 35 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 30 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 25 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 20 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 15 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 10 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 5 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 0 & 31)::int + 1, 1)
$$;
create function bench_digits_8(n bigint) returns text language sql immutable as $$
  select substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 35 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 30 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 25 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 20 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 15 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 10 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 5 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 0 & 31)::int + 1, 1)
$$;
create function bench_digits_2(n bigint) returns text language sql immutable as $$
  select substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 5 & 31)::int + 1, 1) ||
    substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', (n >> 0 & 31)::int + 1, 1)
$$;
