import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { attachDatabase, type Database } from '../../src/db/index.ts';
import { ticketMessageId, tokenKeyPurpose } from '../../src/mail/index.ts';
import { demoSigner } from '../../src/mailroom/demo-domain.ts';
import { SmtpSession, waitFor } from '../../src/mailroom/testing.ts';
import { loadSecrets } from '../../src/secrets/index.ts';
import { type Api, apiOf, at, listAt, textAt } from '../console/api.ts';
import { register, type Signed, signIn } from '../console/people.ts';
import type { Program, Workplace } from './program.ts';

/** A whole site with its desk, and the ways by which people reach it: real mail, and the API. */
export interface DeskSite {
  readonly site: Program;
  readonly admin: Api;
  readonly database: Database;
  /** Sends a mail and waits until the site has done with all mail. `signed`: its domain vouches for it. @returns what was answered */
  mail(mail: RawMail): Promise<string>;
  settled(): Promise<void>;
  /** The newest ticket of an address; empty when it has none. */
  ticketOf(address: string): Promise<string>;
  /** A Message-ID as a mail of ours on this ticket has it: what somebody has who was passed on a mail. */
  markOf(ticket: string): string;
  staff(email: string, role: string): Promise<Signed>;
  /** Text of what went out to an address, the newest first. */
  sentTo(address: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface RawMail {
  readonly from: string;
  /** Who signs it; null: nobody. Absent: the domain of `from`. */
  readonly signedBy?: string | null;
  readonly envelopeFrom?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly headers?: readonly string[];
  /** With its headers of content, where it is more than plain text. */
  readonly body: string;
}

export const support = 'support@lodge.localhost';

/** The program takes none by itself: 0 means that no mail is listened for. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export async function startDeskSite(here: Workplace, settings: Readonly<Record<string, string>>): Promise<DeskSite> {
  const site = await here.start({ settings: { LODGE_SMTP_PORT: String(await freePort()), ...settings } });
  const admin = apiOf(site.url, site.adminToken);
  const port = Number(at(await admin.get('/admin/v1/mailroom'), 'port'));
  const database = await attachDatabase({ databaseUrl: null, dataDir: site.dataDir, log: silentLog });
  const secrets = await loadSecrets({ secret: null, adminToken: null, dataDir: site.dataDir });
  const signer = demoSigner(secrets.deriveKey('demo-mail'));
  const tokenKey = secrets.deriveKey(tokenKeyPurpose);
  let count = 0;

  const settled = async (): Promise<void> => {
    const waiting = `select count(*)::int as count from incoming_mails where state in ('stored', 'read', 'threaded', 'routed')`;
    const done = async () => (await database.pool.query<{ count: number }>(waiting)).rows[0]?.count === 0;
    await waitFor(done, 'mail to be carried to its end');
  };
  const mail = async (sent: RawMail): Promise<string> => {
    const { from, to = support, subject = 'bug: it fails', headers = [], body } = sent;
    const lines = [`From: ${from}`, `To: ${support}`, `Subject: ${subject}`, ...headers];
    if (!headers.some((line) => /^message-id:/i.test(line)))
      lines.push(`Message-ID: <${++count}.${Date.now()}@tests.localhost>`);
    const content = /^content-type:/i.test(body) ? body : `Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`;
    const raw = `${lines.join('\r\n')}\r\n${content.replaceAll(/\r?\n/g, '\r\n')}`;
    const domain = sent.signedBy === undefined ? domainOf(from) : sent.signedBy;
    const signature = domain === null ? '' : await signer.sign(Buffer.from(raw), domain);
    const session = await SmtpSession.open(port);
    await session.say('EHLO tests.localhost');
    const answer = await session.send(Buffer.from(signature + raw), sent.envelopeFrom ?? addressIn(from), to);
    session.close();
    await settled();
    return answer;
  };
  return {
    site,
    admin,
    database,
    mail,
    settled,
    async ticketOf(address) {
      const { data } = await admin.get(`/admin/v1/tickets?view=all&requester=${encodeURIComponent(address)}`);
      const [first] = listAt({ data: data ?? [] }, 'data');
      return first === undefined ? '' : textAt(first, 'id');
    },
    markOf: (ticket) => ticketMessageId(tokenKey, BigInt(ticket.slice(2)), 'lodge.localhost'),
    async staff(email, role) {
      await register(site, email);
      await admin.post('/admin/v1/staff', { email, role });
      return signIn(site, email);
    },
    async sentTo(address) {
      const list = listAt(await admin.get(`/admin/v1/mail?recipient=${encodeURIComponent(address)}`), 'data');
      const read = async (id: string) => {
        const one = await admin.get(`/admin/v1/mail/${id}`);
        return `${textAt(one, 'kind')} ${textAt(one, 'subject')}\n${textAt(one, 'text')}`;
      };
      return Promise.all(list.map((one) => read(textAt(one, 'id'))));
    },
    async close() {
      await database.close();
      expect(await site.stop()).toEqual({ code: 0, signal: null });
    },
  };
}

/** A file as people upload it: begun, and sent in one piece. @returns its id */
export async function upload(api: Api, path: string, name: string, bytes: Buffer): Promise<string> {
  const id = textAt(await api.post(path, { name, size: bytes.length }), 'id');
  const sent = await api.call('PUT', `${path}/${id}/pieces/0`, { body: { data: bytes.toString('base64') } });
  expect(sent.status, sent.text).toBe(204);
  return id;
}

export interface MimePart {
  readonly type: string;
  readonly name?: string;
  readonly body: string | Buffer;
}

/** Parts in one mail, each in base64, as mail programs send them. */
export function mixed(parts: readonly MimePart[], boundary = 'parts-of-a-mail', kind = 'mixed'): string {
  const pieces = parts.map(({ type, name, body }) =>
    [
      `--${boundary}`,
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      ...(name === undefined ? [] : [`Content-Disposition: attachment; filename="${name}"`]),
      '',
      Buffer.from(body).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
  return [`Content-Type: multipart/${kind}; boundary="${boundary}"`, '', ...pieces, `--${boundary}--`, ''].join('\r\n');
}

export function addressIn(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from;
}

function domainOf(from: string): string {
  const address = addressIn(from);
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
