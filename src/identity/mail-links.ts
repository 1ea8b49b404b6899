import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { digestText, newId } from './digest.ts';

/** What a link in a mail is for. */
export type LinkPurpose = 'verify-email' | 'change-email' | 'reset-password';

export const linkLifeMs: Readonly<Record<LinkPurpose, number>> = {
  'verify-email': 24 * 3_600_000,
  'change-email': 24 * 3_600_000,
  'reset-password': 60 * 60_000,
};

/** Links of one purpose that may be open for one account at once: earlier mails still work when several were asked for. */
const openLinksMax = 5;

export interface LinkClaim {
  readonly accountId: string;
  /** The address that the link went to. */
  readonly email: string;
}

/** Makes a token for a mail: 256 random bits, of which the hash is kept. */
export async function makeLink(
  client: pg.ClientBase | pg.Pool,
  purpose: LinkPurpose,
  claim: LinkClaim,
): Promise<{ token: string; expiresAtMs: number }> {
  const token = randomBytes(32).toString('base64url');
  const expiresAtMs = Date.now() + linkLifeMs[purpose];
  const subject = `${purpose} ${claim.accountId}`;
  await client.query(
    `delete from verifications where subject = $1 and id not in (
       select id from verifications where subject = $1 order by created_at desc, id desc limit ${openLinksMax - 1})`,
    [subject],
  );
  await client.query(
    'insert into verifications (id, identifier, value, expires_at, subject) values ($1, $2, $3, $4, $5)',
    [newId('ver'), `${purpose} ${digestText(token)}`, JSON.stringify(claim), new Date(expiresAtMs), subject],
  );
  return { token, expiresAtMs };
}

/** Uses a token up, and with it all others of its purpose for the account. Null: unknown, used or expired. */
export async function useLink(client: pg.ClientBase, purpose: LinkPurpose, token: string): Promise<LinkClaim | null> {
  const { rows } = await client.query<{ value: string; living: boolean }>(
    'delete from verifications where identifier = $1 returning value, expires_at > now() as living',
    [`${purpose} ${digestText(token)}`],
  );
  const row = rows[0];
  if (!row?.living) return null;
  const claim = JSON.parse(row.value) as LinkClaim;
  await dropLinks(client, claim.accountId, [purpose]);
  return claim;
}

/** Links that shall open nothing any more: the password or the address is another. */
export async function dropLinks(
  client: pg.ClientBase,
  accountId: string,
  purposes: readonly LinkPurpose[],
): Promise<void> {
  const subjects = purposes.map((purpose) => `${purpose} ${accountId}`);
  await client.query('delete from verifications where subject = any($1)', [subjects]);
}
