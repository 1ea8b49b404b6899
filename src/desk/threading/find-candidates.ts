import type pg from 'pg';
import { readReplyAddress, readTicketMessageId } from '../../mail/index.ts';
import type { ReadMail } from '../../mailroom/index.ts';
import { readStanding } from '../../organizations/index.ts';
import { sees } from '../customers/sight.ts';
import { followMerges, type Ticket, ticketInSubject } from '../store/index.ts';
import type { ThreadCandidate, ThreadFacts } from './decide-thread.ts';
import type { Sender } from './sender.ts';

/** What a mail names, looked up. `tokenKey`: of the marks on our mail. */
export async function findThread(
  client: pg.ClientBase,
  mail: ReadMail,
  sender: Sender,
  tokenKey: Buffer,
): Promise<ThreadFacts> {
  const candidate = async (number: bigint | null): Promise<ThreadCandidate | null> =>
    number === null ? null : candidateOf(client, number, mail, sender);
  return {
    automatic: mail.automatic,
    sender: mail.sender,
    receivedAtMs: mail.receivedAtMs,
    byToken: await candidate(markedNumber(mail, tokenKey)),
    byReference: await candidate(await referencedNumber(client, mail)),
    bySubject: await candidate(ticketInSubject(mail.subject)),
  };
}

/** The ticket in a mark of ours: of the address that it was sent to, or of a Message-ID that it answers. */
function markedNumber({ deliveredTo, references }: ReadMail, tokenKey: Buffer): bigint | null {
  for (const address of deliveredTo) {
    const number = readReplyAddress(tokenKey, address);
    if (number !== null) return number;
  }
  for (const reference of references.toReversed()) {
    const number = readTicketMessageId(tokenKey, reference);
    if (number !== null) return number;
  }
  return null;
}

/**
 * The ticket of the latest message that it answers. Of several messages with one id the first: whoever has seen an id can
 * write another mail with it, but not an earlier one.
 */
async function referencedNumber(client: pg.ClientBase, { references }: ReadMail): Promise<bigint | null> {
  if (references.length === 0) return null;
  const { rows } = await client.query<{ ticket_number: bigint }>(
    `select ticket_number from ticket_messages where message_id = any($1::text[])
      order by array_position($1::text[], message_id) desc, at, id limit 1`,
    [references],
  );
  return rows[0]?.ticket_number ?? null;
}

async function candidateOf(
  client: pg.ClientBase,
  number: bigint,
  mail: ReadMail,
  sender: Sender,
): Promise<ThreadCandidate | null> {
  const ticket = await followMerges(client, number);
  if (ticket === null) return null;
  const { rowCount } = await client.query(
    `select 1 from ticket_participants where ticket_number = $1 and address = $2 and role <> 'follower'`,
    [ticket.number, mail.from.address],
  );
  return { ticket, takesPart: (rowCount ?? 0) > 0, belongs: await belongsTo(client, ticket, sender) };
}

/** By mail somebody joins what they could open in the console, and nothing else: whoever joins reads what follows. */
async function belongsTo(
  client: pg.ClientBase,
  ticket: Ticket,
  { accountId, organizations }: Sender,
): Promise<boolean> {
  if (accountId === null) return false;
  const { organizationId } = ticket;
  if (organizationId === null || !organizations.some(({ id }) => id === organizationId))
    return accountId === ticket.accountId;
  const standing = await readStanding(client, organizationId, accountId);
  return sees({ accountId, organizationId, all: standing?.reach.get('tickets.read')?.all === true }, ticket);
}
