import type pg from 'pg';
import type { ReadMail } from '../../mailroom/index.ts';
import type { Writer } from './telling.ts';

interface AccountRow {
  readonly id: string;
  readonly state: 'active' | 'disabled';
  readonly email_verified: boolean;
}

/** Who wrote a mail. */
export function readWriter(
  client: pg.ClientBase | pg.Pool,
  { from, replyTo, automatic, sender }: ReadMail,
  ticketAccountId: string | null,
): Promise<Writer> {
  const { verified } = sender;
  const proof = { verified, from: from.address, replyTo, automatic: automatic !== null, ticketAccountId };
  return readWriterOf(client, proof);
}

/**
 * Adds the account that an address belongs to. It is looked up for every writer, proven or not, so that the time does not
 * tell which it was; what may follow from it is `decideTelling`'s to say.
 */
export async function readWriterOf(client: pg.ClientBase | pg.Pool, proof: Omit<Writer, 'account'>): Promise<Writer> {
  const { rows } = await client.query<AccountRow>(
    'select id, state, email_verified from accounts where email = lower($1)',
    [proof.from],
  );
  const row = rows[0];
  const account = row === undefined ? null : { id: row.id, state: row.state, emailVerified: row.email_verified };
  return { ...proof, from: proof.from.toLowerCase(), account };
}
