import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { checkRecipient, domainOf } from './address.ts';
import type { MailKind, NewMail } from './kinds.ts';
import type { MailSite } from './letter.ts';
import { renderMail } from './render.ts';

/**
 * Puts a mail into the outbox, in the transaction that makes it necessary: it leaves when that one commits, and never
 * when it does not.
 *
 * @returns the id of the mail, which is the earlier one's when the dedupe key was used before
 * @throws AppError `mail_recipient_invalid`
 */
export type QueueMail = <Kind extends MailKind>(
  client: pg.ClientBase | pg.Pool,
  mail: NewMail<Kind>,
) => Promise<string>;

export interface OutboxOptions {
  readonly site: () => MailSite;
  /** Whether mail leaves by a relay; otherwise it waits in the outbox page. */
  readonly relayed: boolean;
  /** Address of the sender; its domain is the one of the message ids. */
  readonly from: () => string;
}

/** Notified whenever mail is ready to leave. */
export const wakeChannel = 'lodge_mail';

/** Kinds that a stranger can have sent to an address, and how many of each within an hour. */
const strangersKinds: ReadonlySet<MailKind> = new Set(['verify-email', 'already-registered', 'reset-password']);
const strangersPerHour = 10;

export function createQueue(options: OutboxOptions): QueueMail {
  return async (client, mail) => {
    checkRecipient(mail.to);
    const drowned = strangersKinds.has(mail.kind) ? await flooded(client, mail.kind, mail.to) : null;
    // Silence, because a refusal would tell who writes to whom; the mails before it say the same.
    if (drowned !== null) return drowned;
    return insert(client, mail, options);
  };
}

export function newMailId(): string {
  return `mail_${randomBytes(12).toString('hex')}`;
}

export function newMessageId(from: string): string {
  return `<${randomBytes(16).toString('hex')}@${domainOf(from)}>`;
}

async function insert(client: pg.ClientBase | pg.Pool, mail: NewMail, options: OutboxOptions): Promise<string> {
  const { subject, text, html } = renderMail(mail, options.site());
  const { kind, to, locale, accountId = null, dedupeKey = null } = mail;
  const { rows } = await client.query<{ id: string }>(
    `insert into outbox (id, dedupe_key, kind, account_id, recipient, locale, subject, text_body, html_body, message_id,
       state, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     on conflict (dedupe_key) do nothing
     returning id`,
    [
      newMailId(),
      dedupeKey,
      kind,
      accountId,
      to,
      locale,
      subject,
      text,
      html,
      newMessageId(options.from()),
      options.relayed ? 'waiting' : 'shown',
      'expiresAtMs' in mail.facts ? new Date(mail.facts.expiresAtMs) : null,
    ],
  );
  const id = rows[0]?.id ?? (await idOf(client, dedupeKey));
  // Heard when the transaction commits, by every node.
  if (options.relayed) await client.query('select pg_notify($1, $2)', [wakeChannel, '']);
  return id;
}

async function idOf(client: pg.ClientBase | pg.Pool, dedupeKey: string | null): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select id from outbox where dedupe_key = $1', [dedupeKey]);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The mail with this dedupe key went away in the same moment.');
  return id;
}

/** The latest mail of a kind to an address that has had enough of them, or null. */
async function flooded(client: pg.ClientBase | pg.Pool, kind: MailKind, to: string): Promise<string | null> {
  const { rows } = await client.query<{ id: string }>(
    `select id from outbox
     where lower(recipient) = lower($1) and kind = $2 and created_at > now() - interval '1 hour'
     order by created_at desc limit $3`,
    [to, kind, strangersPerHour],
  );
  return rows.length < strangersPerHour ? null : (rows[0]?.id ?? null);
}
