import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { parseMailRelay } from '../base/mail-relay.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { createMail } from './mail.ts';
import type { NewLetter } from './new-letter.ts';
import { answer, type MailPeer, shortTimes, startPeer, testSecrets, testSite } from './testing.ts';
import { readReturnPath } from './tokens.ts';

/** Debian's Postfix as the relay, with a configuration of its own, and the rest of the world behind it. */
const patience = { timeout: 25_000, interval: 100 };
const isRoot = process.getuid?.() === 0;

let site: TestDatabase;
let closers: (() => Promise<void> | void)[];
beforeEach(async () => {
  site = await createTestDatabase();
  closers = [];
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  await site.drop();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = await once(socket, 'data', { signal: AbortSignal.timeout(2_000) });
    return String(greeting).startsWith('220 ');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

const services = [
  'pickup unix n - n 60 1 pickup',
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 300 1 qmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'verify unix - - n - 1 verify',
  'flush unix n - n 1000? 0 flush',
  'smtp unix - - n - - smtp',
  'relay unix - - n - - smtp',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'proxymap unix - - n - - proxymap',
  'postlog unix-dgram n - n - 1 postlogd',
];

async function startPostfix(world: MailPeer): Promise<number> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'lodge-postfix-'));
  closers.push(() => rm(home, { recursive: true, force: true }));
  // Its daemons run as another user.
  await chmod(home, 0o755);
  for (const name of ['etc', 'queue', 'data']) await mkdir(path.join(home, name));
  const port = await freePort();
  const settings = {
    compatibility_level: '3.6',
    queue_directory: `${home}/queue`,
    data_directory: `${home}/data`,
    myhostname: 'relay.test',
    mydestination: '',
    alias_maps: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    relayhost: `[127.0.0.1]:${world.port}`,
    smtp_tls_security_level: 'none',
    disable_dns_lookups: 'yes',
    maillog_file: `${home}/log`,
    maillog_file_prefixes: home,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  await writeFile(`${home}/etc/main.cf`, lines.join(''));
  await writeFile(`${home}/etc/master.cf`, [`127.0.0.1:${port} inet n - n - - smtpd`, ...services, ''].join('\n'));
  const run = promisify(execFile);
  await run('chown', ['postfix', `${home}/data`]);
  const postfix = (command: string) => run('/usr/sbin/postfix', ['-c', `${home}/etc`, command]);
  closers.push(async () => void (await postfix('stop')));
  await postfix('start');
  await expect.poll(() => greets(port), patience).toBe(true);
  return port;
}

const letter: NewLetter = {
  kind: 'ticket-reply',
  to: 'ada@example.com',
  cc: [],
  mailboxId: 'mbx',
  ticketNumber: 1001n,
  locale: 'zh',
  subject: 'Re: 调用失败',
  text: `您好，\n\n${'很长的一行。'.repeat(100)}\n.\nFrom here on.`,
  html: null,
  inReplyTo: '<first@example.com>',
  references: [],
  replyTo: null,
  automatic: false,
  files: [],
  dedupeKey: 'reply:1',
  sendAfterMs: 0,
  accountId: null,
};

test.skipIf(!isRoot)(
  'Postfix takes a letter, carries it on with a sound signature, and its bounce comes home',
  async () => {
    const { pool } = site.database;
    const world = await startPeer({
      onRcptTo({ address }, _session, callback) {
        callback(address.startsWith('nobody') ? answer(550, '5.1.1 No such user') : null);
      },
    });
    closers.push(() => world.close());
    const port = await startPostfix(world);
    await pool.query(`insert into mailboxes (id, address, name) values ('mbx', 'support@desk.test', '客服')`);
    const relay = parseMailRelay(`smtp://127.0.0.1:${port}`);
    const { database } = site;
    const how = { from: null, site: () => testSite, secrets: testSecrets, log: silentLog, times: shortTimes };
    const mail = createMail({ database, relay, ...how });
    await mail.start();
    closers.push(() => mail.stop());

    const { id } = await mail.queueLetter(pool, letter);
    await expect.poll(() => world.taken.length, patience).toBe(1);
    expect(readReturnPath(mail.tokenKey, world.taken[0]?.from ?? '')).toBe(id);
    const { selector, publicKey } = await mail.domains.keyFor('desk.test');
    const resolver = async (name: string) => {
      if (name === `${selector}._domainkey.desk.test`) return [[`v=DKIM1; k=rsa; p=${publicKey}`]];
      throw Object.assign(new Error(name), { code: 'ENOTFOUND' });
    };
    const raw = Buffer.from(world.taken[0]?.raw ?? '');
    const verified = await dkimVerify(raw, { resolver } as Parameters<typeof dkimVerify>[1]);
    expect(verified.results[0]).toMatchObject({ status: { result: 'pass' }, signingDomain: 'desk.test' });

    const lost = await mail.queueLetter(pool, { ...letter, to: 'nobody@example.com', dedupeKey: 'reply:2' });
    await expect.poll(() => world.taken.length, patience).toBe(2);
    const [, bounce] = world.taken;
    // A bounce has no sender, and comes to the return path of its mail.
    expect(bounce?.from).toBe('');
    expect(bounce?.to.map((address) => readReturnPath(mail.tokenKey, address))).toEqual([lost.id]);
    expect(bounce?.raw).toMatch(/^Content-Type: multipart\/report/m);
    expect(bounce?.raw).toMatch(/^Final-Recipient: rfc822; ?nobody@example\.com/m);
    expect(bounce?.raw).toContain(lost.messageId);
  },
);
