import type pg from 'pg';
import { ManualClock } from '../../../base/clock.ts';
import { silentLog } from '../../../base/log.ts';
import { inTransaction } from '../../../db/index.ts';
import { createTestDatabase } from '../../../db/testing.ts';
import { createReportedKeys, type ReportedKeys } from '../../../keys/index.ts';
import { createMail } from '../../../mail/index.ts';
import type { ReadMail } from '../../../mailroom/index.ts';
import { notify } from '../../../notices/index.ts';
import { loadSecrets, type Secrets } from '../../../secrets/index.ts';
import { readEvents, readMessages } from '../../store/index.ts';
import { accountIn, mailTo, noonMs, ticketOf } from '../../testing.ts';
import { type AnsweringOptions, answerMail } from '../answer-mail.ts';
import { recordCall } from './facts.ts';

/** A letter as it stands in the outbox. */
export interface Letter {
  readonly recipient: string;
  readonly subject: string;
  readonly text_body: string;
  readonly headers: { readonly references: string[]; readonly autoSubmitted: string; readonly cc: string[] };
}

/** A mail that stands on a ticket. */
export interface Arrival {
  readonly mail: ReadMail;
  readonly ticketNumber: bigint;
  readonly messageId: string;
}

/** A desk that answers: owner and developer of `org_a`, and `acc_eve` of `org_b`. */
export interface Scene {
  readonly pool: pg.Pool;
  readonly secrets: Secrets;
  clock: ManualClock;
  options: AnsweringOptions;
  readonly reported: ReportedKeys;
  /** Before each test. */
  reset(): Promise<void>;
  drop(): Promise<void>;
  agoMs(ms: number): number;
  call(organizationId?: string, parts?: { keyId?: string; atMs?: number }): Promise<string>;
  arrive(from: string, text: string, parts?: Partial<ReadMail>, ticket?: TicketPlace): Promise<Arrival>;
  answer(arrival: Arrival, opened?: boolean): Promise<void>;
  letters(): Promise<readonly Letter[]>;
  eventsOf(arrival: Arrival): Promise<readonly { kind: string; data: Record<string, unknown> }[]>;
}

export interface TicketPlace {
  readonly queue?: 'bug' | 'vulnerability' | 'spam';
  readonly locale?: 'en' | 'zh';
}

/** Without what differs between two tickets. */
export const plain = (letter: Letter | undefined) => letter?.text_body.replaceAll(/T-\d+/g, 'T-n');

export async function setScene(): Promise<Scene> {
  const test = await createTestDatabase();
  const { pool } = test.database;
  const secrets = await loadSecrets({ secret: 's'.repeat(40), adminToken: 't'.repeat(40), dataDir: '' });
  for (const id of ['acc_owner', 'acc_dev']) await accountIn(pool, id, { organization: 'org_a' });
  await accountIn(pool, 'acc_eve', { organization: 'org_b' });
  await pool.query(`update members set roles = '{developer}' where account_id = 'acc_dev'`);
  await pool.query(
    `insert into vendors (id, display_name, family) values ('acme', 'Acme', 'openai');
     insert into groups (id, display_name, vendor_id) values ('acme-standard', 'Acme', 'acme')`,
  );
  const clock = new ManualClock(Date.now());
  const site = () => ({ name: 'Lodge', supportAddress: 'support@site.test' });
  const mail = createMail({ database: test.database, relay: null, from: null, site, secrets, log: silentLog });
  const telling = { queueMail: mail.queueMail, notify, url: () => 'https://lodge.example' };
  const reported = createReportedKeys({ pool, hashKey: secrets.hashKey, site: 'lodge', clock, telling });
  const options: AnsweringOptions = {
    pool,
    clock,
    site: 'lodge',
    url: () => 'https://lodge.example',
    retentionDays: 90,
    errorCodes: ['rate_limited'],
    models: () => [],
    reported,
    queueLetter: mail.queueLetter,
    staffLocale: () => 'en',
    journal: { flush: async () => undefined },
    journalLagMs: async () => null,
    settleMs: 0,
  };
  const scene: Scene = {
    pool,
    secrets,
    clock,
    options,
    reported,
    async reset() {
      await pool.query('truncate tickets, outbox, incoming_mails, keys, leaked_keys, notifications cascade');
      await pool.query(`update organizations set leaked_key_rule = 'disable'`);
      await pool.query(`update accounts set state = 'active', email_verified = true`);
      await pool.query(`update members set state = 'active'`);
      scene.options = options;
    },
    drop: () => test.drop(),
    agoMs: (ms) => clock.now() - ms,
    call: (organizationId = 'org_a', parts = {}) =>
      recordCall(pool, { organizationId, atMs: clock.now() - 60_000, ...parts }),
    arrive: (from, text, parts = {}, ticket = {}) => arrive(scene, { from, text, parts, ticket }),
    answer: ({ mail: read, ...place }, opened = true) =>
      inTransaction(pool, (client) => answerMail(client, read, { ...place, opened }, scene.options)),
    async letters() {
      const { rows } = await pool.query<Letter>(
        `select recipient, subject, text_body, headers from outbox where kind = 'ticket-answer' order by created_at, id`,
      );
      return rows;
    },
    async eventsOf({ ticketNumber }) {
      const events = await readEvents(pool, ticketNumber);
      return events.filter(({ kind }) => kind !== 'opened').map(({ kind, data }) => ({ kind, data }));
    },
  };
  return scene;
}

/** A mail from an account of `accountIn`, with the ticket that it opened. */
async function arrive(
  { pool, clock }: Scene,
  { from, text, parts, ticket }: { from: string; text: string; parts: Partial<ReadMail>; ticket: TicketPlace },
): Promise<Arrival> {
  const sender = { address: `${from}@customer.test`, name: 'Somebody' };
  const mail = await mailTo(pool, {
    from: sender,
    subject: 'bug: it fails',
    text,
    receivedAtMs: clock.now(),
    ...parts,
  });
  const { rows } = await pool.query<{ id: string; organization_id: string }>(
    `select a.id, m.organization_id from accounts a join members m on m.account_id = a.id
     where a.email = $1 and a.email_verified`,
    [mail.from.address],
  );
  const known = mail.sender.verified ? rows[0] : undefined;
  const opened = await ticketOf(pool, {
    requester: mail.from,
    accountId: known?.id ?? null,
    organizationId: known?.organization_id ?? null,
    verified: mail.sender.verified,
    queue: ticket.queue ?? 'bug',
    locale: ticket.locale ?? 'en',
    atMs: noonMs,
  });
  const [message] = await readMessages(pool, opened.number);
  return { mail, ticketNumber: opened.number, messageId: message?.id ?? '' };
}
