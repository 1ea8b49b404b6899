import { appendEvent, type EventActor } from './events.ts';
import { freezeTarget } from './freeze.ts';
import { addMessage, type NewMessage } from './messages.ts';
import { addParticipants, type Participant } from './participants.ts';
import { type Db, type Priority, type Queue, readTicket, type Ticket } from './ticket.ts';

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

/** Opens a ticket, in the transaction of what makes it necessary. */
export async function openTicket(
  client: Db,
  input: NewTicket,
): Promise<{ readonly ticket: Ticket; readonly messageId: string }> {
  const { requester, accountId, organizationId, queue, atMs } = input;
  const target = await freezeTarget(client, { organizationId, queue });
  const subject = [...input.subject.replaceAll(/\s+/g, ' ').trim()].slice(0, subjectMax).join('');
  const byStaff = input.message.kind === 'out';
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
      byStaff ? 'staff' : 'customer',
      !byStaff,
    ],
  );
  const number = rows[0]?.number ?? 0n;
  const messageId = await addMessage(client, number, { atMs, ...input.message });
  await addParticipants(client, number, [
    { address: requester.address, name: requester.name, accountId, role: 'requester' },
    ...(input.participants ?? []),
  ]);
  const by = byStaff ? 'staff' : 'customer';
  const data = { message: messageId, by, queue, priority: input.priority ?? 'normal', target };
  await appendEvent(client, number, { kind: 'opened', actor: input.actor, data, once: 'opened', atMs });
  return { ticket: await readTicket(client, number), messageId };
}
