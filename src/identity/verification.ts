import type pg from 'pg';
import type { Core } from './core.ts';
import { makeLink } from './mail-links.ts';
import type { Recipient } from './security-mail.ts';

/** Sends the link that proves an address. At most one mail in two minutes, however often it is asked for. */
export async function sendVerification(core: Core, client: pg.ClientBase | pg.Pool, account: Recipient): Promise<void> {
  if (await isRecent(client, account.id)) return;
  const { token, expiresAtMs } = await makeLink(client, 'verify-email', {
    accountId: account.id,
    email: account.email,
  });
  await core.options.queueMail(client, {
    kind: 'verify-email',
    to: account.email,
    locale: account.locale,
    accountId: account.id,
    facts: { name: account.name, link: core.link(`/console/verify-email?token=${token}`), expiresAtMs },
  });
}

async function isRecent(client: pg.ClientBase | pg.Pool, accountId: string): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from verifications where subject = $1 and created_at > now() - interval '2 minutes' limit 1`,
    [`verify-email ${accountId}`],
  );
  return rows.length > 0;
}
