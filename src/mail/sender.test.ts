import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { parseMailRelay } from '../base/mail-relay.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import type { NewMail } from './kinds.ts';
import { createMail, type Mail } from './mail.ts';
import {
  answer,
  type Behaviour,
  type MailPeer,
  shortTimes,
  startPeer,
  startRawPeer,
  testSecrets,
  testSite,
} from './testing.ts';

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

const soon = { timeout: 8_000, interval: 20 };

async function peerThat(behaviour: Behaviour = {}): Promise<MailPeer> {
  const peer = await startPeer(behaviour);
  closers.push(() => peer.close());
  return peer;
}

function mailBy(relay: string, times = shortTimes): Mail {
  const from = 'no-reply@example.test';
  const { database } = site;
  const secrets = testSecrets;
  return createMail({
    database,
    relay: parseMailRelay(relay),
    from,
    site: () => testSite,
    secrets,
    log: silentLog,
    times,
  });
}

async function sendingBy(relay: string, times = shortTimes): Promise<Mail> {
  const mail = mailBy(relay, times);
  await mail.start();
  closers.push(() => mail.stop());
  return mail;
}

const test1: NewMail<'test'> = { kind: 'test', to: 'ada@example.com', locale: 'en', facts: { by: 'Grace' } };

interface Row {
  state: string;
  attempts: number;
  last_error: string | null;
  message_id: string;
  wait_s: number;
}
async function rows(): Promise<Row[]> {
  const { rows } = await site.database.pool.query<Row>(
    `select state, attempts, last_error, message_id, extract(epoch from next_attempt_at - now())::float8 as wait_s
     from outbox order by created_at`,
  );
  return rows;
}
const states = async (): Promise<string[]> => (await rows()).map(({ state }) => state);
/** As if the time until the next try had passed. */
const passTime = () => site.database.pool.query(`update outbox set next_attempt_at = now() where state <> 'sent'`);

test('a mail leaves within a second, with its headers, and is said to be sent', async () => {
  const peer = await peerThat();
  const mail = await sendingBy(`smtp://127.0.0.1:${peer.port}`);
  const startedMs = performance.now();
  await mail.queueMail(site.database.pool, { ...test1, locale: 'zh', facts: { by: '李雷' } });
  await expect.poll(() => peer.taken.length, soon).toBe(1);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  const [taken] = peer.taken;
  expect(taken).toMatchObject({ from: 'no-reply@example.test', to: ['ada@example.com'], secure: true });
  const head = taken?.raw.split('\r\n\r\n')[0] ?? '';
  for (const line of [
    'From: Example AI <no-reply@example.test>',
    'Reply-To: Example AI <help@example.test>',
    'To: ada@example.com',
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply',
  ])
    expect(head.split('\r\n')).toContain(line);
  expect(head).toMatch(/^Message-ID: <[0-9a-f]{32}@example\.test>$/m);
  expect(head).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(head).not.toMatch(/X-Mailer|List-Unsubscribe/i);
  expect(taken?.raw).toMatch(/multipart\/alternative/);
  await expect.poll(states, soon).toEqual(['sent']);
  expect(await rows()).toMatchObject([{ attempts: 1, last_error: null, message_id: taken?.messageId }]);
});

test('what waited when the program started is sent', async () => {
  const peer = await peerThat();
  await mailBy(`smtp://127.0.0.1:${peer.port}`).queueMail(site.database.pool, test1);
  await sendingBy(`smtp://127.0.0.1:${peer.port}`);
  await expect.poll(states, soon).toEqual(['sent']);
});

test('a relay that has no time now is asked again later, and then takes the mail with the same Message-ID', async () => {
  let busy = true;
  const peer = await peerThat({
    data: () => {
      if (busy) throw answer(451, '4.3.0 come back later');
    },
  });
  const mail = await sendingBy(`smtp://127.0.0.1:${peer.port}`);
  await mail.queueMail(site.database.pool, test1);
  await expect.poll(async () => (await rows())[0]?.last_error, soon).toContain('451 4.3.0 come back later');
  const [row] = await rows();
  expect(row).toMatchObject({ state: 'waiting', attempts: 1 });
  expect(row?.wait_s).toBeGreaterThan(50);
  expect(row?.wait_s).toBeLessThan(61);
  busy = false;
  await passTime();
  await expect.poll(states, soon).toEqual(['sent']);
  expect(new Set(peer.offered)).toEqual(new Set([row?.message_id]));
  expect(peer.offered).toHaveLength(2);
});

test('an address that a relay refuses for good is not tried again, and other mail is not held up', async () => {
  const peer = await peerThat({
    onRcptTo({ address }, _session, callback) {
      callback(address.startsWith('ada') ? answer(550, '5.1.1 No such user') : null);
    },
  });
  const mail = await sendingBy(`smtp://127.0.0.1:${peer.port}`);
  await mail.queueMail(site.database.pool, test1);
  await mail.queueMail(site.database.pool, { ...test1, to: 'grace@example.com' });
  await expect.poll(states, soon).toEqual(['failed', 'sent']);
  expect((await rows())[0]?.last_error).toBe(`The relay 127.0.0.1:${peer.port} answered 550 5.1.1 No such user`);
});

test('the eighth failure is the last', async () => {
  const peer = await peerThat({
    data: () => {
      throw answer(452, 'no room');
    },
  });
  const mail = await sendingBy(`smtp://127.0.0.1:${peer.port}`);
  await mail.queueMail(site.database.pool, test1);
  for (let tries = 1; tries < 8; tries++) {
    await expect.poll(async () => (await rows())[0], soon).toMatchObject({ state: 'waiting', attempts: tries });
    await passTime();
  }
  await expect.poll(states, soon).toEqual(['failed']);
  expect(peer.offered).toHaveLength(8);
});

test('a relay that refuses the password, or breaks off, costs no mail: all of it waits, and leaves when it is well', async () => {
  let well = false;
  const peer = await peerThat({
    authOptional: false,
    onAuth({ username, password }, _session, callback) {
      if (well && password === 'p/w') callback(null, { user: username ?? '' });
      else callback(answer(535, '5.7.8 Wrong password'));
    },
  });
  const mail = await sendingBy(`smtp://lodge:p%2Fw@127.0.0.1:${peer.port}`);
  for (const to of ['a@example.com', 'b@example.com', 'c@example.com'])
    await mail.queueMail(site.database.pool, { ...test1, to });
  await expect.poll(async () => (await rows()).every(({ attempts }) => attempts > 0), soon).toBe(true);
  await expect.poll(states, soon).toEqual(['waiting', 'waiting', 'waiting']);
  const [first] = await rows();
  expect(first?.last_error).toContain('refused the user or password of LODGE_MAIL_RELAY: 535 5.7.8 Wrong password');
  expect(first?.last_error).not.toContain('p/w');
  well = true;
  await passTime();
  await expect.poll(states, soon).toEqual(['sent', 'sent', 'sent']);
  expect(peer.taken[0]?.user).toBe('lodge');
});

test.each<[string, (port: number) => string, RegExp]>([
  ['closed', () => 'smtp://127.0.0.1:1', /Nothing listens there/],
  ['unknown', () => 'smtp://no-such-relay.invalid?tls=optional', /host name/],
])('a relay that is %s is said in words', async (_name, relay, words) => {
  const mail = await sendingBy(relay(0));
  await mail.queueMail(site.database.pool, test1);
  await expect.poll(async () => (await rows())[0]?.last_error, { timeout: 15_000 }).toMatch(words);
  expect(await states()).toEqual(['waiting']);
});

test('a connection that breaks in the middle of a mail: it is sent again, with the same Message-ID', async () => {
  let cuts = 1;
  let wire: import('node:net').Socket | null = null;
  const peer = await peerThat({
    hideSTARTTLS: true,
    data: () => {
      if (cuts-- > 0) wire?.destroy();
    },
  });
  const { connect } = await import('node:net');
  // A wire between the two that can be cut.
  const between = await startRawPeer((socket) => {
    wire = socket;
    const onward = connect(peer.port, '127.0.0.1');
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.pipe(onward);
    onward.pipe(socket);
  });
  closers.push(() => between.close());
  const mail = await sendingBy(`smtp://127.0.0.1:${between.port}`);
  await mail.queueMail(site.database.pool, test1);
  await expect.poll(async () => (await rows())[0]?.last_error, soon).toMatch(/It broke the connection/);
  await passTime();
  await expect.poll(states, soon).toEqual(['sent']);
  expect(new Set(peer.offered).size).toBe(1);
});

test('a relay that answers byte by byte for ever is given up in time', async () => {
  const between = await startRawPeer((socket) => {
    const drip = setInterval(() => socket.write('2'), 20);
    socket.on('close', () => clearInterval(drip));
  });
  closers.push(() => between.close());
  const mail = await sendingBy(`smtp://127.0.0.1:${between.port}`, { ...shortTimes, sendMs: 300 });
  await mail.queueMail(site.database.pool, test1);
  await expect.poll(async () => (await rows())[0]?.last_error, soon).toMatch(/did not take the mail in time/);
  expect(await states()).toEqual(['waiting']);
});

test('where TLS is required, nothing goes out in clear and no certificate of unknown make is taken', async () => {
  const clear = await peerThat({ hideSTARTTLS: true, disabledCommands: ['STARTTLS', 'AUTH'] });
  const mail = await sendingBy(`smtp://127.0.0.1:${clear.port}?tls=required`);
  await mail.queueMail(site.database.pool, test1);
  await expect.poll(async () => (await rows())[0]?.last_error, soon).toMatch(/takes no STARTTLS/);
  expect(clear.offered).toEqual([]);
  await mail.stop();
  await passTime();
  const selfSigned = await peerThat();
  await sendingBy(`smtp://127.0.0.1:${selfSigned.port}?tls=required`);
  await expect.poll(async () => (await rows())[0]?.last_error, soon).toMatch(/cannot be trusted: .*certificate/);
  expect(selfSigned.offered).toEqual([]);
});

test('a mail whose link has run out is not sent', async () => {
  const peer = await peerThat();
  const mail = mailBy(`smtp://127.0.0.1:${peer.port}`);
  const facts = { name: 'Ada', link: 'https://ai.example.test/r?t=1', expiresAtMs: Date.now() - 1_000 };
  await mail.queueMail(site.database.pool, { ...test1, kind: 'reset-password', facts });
  await sendingBy(`smtp://127.0.0.1:${peer.port}`);
  await expect.poll(states, soon).toEqual(['failed']);
  expect((await rows())[0]?.last_error).toMatch(/ran out/);
  expect(peer.offered).toEqual([]);
});

test('what a relay repeats of the mail does not get into the books', async () => {
  const link = 'https://ai.example.test/console/reset?token=sEcret';
  const peer = await peerThat({
    data: () => {
      throw answer(554, `5.7.1 Blocked for ${link}. See https://relay.example/why`);
    },
  });
  const mail = await sendingBy(`smtp://127.0.0.1:${peer.port}`);
  const facts = { name: 'Ada', link, expiresAtMs: Date.now() + 3_600_000 };
  await mail.queueMail(site.database.pool, { ...test1, kind: 'reset-password', facts });
  await expect.poll(states, soon).toEqual(['failed']);
  expect((await rows())[0]?.last_error).toMatch(/Blocked for \[link\]\.? See https:\/\/relay\.example\/why/);
});

test('two hundred mails and two senders: each mail once', async () => {
  const peer = await peerThat({ data: () => new Promise((resolve) => setImmediate(resolve)) });
  const relay = `smtp://127.0.0.1:${peer.port}?tls=optional`;
  const mail = mailBy(relay);
  for (let number = 0; number < 200; number++)
    await mail.queueMail(site.database.pool, { ...test1, to: `person-${number}@example.com` });
  await Promise.all([sendingBy(relay), sendingBy(relay)]);
  await expect
    .poll(async () => (await states()).filter((state) => state === 'sent').length, { timeout: 25_000, interval: 50 })
    .toBe(200);
  expect(peer.taken).toHaveLength(200);
  expect(new Set(peer.taken.map(({ to }) => to[0])).size).toBe(200);
  expect((await rows()).every(({ attempts }) => attempts === 1)).toBe(true);
});

test('a stop lets go of mail that is under way, and the next process sends it', async () => {
  let slow = true;
  const peer = await peerThat({ data: () => (slow ? new Promise<void>(() => undefined) : undefined) });
  const relay = `smtp://127.0.0.1:${peer.port}`;
  const mail = mailBy(relay);
  await mail.start();
  await mail.queueMail(site.database.pool, test1);
  await expect.poll(() => peer.offered.length, soon).toBe(1);
  const startedMs = performance.now();
  await mail.stop();
  expect(performance.now() - startedMs).toBeLessThan(3_000);
  expect(await states()).toEqual(['waiting']);
  slow = false;
  await passTime();
  await sendingBy(relay);
  await expect.poll(states, soon).toEqual(['sent']);
});

test('the mail of a process that was killed is sent by another one, once it can be taken for dead', async () => {
  let slow = true;
  const peer = await peerThat({ data: () => (slow ? new Promise<void>(() => undefined) : undefined) });
  const relay = `smtp://127.0.0.1:${peer.port}`;
  await mailBy(relay).queueMail(site.database.pool, test1);
  const home = await mkdtemp(path.join(os.tmpdir(), 'lodge-mail-'));
  closers.push(() => rm(home, { recursive: true, force: true }));
  const program = path.join(home, 'sender.ts');
  const of = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  await writeFile(
    program,
    `import { silentLog } from ${of('../base/log.ts')};
     import { parseMailRelay } from ${of('../base/mail-relay.ts')};
     import { openDatabase } from ${of('../db/index.ts')};
     import { createMail } from ${of('./mail.ts')};
     const database = await openDatabase({ databaseUrl: ${JSON.stringify(site.url)}, dataDir: '', log: silentLog });
     const relay = parseMailRelay(${JSON.stringify(relay)});
     const site = () => (${JSON.stringify(testSite)});
     const secrets = { seal: (text) => Buffer.from(text), open: String, deriveKey: () => Buffer.alloc(32) };
     await createMail({ database, relay, from: null, site, secrets, log: silentLog }).start();
     setInterval(() => {}, 1000);`,
  );
  const child = fork(program, { execArgv: [] });
  await expect.poll(() => peer.offered.length, soon).toBe(1);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const [row] = await rows();
  expect(row).toMatchObject({ state: 'sending', attempts: 1 });
  expect(row?.wait_s).toBeGreaterThan(280);
  slow = false;
  await sendingBy(relay);
  await mailBy(relay).queueMail(site.database.pool, { ...test1, to: 'grace@example.com' });
  await expect.poll(() => peer.taken.length, soon).toBe(1);
  // The peer has it a moment before the sender has written so.
  await expect.poll(states, soon).toEqual(['sending', 'sent']);
  await passTime();
  await expect.poll(states, soon).toEqual(['sent', 'sent']);
  expect(peer.offered.filter((id) => id === row?.message_id)).toHaveLength(2);
  expect(peer.taken.filter(({ messageId }) => messageId === row?.message_id)).toHaveLength(1);
});
