import type pg from 'pg';
import type { ReadMail } from '../../mailroom/index.ts';
import type { Writer } from './telling.ts';

interface AccountRow {
  readonly id: string;
  readonly state: 'active' | 'disabled';
  readonly email_verified: boolean;
}

/**
 * Who wrote a mail. The account is looked up for every mail, proven or not, so that the time does not tell which it was;
 * what may follow from it is `decideTelling`'s to say.
 */
export async function readWriter(
  client: pg.ClientBase | pg.Pool,
  mail: ReadMail,
  ticketAccountId: string | null,
): Promise<Writer> {
  const { from, replyTo, automatic, sender } = mail;
  const { rows } = await client.query<AccountRow>(
    'select id, state, email_verified from accounts where email = lower($1)',
    [from.address],
  );
  const row = rows[0];
  return {
    verified: sender.verified,
    from: from.address.toLowerCase(),
    replyTo,
    automatic: automatic !== null,
    account: row === undefined ? null : { id: row.id, state: row.state, emailVerified: row.email_verified },
    ticketAccountId,
  };
}
