import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import type { MailboxAddress } from './recipients.ts';

export type MailboxPurpose = 'support' | 'billing' | 'security';

/** Mailboxes that mail is taken for now. */
export async function openMailboxes(pool: pg.Pool): Promise<MailboxAddress[]> {
  const { rows } = await pool.query<MailboxAddress>(
    'select id, address, purpose from mailboxes where enabled order by created_at, id',
  );
  return rows;
}

/** On first start: the support address, so that mail has somewhere to go. Later it does nothing. */
export async function ensureFirstMailbox(pool: pg.Pool, address: string, name: string): Promise<void> {
  await pool.query(
    `insert into mailboxes (id, address, name)
     select $1, $2, $3 where not exists (select 1 from mailboxes)
     on conflict (address) do nothing`,
    [newMailboxId(), address.toLowerCase(), name.slice(0, 100)],
  );
}

export function newMailboxId(): string {
  return `mbx_${randomBytes(8).toString('hex')}`;
}
