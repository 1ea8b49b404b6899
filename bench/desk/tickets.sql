-- $COUNT tickets from the $FROM-th on, with all that stands on them. $TICKETS in all over two years up to $NOW.
create temp table batch on commit drop as
select t.*, case
    when queue = 'spam' then 'closed'
    when age_days < 2 then case when dice < 0.45 then 'open' when dice < 0.7 then 'waiting' else 'solved' end
    when age_days < 10 then case when dice < 0.15 then 'open' when dice < 0.35 then 'waiting' else 'solved' end
    when age_days < 30 then case when dice < 0.02 then 'open' when dice < 0.07 then 'waiting' else 'solved' end
    else case when dice < 0.002 then 'open' when dice < 0.005 then 'waiting' else 'closed' end end as state,
  least(interval '10 hours' * bench_share(number, 11), ('$NOW'::timestamptz - opened_at) / (messages + 1)) as pause
from (
  select 1001 + n as number, r.number as requester, r.address, r.name, r.account_id, r.organization_id, r.plan, r.chinese,
    '$NOW'::timestamptz - interval '730 days' * (1 - (n + 0.5) / $TICKETS) as opened_at,
    730 * (1 - (n + 0.5) / $TICKETS) as age_days,
    bench_share(n, 2) as dice,
    1 + least(floor(-3.5 * ln(1 - 0.9999 * bench_share(n, 3))), 40)::int as messages,
    (array['bug', 'bug', 'bug', 'bug', 'bug', 'bug', 'bug', 'general', 'general', 'general', 'general', 'general', 'general',
      'general', 'billing', 'billing', 'billing', case when bench_share(n, 4) < 0.2 then 'vulnerability' else 'billing' end,
      'enterprise', 'spam'])[1 + floor(20 * bench_share(n, 5))::int] as queue,
    (array['low', 'normal', 'normal', 'normal', 'normal', 'normal', 'normal', 'high', 'high', 'urgent'])
      [1 + floor(10 * bench_share(n, 6))::int] as priority,
    case when bench_share(n, 7) < 0.8 then 'acc_staff_' || 1 + floor(20 * bench_share(n, 8))::int end as assignee_id
  from generate_series($FROM::bigint, $FROM::bigint + $COUNT - 1) n
  join bench_requesters r on r.number = 1 + floor($REQUESTERS * bench_share(n, 9) ^ 1.5)::int
) t;

create temp table said on commit drop as
select b.*, m, opened_at + m * pause as at, number * 100 + m as place, case
    when m = 0 then 'in' when m = 1 and bench_share(number, 12) < 0.7 then 'automatic'
    when bench_share(number * 100 + m, 13) < 0.08 then 'note' when m % 2 = 0 then 'in' else 'out' end as kind
from batch b, generate_series(0, messages - 1) m;
analyze batch, said;

insert into tickets (number, subject, state, queue, priority, came_by, requester_address, requester_name, account_id,
  organization_id, verified, locale, assignee_id, tags, snoozed_until, target, due_at, due_kind, breached, notice_at,
  opened_at, changed_at, last_message_at, last_author, first_replied_at, solved_at, closed_at, rating, rated_at, unread)
select number, left((select text from bench_sentences s
    where s.chinese = b.chinese and s.number = 1 + floor($SENTENCES * bench_share(b.number, 14))::int), 200),
  state, queue, priority, case when number % 5 = 0 then 'console' else 'mail' end, address, name, account_id,
  case when account_id is not null then organization_id end, true, case when chinese then 'zh' else 'en' end, assignee_id,
  case when number % 3 = 0 then array['tag-' || 1 + number / 3 % 60, 'label-' || 1 + number % 7] else '{}' end,
  case when state in ('open', 'waiting') and number % 20 = 0 then '$NOW'::timestamptz + interval '2 days' end,
  jsonb_build_object('plan', plan, 'policyId', case when queue = 'vulnerability' then 'vulnerability' else plan end,
    'policyVersion', 1, 'calendarId', null),
  case when state = 'open' and plan <> 'starter' then '$NOW'::timestamptz + interval '1 minute' * (number % 6000 - 600) end,
  case when state = 'open' and plan <> 'starter' then 'next_response' end,
  plan <> 'starter' and bench_share(number, 15) < 0.08,
  case when state = 'open' and plan <> 'starter' then '$NOW'::timestamptz + interval '10 days' end,
  opened_at, opened_at + (messages - 1) * pause, opened_at + (messages - 1) * pause,
  case when state = 'open' or messages % 2 = 1 then 'customer' else 'staff' end,
  case when messages > 2 then opened_at + 2 * pause end,
  case when state in ('solved', 'closed') then opened_at + messages * pause end,
  case when state = 'closed' then opened_at + messages * pause + interval '30 days' end,
  case when state = 'closed' and number % 9 = 0 then 1 + floor(5 * sqrt(bench_share(number, 16)))::int end,
  case when state = 'closed' and number % 9 = 0 then opened_at + messages * pause + interval '1 day' end,
  state = 'open' and number % 3 = 0
from batch b;
-- One in fifty was merged into the one before it.
update tickets t set merged_into = t.number - 1, state = 'closed', closed_at = coalesce(closed_at, last_message_at)
from batch b where b.number = t.number and t.number % 50 = 0 and t.number > 1001 + $FROM;

insert into ticket_participants (ticket_number, address, name, account_id, role)
select number, address, name, account_id, 'requester' from batch
union all
select b.number, r.address, r.name, r.account_id, 'cc' from batch b
join bench_requesters r on r.number = 1 + (b.requester + 7 * b.number) % $REQUESTERS
where b.number % 10 < 3 and r.address <> b.address;

insert into ticket_messages (id, ticket_number, at, kind, account_id, author_address, author_name, verified, subject, body,
  quoted, html, recipients, message_id)
select 'msg_bench_' || number || '_' || m, number, at, kind, writer, case when kind = 'in' then address else '' end,
  case when kind = 'in' then name when writer is not null then 'Staff ' || substr(writer, 11) else '' end, true, '', body,
  case when m > 0 and number % 10 < 6 then left(body, 250) else '' end,
  case when kind = 'in' and number % 10 < 3 then '<div dir="auto"><p>' || replace(body, '. ', '.</p><p>') || '</p></div>' end,
  jsonb_build_object('to', jsonb_build_array(case when kind = 'in' then 'support@site.test' else address end)),
  '<bench.' || number || '.' || m || '@customer.test>'
from (
  select said.*, case when kind = 'in' then account_id
      when kind <> 'automatic' then coalesce(assignee_id, 'acc_staff_1') end as writer,
    (select string_agg((select text from bench_sentences s where s.chinese = said.chinese
          and s.number = 1 + floor($SENTENCES * bench_share(place * 16 + i, 18))::int), ' ' order by i)
      from generate_series(1, 4 + floor(9 * bench_share(place, 17))::int) i)
    || case when m = 0 and number % 10 < 6 then E'\n' || (select id from bench_request_ids r where r.number = said.number)
       else '' end
    || E'\n' || case when kind = 'in' then name else 'The support team' end as body
  from said
) written;

insert into files (id, sha256, size)
select 'file_bench_' || place, sha256(place::text::bytea), 1000 + (place % 200000)::int from said where place % 20 = 0;
insert into ticket_attachments (id, message_id, file_id, name, type, size)
select 'att_bench_' || place, 'msg_bench_' || number || '_' || m, 'file_bench_' || place, 'output-' || m || '.log',
  'text/plain', 1000 + (place % 200000)::int from said where place % 20 = 0;

insert into ticket_facts (ticket_number, kind, value, message_id)
select b.number, f.kind, f.value, 'msg_bench_' || b.number || '_0' from batch b, lateral (
  select 'request' as kind, (select id from bench_request_ids r where r.number = b.number) as value where number % 10 < 6
  union all select 'key_prefix', 'sk-lodge-' || left(md5((requester * 3 + number % 3)::text), 8) where number % 10 < 3
  union all select 'order', 'ord_' || left(md5(number::text), 16) where queue = 'billing'
  union all select 'status', (array['429', '401', '502', '500', '402'])[1 + number % 5] where queue = 'bug'
  union all select 'error_code', (array['rate_limited', 'model_not_found', 'upstream_timeout', 'key_disabled',
    'insufficient_balance', 'body_too_large'])[1 + number % 6] where queue = 'bug' and number % 10 < 7
  union all select 'tool', (array['Codex', 'Claude Code', 'Cursor', 'curl'])[1 + number % 4] where number % 10 < 4
) f;

insert into ticket_events (ticket_number, at, kind, actor_id, actor_name, data, once)
select number, at, kind, actor_id, '', data, once from (
  select number, opened_at as at, 0 as step, 'opened' as kind, null as actor_id, null as once,
    jsonb_build_object('by', 'customer', 'priority', priority, 'target', jsonb_build_object('plan', plan, 'policyId',
      case when queue = 'vulnerability' then 'vulnerability' else plan end, 'policyVersion', 1, 'calendarId', null)) as data
  from batch
  union all select number, opened_at, 1, 'routed', null, 'routed', jsonb_build_object('queue', queue) from batch
  union all select number, opened_at, 1, 'facts_read', null, null, '{}' from batch
  union all select number, at, 2 + m, case kind when 'in' then 'customer_wrote' when 'note' then 'note_added'
      when 'automatic' then 'automatic_answer' else 'staff_replied' end,
    case when kind in ('out', 'note') then assignee_id end, null, '{}' from said where m > 0
  union all select number, opened_at + messages * pause, 98, 'solved', assignee_id, null, '{}'
    from batch where state in ('solved', 'closed')
  union all select number, opened_at + messages * pause + interval '30 days', 99, 'closed', null, null, '{}'
    from batch where state = 'closed'
) happened order by number, at, step;
