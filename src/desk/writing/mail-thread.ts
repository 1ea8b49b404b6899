import type { Db, Ticket } from '../store/index.ts';
import { ticketName } from '../store/index.ts';

/** How a reply finds its place in the customer's mail program. */
export interface MailThread {
  readonly subject: string;
  readonly inReplyTo: string | null;
  /** Oldest first. */
  readonly references: readonly string[];
}

const referencesMax = 50;

/**
 * The thread of a ticket so far. The subject stays the one that it began with: several mail programs begin a new thread
 * with every other subject. What began in the console has the ticket's number before it.
 */
export async function mailThread(db: Db, ticket: Ticket): Promise<MailThread> {
  const { rows } = await db.query<{ message_id: string; kind: string }>(
    `select message_id, kind from ticket_messages
      where ticket_number = $1 and message_id is not null and kind <> 'note' order by at desc, id desc limit $2`,
    [ticket.number, referencesMax],
  );
  const references = rows.map((row) => row.message_id).reverse();
  const inReplyTo = (rows.find(({ kind }) => kind === 'in') ?? rows[0])?.message_id ?? null;
  const named = ticket.cameBy === 'mail' ? ticket.subject : `[${ticketName(ticket.number)}] ${ticket.subject}`;
  return { subject: references.length === 0 ? named : replySubject(named), inReplyTo, references };
}

function replySubject(subject: string): string {
  return /^(?:re|aw|回复|答复)\s*[:：]/i.test(subject) ? subject : `Re: ${subject}`;
}

/** The mailbox that a ticket is answered from, with what stands below. */
export async function answeringMailbox(
  db: Db,
  ticket: Ticket,
): Promise<{ readonly id: string; readonly address: string; readonly signature: string } | null> {
  const purpose = ticket.queue === 'vulnerability' ? 'security' : ticket.queue === 'billing' ? 'billing' : 'support';
  const { rows } = await db.query<{ id: string; address: string; signatures: Record<string, unknown> }>(
    `select id, address, signatures from mailboxes where enabled or id = $1
      order by id = $1 desc nulls last, purpose = $2 desc, purpose = 'support' desc, created_at, id limit 1`,
    [ticket.mailboxId, purpose],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const signature = row.signatures[ticket.locale];
  return { id: row.id, address: row.address, signature: typeof signature === 'string' ? signature : '' };
}
