import { randomBytes } from 'node:crypto';
import { type Db, msOf } from './ticket.ts';

/** in: from outside. out: to the customer. note: among staff. automatic: an answer by the program. */
export type MessageKind = 'in' | 'out' | 'note' | 'automatic';

export interface Recipients {
  readonly to: readonly string[];
  readonly cc: readonly string[];
}

/** Something that is said on a ticket. Every text in it is without secrets already. */
export interface NewMessage {
  readonly kind: MessageKind;
  readonly author: { readonly accountId: string | null; readonly address: string; readonly name: string };
  /** Proven to be from its address, of somebody who takes part in the ticket; or written by somebody signed in. */
  readonly verified: boolean;
  readonly subject?: string;
  readonly body: string;
  readonly quoted?: string;
  readonly html?: string | null;
  readonly recipients?: Recipients;
  readonly messageId?: string | null;
  readonly incomingId?: string | null;
  readonly outboxId?: string | null;
  readonly automatic?: string | null;
  readonly findings?: readonly unknown[];
  readonly attachments?: readonly NewAttachment[];
  readonly atMs?: number;
}

export interface NewAttachment {
  readonly fileId: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly contentId: string | null;
  readonly inline: boolean;
  readonly scan: 'clean' | 'infected' | 'unscanned';
}

export interface Attachment extends NewAttachment {
  readonly id: string;
  readonly messageId: string;
}

export interface TicketMessage {
  readonly id: string;
  readonly ticketNumber: bigint;
  readonly atMs: number;
  readonly kind: MessageKind;
  readonly author: { readonly accountId: string | null; readonly address: string; readonly name: string };
  readonly verified: boolean;
  readonly subject: string;
  readonly body: string;
  readonly quoted: string;
  readonly html: string | null;
  readonly recipients: Recipients;
  readonly messageId: string | null;
  readonly incomingId: string | null;
  readonly outboxId: string | null;
  readonly automatic: string | null;
  readonly findings: readonly unknown[];
  readonly attachments: readonly Attachment[];
}

/**
 * Adds a message to a ticket, with its attachments. What it does to the ticket is the caller's to decide: see
 * `noteMessage`.
 *
 * @returns its id
 */
export async function addMessage(client: Db, ticketNumber: bigint, message: NewMessage): Promise<string> {
  const id = `msg_${randomBytes(12).toString('hex')}`;
  await client.query(
    `insert into ticket_messages (id, ticket_number, at, kind, account_id, author_address, author_name, verified, subject,
       body, quoted, html, recipients, message_id, incoming_id, outbox_id, automatic, findings)
     values ($1, $2, coalesce($3, clock_timestamp()), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      id,
      ticketNumber,
      message.atMs === undefined ? null : new Date(message.atMs),
      message.kind,
      message.author.accountId,
      message.author.address,
      message.author.name,
      message.verified,
      message.subject ?? '',
      message.body,
      message.quoted ?? '',
      message.html ?? null,
      JSON.stringify(message.recipients ?? {}),
      message.messageId ?? null,
      message.incomingId ?? null,
      message.outboxId ?? null,
      message.automatic ?? null,
      JSON.stringify(message.findings ?? []),
    ],
  );
  for (const attachment of message.attachments ?? []) await addAttachment(client, id, attachment);
  return id;
}

export async function addAttachment(client: Db, messageId: string, attachment: NewAttachment): Promise<string> {
  const id = `att_${randomBytes(12).toString('hex')}`;
  const { fileId, name, type, size, contentId, inline, scan } = attachment;
  await client.query(
    `insert into ticket_attachments (id, message_id, file_id, name, type, size, content_id, inline, scan)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [id, messageId, fileId, name, type, size, contentId, inline, scan],
  );
  return id;
}

/** What the ticket itself knows of its last message. `first`: a person's public reply. */
export async function noteMessage(
  client: Db,
  ticketNumber: bigint,
  by: 'customer' | 'staff' | 'system',
  atMs: number,
): Promise<void> {
  await client.query(
    `update tickets set last_message_at = greatest(last_message_at, $3), changed_at = now(), version = version + 1,
       last_author = case when $2 = 'system' then last_author else $2 end,
       unread = case when $2 = 'customer' then true when $2 = 'staff' then false else unread end,
       first_replied_at = case when $2 = 'staff' then coalesce(first_replied_at, $3) else first_replied_at end
     where number = $1`,
    [ticketNumber, by, new Date(atMs)],
  );
}

/** The messages of some tickets that were merged, in the order of time. `html` is left out where it is not asked for. */
export async function readMessages(
  db: Db,
  ticketNumber: bigint,
  { html = false, limit = 500, latest = false } = {},
): Promise<readonly TicketMessage[]> {
  const { rows } = await db.query<MessageRow>(
    `select ${columnsOf(html)} from ticket_messages where ticket_number = $1
      order by at ${latest ? 'desc' : 'asc'}, id ${latest ? 'desc' : 'asc'} limit $2`,
    [ticketNumber, limit],
  );
  return withAttachments(db, latest ? rows.reverse() : rows);
}

/** Null: there is none on this ticket. */
export async function findMessage(db: Db, ticketNumber: bigint, id: string): Promise<TicketMessage | null> {
  const { rows } = await db.query<MessageRow>(
    `select ${columnsOf(true)} from ticket_messages where ticket_number = $1 and id = $2`,
    [ticketNumber, id],
  );
  return (await withAttachments(db, rows))[0] ?? null;
}

interface MessageRow {
  readonly id: string;
  readonly ticket_number: bigint;
  readonly at: Date;
  readonly kind: MessageKind;
  readonly account_id: string | null;
  readonly author_address: string;
  readonly author_name: string;
  readonly verified: boolean;
  readonly subject: string;
  readonly body: string;
  readonly quoted: string;
  readonly html: string | null;
  readonly recipients: Partial<Recipients>;
  readonly message_id: string | null;
  readonly incoming_id: string | null;
  readonly outbox_id: string | null;
  readonly automatic: string | null;
  readonly findings: readonly unknown[];
}

interface AttachmentRow {
  readonly id: string;
  readonly message_id: string;
  readonly file_id: string;
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly content_id: string | null;
  readonly inline: boolean;
  readonly scan: Attachment['scan'];
}

function columnsOf(html: boolean): string {
  const shown = html ? 'html' : `case when html is null then null else '' end as html`;
  return `id, ticket_number, at, kind, account_id, author_address, author_name, verified, subject, body, quoted, ${shown},
    recipients, message_id, incoming_id, outbox_id, automatic, findings`;
}

async function withAttachments(db: Db, rows: readonly MessageRow[]): Promise<TicketMessage[]> {
  if (rows.length === 0) return [];
  const found = await db.query<AttachmentRow>(
    `select id, message_id, file_id, name, type, size, content_id, inline, scan from ticket_attachments
      where message_id = any($1) order by id`,
    [rows.map(({ id }) => id)],
  );
  return rows.map((row) => ({
    id: row.id,
    ticketNumber: row.ticket_number,
    atMs: msOf(row.at) ?? 0,
    kind: row.kind,
    author: { accountId: row.account_id, address: row.author_address, name: row.author_name },
    verified: row.verified,
    subject: row.subject,
    body: row.body,
    quoted: row.quoted,
    html: row.html,
    recipients: { to: row.recipients.to ?? [], cc: row.recipients.cc ?? [] },
    messageId: row.message_id,
    incomingId: row.incoming_id,
    outboxId: row.outbox_id,
    automatic: row.automatic,
    findings: row.findings,
    attachments: found.rows.filter(({ message_id: of }) => of === row.id).map(attachmentOf),
  }));
}

export function attachmentOf(row: AttachmentRow): Attachment {
  return {
    id: row.id,
    messageId: row.message_id,
    fileId: row.file_id,
    name: row.name,
    type: row.type,
    size: row.size,
    contentId: row.content_id,
    inline: row.inline,
    scan: row.scan,
  };
}
