import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { returnPath, tokenKeyPurpose } from '../mail/index.ts';
import type { MailroomOptions } from './mailroom.ts';
import { createMailroom } from './mailroom.ts';
import { plainMail, SmtpSession, startTestMailroom, type TestMailroom } from './testing.ts';

let room: TestMailroom;
const sessions: SmtpSession[] = [];
afterEach(async () => {
  for (const session of sessions.splice(0)) session.close();
  await room.close();
});

async function open(options: Partial<MailroomOptions> = {}): Promise<SmtpSession> {
  room = await startTestMailroom(options);
  return join();
}

async function join(): Promise<SmtpSession> {
  const session = await SmtpSession.open(room.port);
  sessions.push(session);
  return session;
}

const count = async () => (await room.pool.query('select 1 from incoming_mails')).rowCount;

test('says what it can, in EHLO', async () => {
  const session = await open();
  const hello = await session.say('EHLO peer.example.com');
  for (const feature of ['PIPELINING', '8BITMIME', 'SMTPUTF8', `SIZE ${25 * 1024 * 1024}`])
    expect(hello).toContain(feature);
  expect(hello).not.toMatch(/AUTH|STARTTLS/);
});

test('mail is taken for our own addresses only', async () => {
  const session = await open();
  await session.say('EHLO peer.example.com');
  await session.say('MAIL FROM:<>');
  const to = (address: string) => session.say(`RCPT TO:<${address}>`);
  const key = room.secrets.deriveKey(tokenKeyPurpose);
  const path = returnPath(key, 'support@lodge.localhost', `mail_${'a'.repeat(24)}`);
  for (const address of [
    'support@lodge.localhost',
    'SUPPORT+t.1.x@Lodge.LOCALHOST',
    'postmaster@lodge.localhost',
    'abuse@lodge.localhost',
    path,
    path.toUpperCase(),
  ])
    expect(await to(address), address).toMatch(/^250/);
  for (const address of [
    'sales@lodge.localhost',
    'support@example.com',
    'postmaster@example.com',
    path.replace(/\.\w/, '.z'),
    'supportx@lodge.localhost',
    'ada%example.com@lodge.localhost',
  ])
    expect(await to(address), address).toMatch(/^550 5\.1\.1/);
  await room.pool.query('update mailboxes set enabled = false');
  expect(await to('support@lodge.localhost')).toMatch(/^550/);
});

test('too large is 552, said before the text where the size is named, else while it is read', async () => {
  const session = await open({ limits: { mailBytes: 20_000 } });
  await session.say('EHLO peer.example.com');
  expect(await session.say('MAIL FROM:<a@example.com> SIZE=20001')).toMatch(/^552/);
  const large = plainMail({ text: 'x'.repeat(70).concat('\n').repeat(300) });
  expect(await session.send(large)).toMatch(/^552 5\.3\.4/);
  expect(await session.send(plainMail({ id: 'small@example.com' }))).toMatch(/^250/);
  await session.say('MAIL FROM:<a@example.com>');
  await session.say('RCPT TO:<support@lodge.localhost>');
  await session.say('DATA');
  session.write(Buffer.alloc(1_000_000, 'y'));
  expect(await session.reply()).toBe('');
  expect(await count()).toBe(1);
});

test('while the database is away, mail is put off, never refused', async () => {
  const session = await open();
  await session.say('EHLO peer.example.com');
  await session.say('MAIL FROM:<a@example.com>');
  await session.say('RCPT TO:<support@lodge.localhost>');
  await session.say('DATA');
  await room.pool.query('alter table incoming_mails rename to away');
  session.write(plainMail({}));
  expect(await session.say('\r\n.')).toMatch(/^451 4\.3\.0/);
  await room.pool.query('alter table mailboxes rename to away_too');
  await session.say('MAIL FROM:<a@example.com>');
  expect(await session.say('RCPT TO:<support@lodge.localhost>')).toMatch(/^451/);
  await room.pool.query('alter table away rename to incoming_mails');
  await room.pool.query('alter table away_too rename to mailboxes');
  await session.say('RSET');
  expect(await session.send(plainMail({}))).toMatch(/^250/);
});

test('a connection that breaks in the middle of a mail leaves nothing', async () => {
  const session = await open();
  await session.say('EHLO peer.example.com');
  await session.say('MAIL FROM:<a@example.com>');
  await session.say('RCPT TO:<support@lodge.localhost>');
  await session.say('DATA');
  session.write(plainMail({ text: 'half of it' }));
  session.close();
  const other = await join();
  await other.say('EHLO peer.example.com');
  expect(await other.send(plainMail({ text: 'whole' }))).toMatch(/^250/);
  await room.settled();
  expect(room.heard.map(({ text }) => text)).toEqual(['whole']);
});

test.each([
  ['LF . LF', '\n.\nMAIL FROM:<evil@example.com>\r\n'],
  ['LF . CRLF', '\n.\r\nMAIL FROM:<evil@example.com>\r\n'],
  ['CR . CR', '\r.\rMAIL FROM:<evil@example.com>\r\n'],
  ['CRLF . LF', '\r\n.\nMAIL FROM:<evil@example.com>\r\n'],
])('commands hidden behind a bare end of mail are refused: %s', async (_name, hidden) => {
  const session = await open();
  await session.say('EHLO peer.example.com');
  expect(await session.send(`${plainMail({})}${hidden}b`)).toMatch(/^554 5\.6\.0/);
  expect(await count()).toBe(0);
});

test('dot-stuffing is undone, byte by byte, and a lone dot is text', async () => {
  const session = await open();
  await session.say('EHLO peer.example.com');
  await session.say('MAIL FROM:<a@example.com>');
  await session.say('RCPT TO:<support@lodge.localhost>');
  await session.say('DATA');
  for (const byte of plainMail({ text: 'one\n..\n..two\n...' })) session.write(byte);
  expect(await session.say('\r\n.')).toMatch(/^250/);
  await room.settled();
  expect(room.heard[0]?.text).toBe('one\n.\n.two\n..');
});

test('pipelined commands and addresses in UTF-8', async () => {
  const session = await open();
  await session.say('EHLO peer.example.com');
  session.write('MAIL FROM:<jörg@exämple.com> SMTPUTF8\r\nRCPT TO:<support@lodge.localhost>\r\nDATA\r\n');
  for (const start of ['250', '250', '354']) expect(await session.reply()).toMatch(new RegExp(`^${start}`));
  session.write(plainMail({ from: 'Jörg <jörg@exämple.com>', subject: '你好' }));
  expect(await session.say('\r\n.')).toMatch(/^250/);
  await room.settled();
  expect(room.heard[0]).toMatchObject({ from: { address: 'jörg@exämple.com', name: 'Jörg' }, subject: '你好' });
});

test('limits on recipients, mails of an address, connections, and slow senders', async () => {
  const limits = { recipients: 2, mailsPerAddress: 3, connectionsPerAddress: 2, receiveMs: 300, loopbackFree: false };
  const session = await open({ limits });
  await session.say('EHLO peer.example.com');
  await session.say('MAIL FROM:<a@example.com>');
  for (const tag of ['a', 'b']) expect(await session.say(`RCPT TO:<support+${tag}@lodge.localhost>`)).toMatch(/^250/);
  expect(await session.say('RCPT TO:<support+c@lodge.localhost>')).toMatch(/^452/);
  await session.say('RSET');
  for (let i = 0; i < 2; i++) expect(await session.send(plainMail({ text: `${i}` }))).toMatch(/^250/);
  expect(await session.say('MAIL FROM:<a@example.com>')).toMatch(/^451 4\.7\.1/);
  await join();
  const third = await SmtpSession.open(room.port);
  sessions.push(third);
  expect(await third.reply()).toBe('');
  // Its time for one connection is twice that for one mail.
  expect(await session.reply()).toBe('');
});

test('a port in use does not stop the site', async () => {
  await open();
  const { mailroom: _mailroom, site, secrets } = room;
  const said: unknown[] = [];
  const log = {
    ...silentLog,
    error: (facts: unknown) => said.push(facts),
    child: () => log,
  } as unknown as typeof silentLog;
  const second = createMailroom({
    database: site.database,
    secrets,
    log,
    clock: { now: Date.now, monotonic: () => performance.now() },
    site: 'lodge',
    desk: null,
    recogniseKeys: async () => [],
    personalData: false,
    arcSealers: [],
    demo: false,
    smtp: { host: '127.0.0.1', port: room.port, tls: null },
    firstMailbox: { address: 'support@lodge.localhost', name: 'Support' },
  });
  await second.start();
  expect(second.port()).toBeNull();
  expect(said).toMatchObject([{ port: room.port, reason: expect.stringContaining('LODGE_SMTP_PORT') }]);
  await second.stop();
});

test('swaks delivers, with an attachment', async () => {
  await open();
  const { stdout } = await promisify(execFile)(
    'swaks',
    [
      '--server',
      `127.0.0.1:${room.port}`,
      '--from',
      'ada@example.com',
      '--to',
      'support+x@lodge.localhost',
      '--header',
      'Subject: billing: invoice',
      '--body',
      'See the file.',
      '--attach-type',
      'text/plain',
      '--attach-name',
      'log.txt',
      '--attach',
      'a log',
    ],
    { timeout: 20_000 },
  );
  expect(stdout).toMatch(/250 2\.6\.0 Stored as/);
  await room.settled();
  expect(room.heard[0]).toMatchObject({
    subject: 'billing: invoice',
    text: 'See the file.',
    attachments: [{ name: 'log.txt', type: 'text/plain', size: expect.any(Number), scan: 'unscanned' }],
    attachedTexts: [expect.stringContaining('a log')],
  });
});
