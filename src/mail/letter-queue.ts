import type pg from 'pg';
import { domainOf } from './address.ts';
import { pageOf, plainHtml } from './layout.ts';
import { checkLetter } from './letter-rules.ts';
import type { NewLetter, QueuedLetter, QueueLetter } from './new-letter.ts';
import { newMailId, wakeChannel } from './outbox.ts';
import { htmlLangOf } from './render.ts';
import { ticketMessageId } from './tokens.ts';
import type { MailState } from './view.ts';

export interface LetterQueueOptions {
  readonly tokenKey: Buffer;
  readonly relayed: boolean;
  /** Address of the site, for letters of no mailbox. */
  readonly from: () => string;
}

/** A day: whoever wants to write later than that writes later. */
const longestWaitMs = 86_400_000;

interface Row {
  readonly id: string;
  readonly message_id: string;
  readonly state: MailState;
}

export function createLetterQueue(options: LetterQueueOptions): QueueLetter {
  return async (client, letter) => {
    const { subject, headers, files } = checkLetter(letter);
    const waitMs = Math.min(longestWaitMs, Math.max(0, Math.round(letter.sendAfterMs)));
    const { domain, leftOut } = await circumstances(client, letter, [letter.to, ...headers.cc], options.from());
    const reached = leftOut.length <= headers.cc.length;
    const { rows } = await client.query<Row>(
      `insert into outbox (id, dedupe_key, kind, account_id, recipient, locale, subject, text_body, html_body, message_id,
         state, next_attempt_at, mailbox_id, ticket_number, headers, files)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + $12::integer * interval '1 millisecond', $13, $14,
         $15, $16)
       on conflict (dedupe_key) do nothing
       returning id, message_id, state`,
      [
        newMailId(),
        letter.dedupeKey,
        letter.kind,
        letter.accountId,
        letter.to,
        letter.locale,
        subject,
        letter.text,
        htmlOfLetter(letter, subject),
        ticketMessageId(options.tokenKey, letter.ticketNumber, domain),
        firstState({ reached, relayed: options.relayed, waitMs }),
        waitMs,
        letter.mailboxId,
        letter.ticketNumber,
        JSON.stringify(headers),
        JSON.stringify(files),
      ],
    );
    const row = rows[0] ?? (await earlier(client, letter.dedupeKey));
    if (row.state === 'waiting') await client.query('select pg_notify($1, $2)', [wakeChannel, '']);
    return { id: row.id, messageId: row.message_id, state: row.state, leftOut };
  };
}

/** @returns false when it is on its way, has left, or is not there */
export async function withdrawLetter(client: pg.ClientBase | pg.Pool, id: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `update outbox set state = 'withdrawn'
     where id = $1 and ticket_number is not null and state = 'waiting' and attempts = 0`,
    [id],
  );
  return rowCount === 1;
}

/** Nobody is left to send it to; or it waits; or, without a relay and without a wait, it is there to be read at once. */
function firstState(facts: { reached: boolean; relayed: boolean; waitMs: number }): MailState {
  if (!facts.reached) return 'suppressed';
  return facts.relayed || facts.waitMs > 0 ? 'waiting' : 'shown';
}

async function circumstances(
  client: pg.ClientBase | pg.Pool,
  { mailboxId }: NewLetter,
  recipients: readonly string[],
  from: string,
): Promise<{ readonly domain: string; readonly leftOut: QueuedLetter['leftOut'] }> {
  const { rows } = await client.query<{ address: string | null; left_out: string[] }>(
    `select (select address from mailboxes where id = $1) as address,
       array(select address from suppressed_addresses where address = any($2)) as left_out`,
    [mailboxId, recipients.map((address) => address.toLowerCase())],
  );
  const [row] = rows;
  return { domain: domainOf(row?.address ?? from), leftOut: row?.left_out ?? [] };
}

async function earlier(client: pg.ClientBase | pg.Pool, dedupeKey: string): Promise<Row> {
  const { rows } = await client.query<Row>('select id, message_id, state from outbox where dedupe_key = $1', [
    dedupeKey,
  ]);
  if (rows[0] === undefined) throw new Error('The letter with this dedupe key went away in the same moment.');
  return rows[0];
}

function htmlOfLetter({ text, html, locale }: NewLetter, subject: string): string {
  if (html !== null && /^\s*<!doctype|^\s*<html/i.test(html)) return html;
  return pageOf(subject, htmlLangOf(locale), html ?? plainHtml(text));
}
