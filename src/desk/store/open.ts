import { appendEvent, type EventActor } from './events.ts';
import { freezeTarget } from './freeze.ts';
import { addMessage, type NewMessage } from './messages.ts';
import { addParticipants, type Participant } from './participants.ts';
import { type Db, type FrozenTarget, type Priority, type Queue, readTicket, type Ticket } from './ticket.ts';

/** A ticket that begins, with what it begins with. */
export interface NewTicket {
  readonly subject: string;
  readonly queue: Queue;
  readonly priority?: Priority;
  readonly mailboxId: string | null;
  readonly cameBy: Ticket['cameBy'];
  readonly requester: { readonly address: string; readonly name: string };
  readonly accountId: string | null;
  readonly organizationId: string | null;
  readonly verified: boolean;
  readonly locale: Ticket['locale'];
  readonly tags?: readonly string[];
  readonly message: NewMessage;
  /** Beside the requester. */
  readonly participants?: readonly Participant[];
  readonly actor: EventActor;
  /** When it reached us: the clocks begin then. */
  readonly atMs: number;
}

const subjectMax = 300;
export const noSubject: Readonly<Record<Ticket['locale'], string>> = { en: '(no subject)', zh: '（无主题）' };

/** Opens a ticket by what a customer wrote, in the transaction of what makes it necessary. */
export async function openTicket(
  client: Db,
  input: NewTicket,
): Promise<{ readonly ticket: Ticket; readonly messageId: string }> {
  const { number, target } = await insertTicket(client, input, 'customer');
  const messageId = await addMessage(client, number, { atMs: input.atMs, ...input.message });
  await begin(client, number, input, { message: messageId, by: 'customer', target });
  return { ticket: await readTicket(client, number), messageId };
}

/** Opens a ticket that staff are about to write the first message on: no first response is owed. */
export async function openTicketByStaff(client: Db, input: Omit<NewTicket, 'message'>): Promise<Ticket> {
  const { number, target } = await insertTicket(client, input, 'staff');
  await begin(client, number, input, { by: 'staff', target });
  return readTicket(client, number);
}

async function insertTicket(
  client: Db,
  input: Omit<NewTicket, 'message'>,
  by: 'customer' | 'staff',
): Promise<{ readonly number: bigint; readonly target: FrozenTarget }> {
  const { requester, accountId, organizationId, queue, atMs } = input;
  const target = await freezeTarget(client, { organizationId, queue });
  const subject = [...input.subject.replaceAll(/\s+/g, ' ').trim()].slice(0, subjectMax).join('');
  const { rows } = await client.query<{ number: bigint }>(
    `insert into tickets (subject, queue, priority, mailbox_id, came_by, requester_address, requester_name, account_id,
       organization_id, verified, locale, tags, target, opened_at, last_message_at, last_author, unread)
     values ($1, $2, $3, $4, $5, lower($6), $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, $16)
     returning number`,
    [
      subject === '' ? noSubject[input.locale] : subject,
      queue,
      input.priority ?? 'normal',
      input.mailboxId,
      input.cameBy,
      requester.address,
      requester.name.slice(0, 200),
      accountId,
      organizationId,
      input.verified,
      input.locale,
      [...(input.tags ?? [])],
      JSON.stringify(target),
      new Date(atMs),
      by,
      by === 'customer',
    ],
  );
  return { number: rows[0]?.number ?? 0n, target };
}

async function begin(
  client: Db,
  number: bigint,
  { requester, accountId, participants = [], queue, priority = 'normal', actor, atMs }: Omit<NewTicket, 'message'>,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const { address, name } = requester;
  await addParticipants(client, number, [{ address, name, accountId, role: 'requester' }, ...participants]);
  const data = { ...more, queue, priority };
  await appendEvent(client, number, { kind: 'opened', actor, data, once: 'opened', atMs });
}

/** A ticket without messages yet, of the same people and the same promise as another: for messages that move there. */
export async function openTicketFrom(
  client: Db,
  { number: from, target, queue, priority }: Ticket,
  subject: string,
  atMs: number,
  actor: EventActor,
): Promise<bigint> {
  const { rows } = await client.query<{ number: bigint }>(
    `insert into tickets (subject, queue, priority, mailbox_id, came_by, requester_address, requester_name, account_id,
       organization_id, verified, locale, assignee_id, target, opened_at, last_message_at, last_author, unread)
     select $2, queue, priority, mailbox_id, came_by, requester_address, requester_name, account_id,
       organization_id, verified, locale, assignee_id, target, $3, $3, 'customer', true from tickets where number = $1
     returning number`,
    [from, subject, new Date(atMs)],
  );
  const number = rows[0]?.number ?? 0n;
  await client.query(
    `insert into ticket_participants (ticket_number, address, name, account_id, role)
       select $2, address, name, account_id, role from ticket_participants where ticket_number = $1`,
    [from, number],
  );
  const data = { by: 'customer', queue, priority, target };
  await appendEvent(client, number, { kind: 'opened', actor, data, once: 'opened', atMs });
  return number;
}
