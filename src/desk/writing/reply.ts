import type pg from 'pg';
import { AppError } from '../../base/errors.ts';
import type { Finding } from '../../redaction/index.ts';
import type { DeskParts } from '../parts.ts';
import {
  addMessage,
  addParticipants,
  appendEvent,
  changeTicket,
  type EventActor,
  noteMessage,
  readParticipants,
  readTicket,
  refuseStale,
  type Ticket,
  ticketName,
} from '../store/index.ts';
import { answeringMailbox, mailThread } from './mail-thread.ts';
import { cleanText } from './redact.ts';
import { takeUploads } from './uploads.ts';

/** In which a reply can be taken back. */
export const undoMs = 15_000;

export interface ReplyInput {
  readonly text: string;
  /** Absent: whoever is in copy already. */
  readonly cc?: readonly string[] | undefined;
  readonly state: 'open' | 'waiting' | 'solved' | 'closed';
  readonly uploads: readonly string[];
  readonly version: number;
}

export interface Replier {
  readonly actor: EventActor;
  readonly accountId: string | null;
  readonly email: string;
  readonly name: string;
}

export interface Replied {
  readonly messageId: string;
  /** Null: it cannot be taken back. */
  readonly undoUntilMs: number | null;
  readonly findings: readonly Finding[];
  /** Addresses that nothing is sent to any more. */
  readonly leftOut: readonly string[];
}

/**
 * A public reply of staff: on the ticket at once, in the mail after the time in which it can be taken back. `ticket` is
 * locked and seen.
 *
 * @throws AppError `ticket_changed`, `ticket_merged`, `ticket_state_invalid`, those of uploads and of `queueLetter`
 */
export async function replyTo(
  parts: DeskParts,
  client: pg.ClientBase,
  ticket: Ticket,
  input: ReplyInput,
  by: Replier,
): Promise<Replied> {
  await refuseStale(client, ticket, input.version);
  if (ticket.mergedInto !== null) {
    const into = ticketName(ticket.mergedInto);
    throw new AppError('ticket_merged', `${ticketName(ticket.number)} was merged into ${into}; reply there.`);
  }
  const nowMs = parts.clock.now();
  const { text, findings } = cleanText(input.text, parts.redaction);
  const attachments = await takeUploads(parts, client, by.accountId, input.uploads);
  const cc = await copiesOf(client, ticket, input.cc);
  const messageId = await addMessage(client, ticket.number, {
    kind: 'out',
    author: { accountId: by.accountId, address: by.email, name: by.name },
    verified: true,
    body: text,
    recipients: { to: [ticket.requester.address], cc },
    findings,
    attachments,
    atMs: nowMs,
  });
  const letter = await queue(parts, client, ticket, { text, cc, attachments, messageId, by });
  await client.query('update ticket_messages set outbox_id = $2, message_id = $3, subject = $4 where id = $1', [
    messageId,
    letter.id,
    letter.messageId,
    letter.subject,
  ]);
  await noteMessage(client, ticket.number, 'staff', nowMs);
  const data = { message: messageId, outbox: letter.id, cc, was: ticket.state };
  await appendEvent(client, ticket.number, { kind: 'staff_replied', actor: by.actor, data, atMs: nowMs });
  await settle(client, ticket, input.state, by, nowMs);
  await addParticipants(
    client,
    ticket.number,
    cc.map((address) => ({ address, name: '', accountId: null, role: 'cc' })),
  );
  await parts.tell(client, { kind: 'replied', ticket: await readTicket(client, ticket.number), by: by.actor });
  const undoUntilMs = letter.state === 'waiting' ? nowMs + undoMs : null;
  return { messageId, undoUntilMs, findings, leftOut: letter.leftOut };
}

/** Whoever answers what nobody has, has it from then on. */
async function settle(
  client: pg.ClientBase,
  ticket: Ticket,
  state: ReplyInput['state'],
  by: Replier,
  nowMs: number,
): Promise<void> {
  const options = { actor: by.actor, expectedVersion: null, nowMs };
  if (ticket.state === 'closed' && state !== 'closed')
    await changeTicket(client, ticket.number, { state: 'open' }, options);
  const taking = ticket.assigneeId === null && by.accountId !== null ? { assigneeId: by.accountId } : {};
  await changeTicket(client, ticket.number, { state, snoozedUntilMs: null, unread: false, ...taking }, options);
}

async function copiesOf(
  client: pg.ClientBase,
  ticket: Ticket,
  given: readonly string[] | undefined,
): Promise<string[]> {
  const wanted =
    given ??
    (await readParticipants(client, ticket.number)).filter(({ role }) => role === 'cc').map(({ address }) => address);
  const addresses = new Set(wanted.map((address) => address.trim().toLowerCase()));
  addresses.delete(ticket.requester.address);
  return [...addresses].slice(0, 20);
}

interface Outgoing {
  readonly text: string;
  readonly cc: readonly string[];
  readonly attachments: readonly { fileId: string; name: string; type: string; contentId: string | null }[];
  readonly messageId: string;
  readonly by: Replier;
}

async function queue(parts: DeskParts, client: pg.ClientBase, ticket: Ticket, out: Outgoing) {
  const thread = await mailThread(client, ticket);
  const mailbox = await answeringMailbox(client, ticket);
  const signature = mailbox?.signature ?? '';
  const queued = await parts.queueLetter(client, {
    kind: 'ticket-reply',
    to: ticket.requester.address,
    cc: out.cc,
    mailboxId: mailbox?.id ?? null,
    ticketNumber: ticket.number,
    locale: ticket.locale,
    subject: thread.subject,
    text: signature === '' ? out.text : `${out.text}\n\n-- \n${signature}`,
    html: null,
    inReplyTo: thread.inReplyTo,
    references: thread.references,
    replyTo: null,
    automatic: false,
    files: out.attachments.map(({ fileId: id, name, type, contentId }) => ({ id, name, type, contentId })),
    dedupeKey: `ticket-reply:${out.messageId}`,
    sendAfterMs: undoMs,
    accountId: ticket.accountId,
  });
  return { ...queued, subject: thread.subject };
}
