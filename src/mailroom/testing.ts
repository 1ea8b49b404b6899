import { connect, type Socket } from 'node:net';
import type pg from 'pg';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets, type Secrets } from '../secrets/index.ts';
import { createMailroom, type Mailroom, type MailroomOptions } from './mailroom.ts';
import type { ReadMail } from './read-mail.ts';
import type { Resolver } from './resolver.ts';
import type { DeskSteps } from './steps.ts';

/** Nothing is published by anybody. */
export const emptyDns: Resolver = async (name) => {
  throw Object.assign(new Error(`ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
};

/** Records by `TYPE name`. */
export function dnsOf(zone: Readonly<Record<string, string[][] | string[]>>): Resolver {
  return async (name, type) => {
    const records = zone[`${type} ${name.toLowerCase()}`];
    if (records !== undefined) return records;
    throw Object.assign(new Error(`ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
  };
}

export const testSecrets = (): Promise<Secrets> =>
  loadSecrets({ secret: 's'.repeat(40), adminToken: 't'.repeat(40), dataDir: '' });

/** The other side of the port: one row per step in a table of the test's own, in the step's transaction. */
export function notingDesk(heard: ReadMail[] = []): DeskSteps {
  const note = (client: pg.PoolClient, mail: ReadMail, step: string) =>
    client.query('insert into noted_steps (mail_id, step) values ($1, $2)', [mail.id, step]);
  return {
    async thread(client, mail) {
      await note(client, mail, 'thread');
      heard.push(mail);
      if (mail.automatic === 'bounce') return null;
      const { rows } = await client.query<{ number: bigint }>(`select nextval('ticket_numbers') as number`);
      return { ticketNumber: rows[0]?.number ?? 0n, messageId: `msg_${mail.id}`, opened: true };
    },
    async route(client, mail) {
      await note(client, mail, 'route');
    },
    async answer(client, mail) {
      await note(client, mail, 'answer');
    },
  };
}

export const notedTable = 'create table if not exists noted_steps (mail_id text not null, step text not null)';

export interface TestMailroom {
  readonly mailroom: Mailroom;
  readonly site: TestDatabase;
  readonly pool: pg.Pool;
  readonly secrets: Secrets;
  readonly port: number;
  /** In the order in which they were threaded. */
  readonly heard: ReadMail[];
  /** Waits until no mail waits for a step any more. */
  settled(count?: number): Promise<void>;
  close(): Promise<void>;
}

export async function startTestMailroom(options: Partial<MailroomOptions> = {}): Promise<TestMailroom> {
  const site = await createTestDatabase();
  const { pool } = site.database;
  await pool.query(notedTable);
  const secrets = await testSecrets();
  const heard: ReadMail[] = [];
  const mailroom = createMailroom({
    database: site.database,
    secrets,
    log: silentLog,
    clock: systemClock,
    site: 'lodge',
    desk: notingDesk(heard),
    recogniseKeys: async (found) => found.map(({ prefix }) => ({ prefix, keyId: null, live: false })),
    personalData: false,
    arcSealers: [],
    demo: false,
    smtp: { host: '127.0.0.1', port: 0, tls: null },
    firstMailbox: { address: 'support@lodge.localhost', name: 'Support' },
    resolver: emptyDns,
    ...options,
  });
  await mailroom.start();
  return {
    mailroom,
    site,
    pool,
    secrets,
    port: mailroom.port() ?? 0,
    heard,
    settled: (count = 1) => waitFor(() => isSettled(pool, count), 'mail to be carried to its end'),
    async close() {
      await mailroom.stop();
      await site.drop();
    },
  };
}

async function isSettled(pool: pg.Pool, count: number): Promise<boolean> {
  const { rows } = await pool.query<{ waiting: number; all: number }>(
    `select count(*)::int as all,
       (count(*) filter (where state in ('stored', 'read', 'threaded', 'routed')))::int as waiting from incoming_mails`,
  );
  return rows[0]?.waiting === 0 && rows[0].all >= count;
}

/** Asks again and again, for a minute at most. */
export async function waitFor(condition: () => Promise<boolean> | boolean, what: string): Promise<void> {
  const untilMs = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > untilMs) throw new Error(`Waited a minute for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A session by hand: what a mail program sends, byte by byte. */
export class SmtpSession {
  readonly #socket: Socket;
  #text = '';
  #closed = false;
  #woken = Promise.withResolvers<void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk) => {
      this.#text += chunk.toString('latin1');
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wake();
    });
  }

  static async open(port: number): Promise<SmtpSession> {
    const socket = connect(port, '127.0.0.1');
    const session = new SmtpSession(socket);
    await session.reply();
    return session;
  }

  /** The next whole reply; empty when the line is closed. */
  async reply(): Promise<string> {
    for (;;) {
      const match = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/.exec(this.#text);
      if (match) {
        this.#text = this.#text.slice(match[0].length);
        return match[0].trimEnd();
      }
      if (this.#closed) return '';
      await this.#woken.promise;
    }
  }

  async say(line: string): Promise<string> {
    this.write(`${line}\r\n`);
    return this.reply();
  }

  write(bytes: string | Buffer): void {
    this.#socket.write(bytes);
  }

  /** One mail from envelope to answer. `raw` has CRLF line ends and no dots to stuff. */
  async send(raw: string | Buffer, from = 'ada@example.com', to = 'support@lodge.localhost'): Promise<string> {
    for (const line of [`MAIL FROM:<${from}>`, `RCPT TO:<${to}>`, 'DATA']) {
      const answer = await this.say(line);
      if (!/^[23]/.test(answer)) return answer;
    }
    this.write(raw);
    return this.say('\r\n.');
  }

  close(): void {
    this.#socket.destroy();
  }

  #wake(): void {
    this.#woken.resolve();
    this.#woken = Promise.withResolvers<void>();
  }
}

/** A plain mail; `extra` are header lines. */
export function plainMail(parts: {
  readonly id?: string;
  readonly from?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly extra?: readonly string[];
}): string {
  const { id, from = 'Ada <ada@example.com>', subject = 'bug: it fails', text = 'It fails.', extra = [] } = parts;
  const lines = [
    `From: ${from}`,
    'To: support@lodge.localhost',
    `Subject: ${subject}`,
    'Date: Sat, 21 Nov 2026 08:00:00 +0000',
    ...(id === undefined ? [] : [`Message-ID: <${id}>`]),
    'Content-Type: text/plain; charset=utf-8',
    ...extra,
    '',
    ...text.split('\n'),
  ];
  return lines.join('\r\n');
}
