import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { parseMailRelay } from '../base/mail-relay.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { createMail, type Mail } from './mail.ts';
import { makeAuthority } from './testing/certificate.ts';
import { answer, type MailPeer, shortTimes, startPeer, testSecrets, testSite } from './testing.ts';

let site: TestDatabase;
let home: string;
let closers: (() => Promise<void>)[];

beforeEach(async () => {
  site = await createTestDatabase();
  home = await mkdtemp(path.join(os.tmpdir(), 'lodge-mail-'));
  closers = [];
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  await rm(home, { recursive: true, force: true });
  await site.drop();
});

const soon = { timeout: 15_000, interval: 20 };
const authority = makeAuthority();

/** A relay with a certificate of the authority, which lets Ada in once TLS stands. */
async function peerFor(host: string): Promise<MailPeer> {
  const peer = await startPeer({
    ...authority.issue(host),
    authOptional: false,
    onAuth({ username, password }, session, callback) {
      if (!session.secure || password !== 's3cret') callback(answer(535, 'no'));
      else callback(null, { user: username });
    },
  });
  closers.push(() => peer.close());
  return peer;
}

const relayAt = ({ port }: MailPeer) => `smtp://ada:s3cret@127.0.0.1:${port}?tls=required`;

function mailBy(relay: string): Mail {
  const { database } = site;
  const parsed = parseMailRelay(relay);
  return createMail({
    database,
    relay: parsed,
    from: null,
    site: () => testSite,
    secrets: testSecrets,
    log: silentLog,
    times: shortTimes,
  });
}

async function queueOne(peer: MailPeer): Promise<void> {
  const { database } = site;
  const mail = mailBy(relayAt(peer));
  await mail.queueMail(database.pool, { kind: 'test', to: 'ada@example.com', locale: 'en', facts: { by: 'Grace' } });
}

/** The sender in a process that was started as an operator would: Node reads the setting of authorities once. */
async function sendElsewhere(peer: MailPeer, environment: Readonly<Record<string, string>>): Promise<void> {
  const program = path.join(home, 'sender.ts');
  const of = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  await writeFile(
    program,
    `import { silentLog } from ${of('../base/log.ts')};
     import { parseMailRelay } from ${of('../base/mail-relay.ts')};
     import { openDatabase } from ${of('../db/index.ts')};
     import { createMail } from ${of('./mail.ts')};
     const database = await openDatabase({ databaseUrl: ${JSON.stringify(site.url)}, dataDir: '', log: silentLog });
     const relay = parseMailRelay(${JSON.stringify(relayAt(peer))});
     const site = () => (${JSON.stringify(testSite)});
     const secrets = { seal: (text) => Buffer.from(text), open: String, deriveKey: () => Buffer.alloc(32) };
     await createMail({ database, relay, from: null, site, secrets, log: silentLog }).start();
     setInterval(() => {}, 1000);`,
  );
  const child = fork(program, { execArgv: [], env: { ...process.env, ...environment } });
  closers.push(async () => {
    const ended = once(child, 'exit');
    if (child.kill('SIGKILL')) await ended;
  });
}

async function outbox(): Promise<{ state: string; last_error: string | null }[]> {
  return (await site.database.pool.query('select state, last_error from outbox')).rows;
}

async function trusting(): Promise<Record<string, string>> {
  const file = path.join(home, 'authority.pem');
  await writeFile(file, authority.cert);
  return { NODE_EXTRA_CA_CERTS: file };
}

test('mail goes by STARTTLS to a relay whose authority NODE_EXTRA_CA_CERTS names, and the password after it', async () => {
  const peer = await peerFor('127.0.0.1');
  await queueOne(peer);
  await sendElsewhere(peer, await trusting());
  await expect.poll(() => peer.taken, soon).toMatchObject([{ to: ['ada@example.com'], secure: true, user: 'ada' }]);
  await expect.poll(outbox, soon).toEqual([{ state: 'sent', last_error: null }]);
});

test('a certificate of that authority for another host is not taken', async () => {
  const peer = await peerFor('smtp.example.com');
  await queueOne(peer);
  await sendElsewhere(peer, await trusting());
  const words = expect.stringContaining('for another host name than the one in LODGE_MAIL_RELAY');
  await expect.poll(outbox, soon).toEqual([{ state: 'waiting', last_error: words }]);
  expect(peer.offered).toEqual([]);
});

test('without it the same relay is not trusted, and it is said what to do', async () => {
  const peer = await peerFor('127.0.0.1');
  await queueOne(peer);
  const mail = mailBy(relayAt(peer));
  await mail.start();
  closers.push(() => mail.stop());
  await expect
    .poll(outbox, soon)
    .toEqual([{ state: 'waiting', last_error: expect.stringContaining('NODE_EXTRA_CA_CERTS') }]);
  expect(peer.offered).toEqual([]);
});
