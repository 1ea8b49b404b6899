import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { domainOf } from './address.ts';
import { newMessageId, wakeChannel } from './outbox.ts';
import { ticketMessageId } from './tokens.ts';
import type { MailState } from './view.ts';

/** What `retryMail` refuses with. */
export const retryProblems = {
  mail_not_found: 404,
  mail_relay_missing: 409,
  mail_on_its_way: 409,
  mail_text_gone: 409,
  mail_expired: 409,
  mail_withdrawn: 409,
  mail_address_suppressed: 409,
} as const;

interface RetryRow {
  readonly state: MailState;
  readonly recipient: string;
  readonly message_id: string;
  readonly gone: boolean;
  readonly expired: boolean;
  readonly ticket_number: bigint | null;
  readonly suppressed: boolean;
}

/**
 * Lets a mail leave once more, at once and with all its tries. One that a relay has taken gets another Message-ID,
 * because mail programs hide the second of two with the same.
 *
 * @throws AppError with a code of `retryProblems`
 */
export async function retryMail(
  client: pg.ClientBase,
  id: string,
  { relayed, from, tokenKey }: { readonly relayed: boolean; readonly from: string; readonly tokenKey: Buffer },
): Promise<{ readonly state: MailState }> {
  const { rows } = await client.query<RetryRow>(
    `select state, recipient, message_id, text_body = '' as gone, coalesce(expires_at <= now(), false) as expired,
       ticket_number, exists (select 1 from suppressed_addresses where address = lower(recipient)) as suppressed
     from outbox where id = $1 for update`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new AppError('mail_not_found', 'There is no such mail.');
  if (!relayed) throw new AppError('mail_relay_missing', 'There is no relay to send with; set LODGE_MAIL_RELAY.');
  if (row.state === 'sending') throw new AppError('mail_on_its_way', 'The mail is being sent at this moment.');
  if (row.state === 'withdrawn') throw new AppError('mail_withdrawn', 'Whoever wrote this mail has withdrawn it.');
  if (row.gone) throw new AppError('mail_text_gone', 'The text is no longer kept; have a new mail written instead.');
  if (row.expired) throw new AppError('mail_expired', 'The link in this mail has run out; have a new one written.');
  if (row.suppressed)
    throw new AppError(
      'mail_address_suppressed',
      'Nothing is sent to this address any more. Lift that first, if you know that mail arrives there now.',
    );
  await client.query(
    `update outbox set state = 'waiting', attempts = 0, next_attempt_at = now(), message_id = $2,
       delivered = case when state = 'sent' then '{}' else delivered end where id = $1`,
    [id, row.state === 'sent' ? anotherId(row, from, tokenKey) : row.message_id],
  );
  await client.query('select pg_notify($1, $2)', [wakeChannel, '']);
  return { state: row.state };
}

/** In the same domain: that of the mailbox, for a letter. */
function anotherId({ ticket_number: number, message_id: before }: RetryRow, from: string, tokenKey: Buffer): string {
  return number === null ? newMessageId(from) : ticketMessageId(tokenKey, number, domainOf(before.replace(/>$/, '')));
}
