import type pg from 'pg';
import type { MailPlace, ReadMail } from '../../mailroom/index.ts';
import {
  addParticipants,
  appendEvent,
  linkTickets,
  lockTicket,
  type NewMessage,
  openTicket,
  type Participant,
  programActor,
  type Queue,
  type Ticket,
  ticketName,
} from '../store/index.ts';
import type { Tell } from '../telling/index.ts';
import { decideThread, type ThreadDecision } from './decide-thread.ts';
import { findThread } from './find-candidates.ts';
import { findSender, organizationOf, type Sender } from './sender.ts';
import { takeMessage } from './take-message.ts';

/** What came of a bounce, as the mail that went out knows it. */
export type BookBounce = (
  client: pg.ClientBase,
  bounce: NonNullable<ReadMail['bounce']>,
  words?: string,
) => Promise<{
  readonly outboxId: string;
  readonly ticketNumber: bigint | null;
  readonly recipient: string | null;
  readonly suppressed: boolean;
} | null>;

export interface ThreadOptions {
  /** Of the marks on our mail. */
  readonly tokenKey: Buffer;
  readonly bookBounce: BookBounce;
  readonly tell: Tell;
  /** Where a mail begins before the rules have sorted it: a report of a vulnerability is never seen by all. */
  readonly firstQueue: (mail: ReadMail, purpose: MailboxPurpose | null) => Queue;
  readonly localeOf: (text: string) => 'en' | 'zh';
}

export type MailboxPurpose = 'support' | 'billing' | 'security';

/** The step `thread`: finds the ticket of a mail, or opens one. Null: it needs none. */
export async function threadMail(
  client: pg.ClientBase,
  mail: ReadMail,
  options: ThreadOptions,
): Promise<MailPlace | null> {
  const before = await placeBefore(client, mail.id);
  if (before !== null) return before;
  if (mail.bounce !== null) await noteBounce(client, mail, options);
  const sender = await findSender(client, mail);
  const decision = decideThread(await findThread(client, mail, sender, options.tokenKey));
  switch (decision.kind) {
    case 'ignore':
      return null;
    case 'open':
      return openByMail(client, mail, sender, decision.follows, options);
    case 'add':
      return addToTicket(client, mail, sender, decision, options);
  }
}

/** A mail stands on a ticket once, however often the step is done. */
async function placeBefore(client: pg.ClientBase, mailId: string): Promise<MailPlace | null> {
  const { rows } = await client.query<{ id: string; ticket_number: bigint; opened: boolean }>(
    `select m.id, m.ticket_number,
       exists (select 1 from ticket_events e where e.ticket_number = m.ticket_number and e.kind = 'opened'
         and e.data->>'message' = m.id) as opened
       from ticket_messages m where m.incoming_id = $1`,
    [mailId],
  );
  const row = rows[0];
  return row === undefined ? null : { ticketNumber: row.ticket_number, messageId: row.id, opened: row.opened };
}

async function noteBounce(client: pg.ClientBase, mail: ReadMail, { bookBounce, tell }: ThreadOptions): Promise<void> {
  if (mail.bounce === null) return;
  const booked = await bookBounce(client, mail.bounce, mail.subject);
  if (booked?.ticketNumber == null) return;
  const { ticketNumber, recipient, suppressed, outboxId } = booked;
  const data = { recipient, status: mail.bounce.status, hard: mail.bounce.hard, suppressed, outbox: outboxId };
  const once = `bounce:${mail.id}`;
  const atMs = mail.receivedAtMs;
  if (!(await appendEvent(client, ticketNumber, { kind: 'bounced', actor: programActor, data, once, atMs }))) return;
  if (mail.bounce.hard) await tell(client, { kind: 'bounced', ticket: await lockTicket(client, ticketNumber) });
}

async function openByMail(
  client: pg.ClientBase,
  mail: ReadMail,
  sender: Sender,
  follows: bigint | null,
  options: ThreadOptions,
): Promise<MailPlace> {
  const organization = organizationOf(sender, mail.deliveredTo);
  const purpose = await purposeOf(client, mail.mailboxId);
  const { ticket, messageId } = await openTicket(client, {
    subject: mail.subject,
    // What a machine has sent begins no work; a rule can take it out again.
    queue: mail.automatic === null ? options.firstQueue(mail, purpose) : 'spam',
    mailboxId: mail.mailboxId,
    cameBy: 'mail',
    requester: mail.from,
    accountId: sender.accountId,
    organizationId: organization?.id ?? null,
    verified: mail.sender.verified,
    locale: sender.locale ?? options.localeOf(`${mail.subject}\n${mail.text}`),
    tags: mail.automatic === null ? [] : ['automatic'],
    message: messageOf(mail, sender),
    participants: await othersOf(client, mail),
    actor: { id: sender.accountId, name: mail.from.address },
    atMs: mail.receivedAtMs,
  });
  if (follows !== null) {
    await linkTickets(client, ticket.number, follows, 'follow_up', null);
    const data = { ticket: ticketName(follows), link: 'follow_up' };
    await appendEvent(client, ticket.number, { kind: 'linked', actor: programActor, data });
  }
  return { ticketNumber: ticket.number, messageId, opened: true };
}

async function addToTicket(
  client: pg.ClientBase,
  mail: ReadMail,
  sender: Sender,
  { ticket: found, as }: ThreadDecision & { kind: 'add' },
  { tell }: ThreadOptions,
): Promise<MailPlace> {
  const ticket = await lockWhereItWent(client, found.number);
  const actor = { id: as === 'party' ? sender.accountId : null, name: mail.from.address };
  // Whoever has nothing to do with the ticket has proven nothing that matters on it, however well their mail is signed.
  const message = { ...messageOf(mail, sender), verified: mail.sender.verified && as !== 'stranger' };
  const taken = await takeMessage(client, ticket, message, { as, actor, atMs: mail.receivedAtMs });
  if (as === 'party') {
    const requester = { ...mail.from, accountId: sender.accountId, role: 'cc' as const };
    await addParticipants(client, ticket.number, [requester, ...(await othersOf(client, mail))]);
  }
  if (as !== 'automatic') {
    await tell(client, {
      kind: taken.reopened ? 'reopened' : 'message',
      ticket: await lockTicket(client, ticket.number),
    });
  }
  return { ticketNumber: ticket.number, messageId: taken.messageId, opened: false };
}

/** It may have been merged between the look and the lock. */
async function lockWhereItWent(client: pg.ClientBase, number: bigint): Promise<Ticket> {
  let ticket = await lockTicket(client, number);
  for (let steps = 0; steps < 20 && ticket.mergedInto !== null; steps++) {
    ticket = await lockTicket(client, ticket.mergedInto);
  }
  return ticket;
}

function messageOf(mail: ReadMail, sender: Sender): NewMessage {
  return {
    kind: 'in',
    author: { accountId: sender.accountId, address: mail.from.address, name: mail.from.name },
    verified: mail.sender.verified,
    subject: mail.subject,
    body: mail.text,
    quoted: mail.quoted,
    html: mail.html,
    recipients: { to: mail.to.map(({ address }) => address), cc: mail.cc.map(({ address }) => address) },
    messageId: mail.messageId,
    incomingId: mail.id,
    automatic: mail.automatic,
    findings: mail.findings,
    attachments: mail.attachments,
  };
}

/** Whom the mail went to beside us. */
async function othersOf(client: pg.ClientBase, mail: ReadMail): Promise<Participant[]> {
  const { rows } = await client.query<{ address: string }>(
    `select address from mailboxes union select lower(address) from support_plans where address is not null`,
  );
  const ours = new Set([...rows.map(({ address }) => address), ...mail.deliveredTo.map(bare)]);
  const people = [...mail.to, ...mail.cc].filter(({ address }) => !ours.has(bare(address)));
  return people
    .filter(({ address }) => address !== mail.from.address)
    .map(({ address, name }) => ({ address, name, accountId: null, role: 'cc' }));
}

/** Without what stands behind a plus. */
function bare(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*(?=@)/, '');
}

async function purposeOf(client: pg.ClientBase, mailboxId: string | null): Promise<MailboxPurpose | null> {
  const { rows } = await client.query<{ purpose: MailboxPurpose }>('select purpose from mailboxes where id = $1', [
    mailboxId,
  ]);
  return rows[0]?.purpose ?? null;
}
