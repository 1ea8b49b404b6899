import type { Pool } from 'pg';

/** What the bench finds its way by. */
export interface SeededDesk {
  readonly messages: number;
  readonly tickets: number;
}

const messagesPerTicket = 5;
const batchTickets = 4_000;
/** Words of the index beside those of the language: every message has some that few others have. */
const vocabulary = 50_000;

/**
 * Fills an empty desk: tickets over two years, most of them closed, a few thousand in work; messages of about 60 words,
 * whose words are as unevenly spread as those of a language; one request id per ticket.
 */
export async function seedDesk(pool: Pool, messages: number, onProgress: (done: number) => void): Promise<SeededDesk> {
  const tickets = Math.ceil(messages / messagesPerTicket);
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from tickets');
  let done = rows[0]?.count ?? 0;
  await seedPeople(pool);
  while (done < tickets) {
    const count = Math.min(batchTickets, tickets - done);
    await seedTickets(pool, done, count);
    done += count;
    onProgress(done * messagesPerTicket);
  }
  await pool.query('analyze tickets, ticket_messages, ticket_facts, ticket_participants, ticket_events');
  return { messages: tickets * messagesPerTicket, tickets };
}

async function seedPeople(pool: Pool): Promise<void> {
  await pool.query(
    `insert into accounts (id, name, email, email_verified, staff_role)
       select 'acc_staff_' || n, 'Staff ' || n, 'staff' || n || '@site.test', true, 'support' from generate_series(1, 20) n
     on conflict do nothing`,
  );
  await pool.query(
    `insert into organizations (id, name, kind)
       select 'org_bench_' || n, 'Customer ' || n, 'shared' from generate_series(1, 5000) n on conflict do nothing`,
  );
}

/** A word by its rank: rank 1 is in most messages, rank 50,000 in a handful. */
const word = `'w' || floor(${vocabulary} ^ random())::int`;

async function seedTickets(pool: Pool, from: number, count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `insert into tickets (number, subject, state, queue, priority, came_by, requester_address, organization_id, verified,
         locale, assignee_id, target, due_at, opened_at, last_message_at, last_author, solved_at, closed_at, unread)
       select 1000000 + n, 'Something fails ' || n,
         case when n % 100 = 0 then 'open' when n % 100 = 1 then 'waiting' when n % 20 = 2 then 'solved' else 'closed' end,
         (array['bug', 'bug', 'bug', 'general', 'general', 'billing', 'enterprise', 'spam'])[1 + n % 8],
         'normal', 'mail', 'dev' || n % 40000 || '@customer.test', 'org_bench_' || 1 + n % 5000, true,
         case when n % 3 = 0 then 'zh' else 'en' end,
         case when n % 2 = 0 then 'acc_staff_' || 1 + n % 20 end,
         '{"plan":"pro","policyId":"pro","policyVersion":1,"calendarId":null}',
         case when n % 100 = 0 then now() + (n % 1000) * interval '1 minute' end,
         at, at + interval '1 day', case when n % 3 = 0 then 'customer' else 'staff' end,
         case when n % 100 > 1 then at + interval '1 day' end, case when n % 100 > 1 then at + interval '2 days' end,
         n % 100 = 0
         from (select n, now() - (n * 7919 % 730) * interval '1 day' - n % 86400 * interval '1 second' as at
                 from generate_series($1::int, $1::int + $2::int - 1) n) t`,
      [from, count],
    );
    await client.query(
      `insert into ticket_messages (id, ticket_number, at, kind, author_address, verified, body, message_id)
       select 'msg_bench_' || t.number || '_' || m, t.number, t.opened_at + m * interval '3 hours',
         case m % 2 when 0 then 'in' else 'out' end, t.requester_address, true,
         (select string_agg(${word}, ' ') from generate_series(1, 60) w where t.number > 0 and m >= 0)
           || case when t.locale = 'zh' then ' 请求超时，无法连接服务器 ' || chr(19968 + (t.number % 3000)::int) else '' end,
         '<bench.' || t.number || '.' || m || '@customer.test>'
         from tickets t, generate_series(0, ${messagesPerTicket - 1}) m
        where t.number >= 1000000 + $1::int and t.number < 1000000 + $1::int + $2::int`,
      [from, count],
    );
    await client.query(
      `insert into ticket_participants (ticket_number, address, role)
         select number, requester_address, 'requester' from tickets
          where number >= 1000000 + $1::int and number < 1000000 + $1::int + $2::int`,
      [from, count],
    );
    await client.query(
      `insert into ticket_facts (ticket_number, kind, value, message_id)
         select number, kind, case kind when 'request' then 'req_' || upper(left(md5(number::text) || md5(number::text), 28))
             else 'sk-lodge-' || left(md5((number % 20000)::text), 8) end, 'msg_bench_' || number || '_0'
           from tickets, unnest(array['request', 'key_prefix']) kind
          where number >= 1000000 + $1::int and number < 1000000 + $1::int + $2::int`,
      [from, count],
    );
    await client.query(
      `insert into ticket_events (ticket_number, at, kind)
         select number, opened_at, 'automatic_mail' from tickets
          where number >= 1000000 + $1::int and number < 1000000 + $1::int + $2::int`,
      [from, count],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
