import type pg from 'pg';
import { suppress } from './suppression.ts';

/** What a mail that came back says, or a relay that refused an address. */
export interface BounceFacts {
  /** Of the return path of ours that it came to. */
  readonly outboxId: string | null;
  /** Message-ID inside; null: it names none. */
  readonly messageId: string | null;
  readonly recipient: string | null;
  /** Enhanced status such as `5.1.1`; null: it names none. */
  readonly status: string | null;
  /** Will never be delivered: not a full mailbox, not a policy, not a delay. */
  readonly hard: boolean;
}

/** What came of a bounce. */
export interface BookedBounce {
  readonly outboxId: string;
  /** Null: the mail belongs to none. */
  readonly ticketNumber: bigint | null;
  /** Null: of several recipients, it is not said which. */
  readonly recipient: string | null;
  /** Nothing is sent to the recipient from now on. */
  readonly suppressed: boolean;
}

interface Row {
  readonly id: string;
  readonly ticket_number: bigint | null;
  readonly recipients: readonly string[];
}

/**
 * Writes a bounce to the mail that it is about: by its return path, else by the Message-ID inside. An address that can
 * never be reached is suppressed; only one that the mail went to, so that nobody can name somebody else's.
 *
 * @param words of who refused, for staff
 * @returns null: it is about no mail of ours
 */
export async function bookBounce(
  client: pg.ClientBase | pg.Pool,
  bounce: BounceFacts,
  words = '',
): Promise<BookedBounce | null> {
  const mail = await mailOf(client, bounce);
  if (mail === null) return null;
  const recipient = recipientOf(bounce, mail.recipients);
  const facts = { recipient, status: bounce.status, hard: bounce.hard, words: words.slice(0, 300) };
  // What is known for good is not replaced by what is only for now.
  await client.query(
    `update outbox set bounced_at = now(), bounce = $2
     where id = $1 and ($3 or not coalesce((bounce->>'hard')::boolean, false))`,
    [mail.id, JSON.stringify(facts), bounce.hard],
  );
  const suppressed = bounce.hard && recipient !== null;
  const detail = [bounce.status ?? '', words].filter((part) => part !== '').join(' ');
  if (suppressed) await suppress(client, { address: recipient, reason: 'bounce', outboxId: mail.id, detail });
  return { outboxId: mail.id, ticketNumber: mail.ticket_number, recipient, suppressed };
}

async function mailOf(client: pg.ClientBase | pg.Pool, { outboxId, messageId }: BounceFacts): Promise<Row | null> {
  for (const [column, value] of [
    ['id', outboxId],
    ['message_id', messageId],
  ] as const) {
    if (value === null) continue;
    const { rows } = await client.query<Row>(
      `select id, ticket_number, array_prepend(recipient,
         array(select jsonb_array_elements_text(coalesce(headers->'cc', '[]')))) as recipients
       from outbox where ${column} = $1`,
      [value],
    );
    if (rows[0] !== undefined) return rows[0];
  }
  return null;
}

/** A mail to one address that came back was about that one, though it was sent on and came back from elsewhere. */
function recipientOf({ recipient }: BounceFacts, recipients: readonly string[]): string | null {
  const named = recipients.find((address) => address.toLowerCase() === recipient?.toLowerCase());
  const only = recipients.length === 1 ? recipients[0] : undefined;
  return (named ?? only)?.toLowerCase() ?? null;
}

/** RFC 3463: no such mailbox, no such domain, one that takes no mail (RFC 7505), or a mailbox that was closed. */
const hardStatuses: ReadonlySet<string> = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']);
/** Answers without a status that speak of the mail or of us, not of the address. */
const aboutUs =
  /spam|polic|block|denied|relay|authenti|listed|reputation|quota|full|storage|too (?:many|large|big)|rate|spf|dkim|dmarc|content|tls|sender/i;

/** What a relay's answer to RCPT TO says of the address. @param said `550 5.1.1 No such user` */
export function refusalOf(answer: number, said: string): { readonly status: string | null; readonly hard: boolean } {
  const status = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(said)?.[1] ?? null;
  if (answer < 500) return { status, hard: false };
  if (status !== null) return { status, hard: hardStatuses.has(status) };
  return { status, hard: [550, 551, 553].includes(answer) && !aboutUs.test(said) };
}
