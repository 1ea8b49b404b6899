import type pg from 'pg';
import { AppError } from '../base/errors.ts';
import { newMessageId, wakeChannel } from './outbox.ts';
import type { MailState } from './view.ts';

/** What `retryMail` refuses with. */
export const retryProblems = {
  mail_not_found: 404,
  mail_relay_missing: 409,
  mail_on_its_way: 409,
  mail_text_gone: 409,
  mail_expired: 409,
} as const;

interface RetryRow {
  readonly state: MailState;
  readonly recipient: string;
  readonly subject: string;
  readonly message_id: string;
  readonly gone: boolean;
  readonly expired: boolean;
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
  { relayed, from }: { readonly relayed: boolean; readonly from: string },
): Promise<{ readonly state: MailState; readonly subject: string }> {
  const { rows } = await client.query<RetryRow>(
    `select state, recipient, subject, message_id, text_body = '' as gone, coalesce(expires_at <= now(), false) as expired
     from outbox where id = $1 for update`,
    [id],
  );
  const [row] = rows;
  if (row === undefined) throw new AppError('mail_not_found', 'There is no such mail.');
  if (!relayed) throw new AppError('mail_relay_missing', 'There is no relay to send with; set LODGE_MAIL_RELAY.');
  if (row.state === 'sending') throw new AppError('mail_on_its_way', 'The mail is being sent at this moment.');
  if (row.gone) throw new AppError('mail_text_gone', 'The text is no longer kept; have a new mail written instead.');
  if (row.expired) throw new AppError('mail_expired', 'The link in this mail has run out; have a new one written.');
  await client.query(
    `update outbox set state = 'waiting', attempts = 0, next_attempt_at = now(), message_id = $2 where id = $1`,
    [id, row.state === 'sent' ? newMessageId(from) : row.message_id],
  );
  await client.query('select pg_notify($1, $2)', [wakeChannel, '']);
  return { state: row.state, subject: row.subject };
}
