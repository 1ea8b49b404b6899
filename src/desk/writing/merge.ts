import type pg from 'pg';
import { AppError } from '../../base/errors.ts';
import {
  appendEvent,
  changeTicket,
  type EventActor,
  linkTickets,
  openTicketFrom,
  refuseStale,
  type Ticket,
  ticketName,
} from '../store/index.ts';

interface Doing {
  readonly actor: EventActor;
  readonly nowMs: number;
}

/**
 * Merges one ticket into another: its messages stay readable where they are, it points on, and what is mailed to it lands
 * in the other. Both are locked. Only tickets of one customer: whoever takes part in the one takes part in the other.
 *
 * @throws AppError `ticket_merge_refused`, `ticket_merged`, `ticket_changed`
 */
export async function mergeTickets(
  client: pg.ClientBase,
  from: Ticket,
  into: Ticket,
  { actor, nowMs, version }: Doing & { readonly version: number },
): Promise<void> {
  await refuseStale(client, from, version);
  refuseMerge(from, into);
  if (from.state !== 'closed') {
    await changeTicket(client, from.number, { state: 'closed' }, { actor, expectedVersion: null, nowMs });
  }
  await client.query('update tickets set merged_into = $2, version = version + 1 where number = $1', [
    from.number,
    into.number,
  ]);
  await client.query(
    `insert into ticket_participants (ticket_number, address, name, account_id, role)
       select $2, address, name, account_id, case role when 'requester' then 'cc' else role end
         from ticket_participants where ticket_number = $1 and ($3 or role = 'follower')
     on conflict do nothing`,
    // Whom a mail puts in copy that nobody vouches for is not told what was said to a proven customer.
    [from.number, into.number, from.verified || !into.verified],
  );
  await client.query(
    `insert into ticket_facts (ticket_number, kind, value, message_id, detail)
       select $2, kind, value, message_id, detail from ticket_facts where ticket_number = $1
     on conflict do nothing`,
    [from.number, into.number],
  );
  const data = { from: ticketName(from.number), into: ticketName(into.number) };
  await appendEvent(client, from.number, { kind: 'merged', actor, data, atMs: nowMs });
  await appendEvent(client, into.number, { kind: 'took_over', actor, data, atMs: nowMs });
  await client.query(
    `update tickets set version = version + 1, changed_at = now(),
       last_message_at = greatest(last_message_at, $2) where number = $1`,
    [into.number, new Date(from.lastMessageAtMs)],
  );
}

function refuseMerge(from: Ticket, into: Ticket): void {
  const refuse = (message: string): AppError => new AppError('ticket_merge_refused', message);
  if (from.number === into.number) throw refuse('A ticket cannot be merged into itself.');
  if (from.mergedInto !== null) throw refuse(`${ticketName(from.number)} was merged already.`);
  if (into.mergedInto !== null) {
    throw refuse(`${ticketName(into.number)} was merged into ${ticketName(into.mergedInto)}; merge into that one.`);
  }
  if ((from.queue === 'vulnerability') !== (into.queue === 'vulnerability')) {
    throw refuse('A report of a vulnerability is merged with such reports only.');
  }
  const [one, other] = [from.organizationId, into.organizationId];
  const differs = one !== null && other !== null && one !== other;
  const sameCustomer = (one !== null && one === other) || from.requester.address === into.requester.address;
  if (sameCustomer && !differs) return;
  throw refuse('These tickets are of different customers, who would read each other’s replies. Link them instead.');
}

/**
 * Moves chosen messages into a ticket of their own, which is linked. At least one message stays.
 *
 * @throws AppError `ticket_split_invalid`
 */
export async function splitTicket(
  client: pg.ClientBase,
  ticket: Ticket,
  input: { readonly messages: readonly string[]; readonly subject: string },
  { actor, nowMs }: Doing,
): Promise<bigint> {
  const wanted = [...new Set(input.messages)];
  const { rows } = await client.query<{ chosen: number; others: number }>(
    `select count(*) filter (where id = any($2))::int as chosen, count(*) filter (where id <> all($2))::int as others
       from ticket_messages where ticket_number = $1`,
    [ticket.number, wanted],
  );
  const { chosen, others } = rows[0] ?? { chosen: 0, others: 0 };
  if (chosen !== wanted.length || chosen === 0 || others === 0) {
    throw new AppError('ticket_split_invalid', 'Choose some messages of this ticket, but not all of them.');
  }
  const number = await openTicketFrom(client, ticket, input.subject, nowMs, actor);
  await client.query('update ticket_messages set ticket_number = $3 where ticket_number = $1 and id = any($2)', [
    ticket.number,
    wanted,
    number,
  ]);
  await client.query('update ticket_facts set ticket_number = $3 where ticket_number = $1 and message_id = any($2)', [
    ticket.number,
    wanted,
    number,
  ]);
  await client.query(
    `update tickets t set changed_at = now(), version = version + 1,
       last_message_at = coalesce((select max(at) from ticket_messages m where m.ticket_number = t.number
         and m.kind in ('in', 'out')), t.last_message_at) where number = any($1)`,
    [[ticket.number, number]],
  );
  await linkTickets(client, number, ticket.number, 'split', actor.id);
  const data = { into: ticketName(number), from: ticketName(ticket.number), messages: wanted };
  await appendEvent(client, ticket.number, { kind: 'split', actor, data, atMs: nowMs });
  return number;
}
