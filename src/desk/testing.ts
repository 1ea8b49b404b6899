import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { inTransaction } from '../db/index.ts';
import type { ReadMail } from '../mailroom/index.ts';
import { type NewTicket, openTicket, programActor, type Ticket } from './store/index.ts';

/** A noon without meaning, for everything that happens in tests of the desk. */
export const noonMs = Date.UTC(2026, 10, 20, 12);

export const proven: ReadMail['sender'] = { verified: true, dmarc: 'pass', spf: 'pass', dkim: 'pass', arc: null };
export const unproven: ReadMail['sender'] = { verified: false, dmarc: 'none', spf: 'none', dkim: 'none', arc: null };
export const forged: ReadMail['sender'] = { verified: false, dmarc: 'fail', spf: 'fail', dkim: 'fail', arc: null };

/** A mail as its reading leaves it; its row stands in the database, since messages refer to it. */
export async function mailTo(pool: pg.Pool, parts: Partial<ReadMail> = {}): Promise<ReadMail> {
  const id = parts.id ?? `in_${randomBytes(12).toString('hex')}`;
  const messageId = parts.messageId ?? `<${randomBytes(8).toString('hex')}@customer.test>`;
  await pool.query(
    `insert into incoming_mails (id, came_by, message_id, sha256, content_sha256, size, envelope)
     values ($1, 'smtp', $2, $3, $3, 1, '{}')`,
    [id, messageId, randomBytes(32)],
  );
  return {
    mailboxId: null,
    receivedAtMs: noonMs + 60_000,
    references: [],
    from: { address: 'dev@customer.test', name: 'Dev' },
    replyTo: null,
    to: [{ address: 'support@site.test', name: '' }],
    cc: [],
    deliveredTo: ['support@site.test'],
    subject: 'It fails',
    text: 'It fails since noon.',
    quoted: '',
    html: null,
    automatic: null,
    bounce: null,
    sender: proven,
    attachments: [],
    attachedTexts: [],
    findings: [],
    ownKeys: [],
    ...parts,
    id,
    messageId,
  };
}

/** An account with a verified address `<id>@customer.test`, in an organization of its own, with a plan. */
export async function accountIn(
  pool: pg.Pool,
  id: string,
  { organization = `org_${id}`, plan = 'starter', staff = null as string | null } = {},
): Promise<{ readonly id: string; readonly email: string; readonly organization: string }> {
  const email = `${id}@customer.test`;
  await pool.query(
    `insert into accounts (id, name, email, email_verified, staff_role) values ($1, $1, $2, true, $3)
     on conflict (id) do nothing`,
    [id, email, staff],
  );
  await pool.query(`insert into organizations (id, name, kind) values ($1, $1, 'shared') on conflict (id) do nothing`, [
    organization,
  ]);
  await pool.query(
    `insert into members (organization_id, account_id, roles) values ($1, $2, '{owner}') on conflict do nothing`,
    [organization, id],
  );
  await pool.query(`insert into support_plans (organization_id, plan) values ($1, $2) on conflict do nothing`, [
    organization,
    plan,
  ]);
  return { id, email, organization };
}

export async function ticketOf(pool: pg.Pool, parts: Partial<NewTicket> = {}): Promise<Ticket> {
  const requester = parts.requester ?? { address: 'dev@customer.test', name: 'Dev' };
  const { ticket } = await inTransaction(pool, (client) =>
    openTicket(client, {
      subject: 'It fails',
      queue: 'bug',
      mailboxId: null,
      cameBy: 'mail',
      requester,
      accountId: null,
      organizationId: null,
      verified: true,
      locale: 'en',
      message: {
        kind: 'in',
        author: { accountId: parts.accountId ?? null, address: requester.address, name: requester.name },
        verified: parts.verified ?? true,
        body: 'It fails since noon.',
        messageId: `<${randomBytes(8).toString('hex')}@customer.test>`,
      },
      actor: programActor,
      atMs: noonMs,
      ...parts,
    }),
  );
  return ticket;
}
