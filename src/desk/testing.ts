import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { ManualClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { type StaffRole, staffRoles } from '../base/permissions.ts';
import { inTransaction } from '../db/index.ts';
import { createTestDatabase } from '../db/testing.ts';
import { gateOf, owning, type People, startControlServer } from '../http/testing.ts';
import { createMail, type NewLetter } from '../mail/index.ts';
import type { ReadMail } from '../mailroom/index.ts';
import type { RedactionOptions } from '../redaction/index.ts';
import { noteReport } from './answer/index.ts';
import type { DeskParts } from './parts.ts';
import { deskRoutes } from './routes.ts';
import { ensureDefaults } from './settings/defaults.ts';
import { createSigns } from './signs.ts';
import { type NewTicket, openTicket, programActor, type Ticket } from './store/index.ts';
import { createTelling } from './telling/index.ts';

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

export interface DeskUnderTest {
  readonly pool: pg.Pool;
  readonly clock: ManualClock;
  readonly parts: DeskParts;
  /** Replies that were queued, the last one last. */
  readonly letters: NewLetter[];
  /** As `as`: an account id that `person` was told of, or `admin`. */
  call(
    method: string,
    path: string,
    as?: string,
    body?: unknown,
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  ): Promise<{ status: number; body: any; text: string; headers: Headers }>;
  /** Staff with a role, or a customer with an organization of their own. */
  person(id: string, staff?: StaffRole | null): Promise<string>;
  close(): Promise<void>;
}

/** The desk's endpoints over a database of their own, with the outbox as it is and files in memory. */
export async function startDesk(): Promise<DeskUnderTest> {
  const home = await createTestDatabase();
  const { pool } = home.database;
  const clock = new ManualClock(noonMs + 3_600_000);
  const letters: NewLetter[] = [];
  const files = new Map<string, Uint8Array>();
  const mail = createMail({
    database: home.database,
    relay: null,
    from: null,
    site: () => ({ name: 'Lodge', supportAddress: 'support@site.test' }),
    secrets: plainSecrets,
    log: silentLog,
  });
  const redaction: RedactionOptions = {
    site: 'lodge',
    personalData: false,
    fingerprint: (secret) => `of ${secret.length}`,
  };
  const parts: DeskParts = {
    pool,
    clock,
    log: silentLog,
    tell: createTelling({ url: () => 'https://site.test', queueMail: mail.queueMail }),
    readSigns: createSigns({ site: 'lodge', errorCodes: ['upstream_timeout'] }),
    noteReport: (client, written) => noteReport(client, written, { site: 'lodge', errorCodes: [], models: () => [] }),
    queueLetter: (client, letter) => {
      letters.push(letter);
      return mail.queueLetter(client, letter);
    },
    redaction,
    files: {
      async store(client, bytes) {
        const id = `file_${randomBytes(12).toString('hex')}`;
        await client.query('insert into files (id, sha256, size) values ($1, $2, $3)', [
          id,
          randomBytes(32),
          bytes.length,
        ]);
        files.set(id, bytes);
        return id;
      },
      async *read(id) {
        yield files.get(id) ?? new Uint8Array();
      },
    },
    linkKey: Buffer.alloc(32, 3),
    seal: plainSecrets.seal,
    open: plainSecrets.open,
    addressAllowed: (address) => address === '127.0.0.1',
    siteName: () => 'Lodge',
    url: () => 'https://site.test',
  };
  const people: Record<string, People[string]> = {};
  const server = await startControlServer(deskRoutes(parts), { gate: gateOf(people) });
  await ensureDefaults(pool);
  return {
    pool,
    clock,
    parts,
    letters,
    async call(method, path, as, body) {
      const response = await server.call(method, path, { ...(as && { as }), ...(body === undefined ? {} : { body }) });
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text || 'null') : null;
      return { status: response.status, body: json, text, headers: response.headers };
    },
    async person(id, role = null) {
      const { organization, email } = await accountIn(pool, id, { staff: role });
      const permissions = role === null ? null : new Set(staffRoles[role]);
      const staff = role === null || permissions === null ? null : { role, permissions };
      people[id] = { person: { staff, email }, in: { [organization]: owning } };
      return id;
    },
    async close() {
      server.close();
      await home.drop();
    },
  };
}

/** Seals by turning into bytes: what is tested here is not the cipher. */
const plainSecrets = {
  seal: (text: string) => Buffer.from(text),
  open: (sealed: Buffer) => sealed.toString(),
  deriveKey: () => Buffer.alloc(32, 7),
};
