import { generateKeyPairSync } from 'node:crypto';
import { dkimSign, sealMessage } from 'mailauth';
import { afterEach, expect, test } from 'vitest';
import type { MailroomOptions } from './mailroom.ts';
import type { ReadMail } from './read-mail.ts';
import type { Resolver } from './resolver.ts';
import { dnsOf, plainMail, SmtpSession, startTestMailroom, type TestMailroom } from './testing.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ format: 'der', type: 'spki' }).toString('base64')}`;
const zone = {
  'TXT s._domainkey.example.com': [[record]],
  'TXT s._domainkey.evil.example': [[record]],
  'TXT s._domainkey.lists.example': [[record]],
  'TXT _dmarc.example.com': [['v=DMARC1; p=none']],
  'TXT _dmarc.nowhere.example': [['v=DMARC1; p=reject']],
  'TXT example.com': [['v=spf1 ip4:203.0.113.9 -all']],
  'TXT local.example': [['v=spf1 ip4:127.0.0.1 -all']],
  'TXT _dmarc.local.example': [['v=DMARC1; p=reject']],
};

let room: TestMailroom;
afterEach(() => room.close());

async function read(raw: string | Buffer, from: string, options: Partial<MailroomOptions> = {}): Promise<ReadMail> {
  room = await startTestMailroom({ resolver: dnsOf(zone), ...options });
  const session = await SmtpSession.open(room.port);
  await session.say('EHLO peer.example.com');
  expect(await session.send(raw, from)).toMatch(/^250/);
  await room.settled();
  session.close();
  const [mail] = room.heard;
  if (mail === undefined) throw new Error('The mail was not threaded.');
  return mail;
}

async function signed(raw: string, domain: string, more: object = {}): Promise<string> {
  const key = { signingDomain: domain, selector: 's', privateKey: pem, ...more };
  const { signatures } = await dkimSign(raw, { ...key, signatureData: [key] });
  return signatures + raw;
}

test('signed by the domain of From: proven', async () => {
  const mail = await read(await signed(plainMail({}), 'example.com'), 'bounce@mailer.example');
  expect(mail.sender).toEqual({ verified: true, dmarc: 'pass', spf: 'none', dkim: 'pass', arc: null });
});

test('sent from where SPF allows it: proven', async () => {
  const mail = await read(plainMail({ from: 'Ada <ada@local.example>' }), 'ada@local.example');
  expect(mail.sender).toMatchObject({ verified: true, dmarc: 'pass', spf: 'pass' });
});

test.each<[string, () => Promise<string> | string, string]>([
  ['nobody signs', () => plainMail({}), 'ada@example.com'],
  ['another domain signs', () => signed(plainMail({}), 'evil.example'), 'x@evil.example'],
  [
    'the text was changed',
    async () => (await signed(plainMail({}), 'example.com')).replace('It fails.', 'It works.'),
    'a@x.example',
  ],
  [
    'the domain says nothing of DMARC',
    () => signed(plainMail({ from: 'a@evil.example' }), 'evil.example'),
    'a@evil.example',
  ],
  ['SPF forbids it', () => plainMail({}), 'ada@example.com'],
  [
    'From names two',
    () => signed(plainMail({ from: 'a@example.com, b@evil.example' }), 'example.com'),
    'a@example.com',
  ],
  [
    'From stands twice',
    async () => `From: b@evil.example\r\n${await signed(plainMail({}), 'example.com')}`,
    'a@example.com',
  ],
  [
    'only its beginning is signed',
    async () => `${await signed(plainMail({}), 'example.com', { maxBodyLength: 5 })}more`,
    'x@y.example',
  ],
  ['the demo domain, where there is none', () => plainMail({ from: 'ada@x.localhost' }), 'ada@x.localhost'],
  [
    'it brings its own Return-Path',
    () => `Return-Path: <ada@local.example>\r\n${plainMail({ from: 'ada@local.example' })}`,
    'x@evil.example',
  ],
])('not proven: %s', async (_name, raw, from) => {
  expect((await read(await raw(), from)).sender.verified).toBe(false);
});

test('a forwarder that the operator trusts vouches for mail that it broke, any other does not', async () => {
  const original = await signed(plainMail({}), 'example.com');
  const broken = original.replace('It fails.', 'It fails.\r\n-- \r\nList footer');
  const seal = await sealMessage(broken, {
    signingDomain: 'lists.example',
    selector: 's',
    privateKey: pem,
    authResults: 'lists.example; dkim=pass header.d=example.com; dmarc=pass header.from=example.com',
    cv: 'none',
  });
  const forwarded = Buffer.concat([seal, Buffer.from(broken)]);
  expect((await read(forwarded, 'x@lists.example')).sender).toMatchObject({ verified: false, arc: null });
  await room.close();
  const trusted = await read(forwarded, 'x@lists.example', { arcSealers: ['Lists.example'] });
  expect(trusted.sender).toMatchObject({ verified: true, dmarc: 'fail', arc: 'lists.example' });
});

test('DNS that does not answer is asked again, then the mail goes on unproven', async () => {
  let asked = 0;
  const silent: Resolver = async () => {
    asked++;
    throw Object.assign(new Error('no answer'), { code: 'ETIMEOUT' });
  };
  const mail = await read(await signed(plainMail({}), 'example.com'), 'a@example.com', { resolver: silent });
  expect(mail.sender).toMatchObject({ verified: false, dmarc: 'temperror' });
  const first = asked;
  expect(first).toBeGreaterThan(3);
});

test('DNS that never says anything holds a mail up for its time only', { timeout: 90_000 }, async () => {
  const mail = await read(plainMail({}), 'a@example.com', {
    resolver: () => new Promise(() => undefined),
    dnsMs: 200,
    readMs: 10_000,
  });
  expect(mail.sender.verified).toBe(false);
});

test('what the embedded default signs is proven there, and nowhere else', async () => {
  const trial = {
    as: 'ada@example.localhost',
    name: 'Ada',
    to: 'support@lodge.localhost',
    cc: [],
    replyTo: null,
    subject: 'bug: 你好',
    text: 'It fails.\n.\nAda',
    files: [{ name: 'log.txt', bytes: Buffer.from('a log') }],
    messageId: null,
    inReplyTo: null,
    unsigned: false,
  };
  room = await startTestMailroom({ demo: true });
  const { messageId, reply } = await room.mailroom.send(trial);
  expect(reply).toMatch(/^250/);
  await room.settled();
  expect(room.heard[0]).toMatchObject({
    messageId,
    subject: 'bug: 你好',
    sender: { verified: true, dkim: 'pass', dmarc: 'pass' },
  });
  await room.mailroom.send({ ...trial, unsigned: true, as: 'eve@example.localhost' });
  await room.settled(2);
  expect(room.heard[1]?.sender.verified).toBe(false);
  await expect(room.mailroom.send({ ...trial, as: 'ada@example.com' })).rejects.toMatchObject({
    code: 'mail_sender_not_local',
  });
  await expect(room.mailroom.send({ ...trial, to: 'nobody@lodge.localhost' })).rejects.toMatchObject({
    code: 'mail_refused',
  });
  await room.close();
  room = await startTestMailroom({ demo: false });
  await expect(room.mailroom.send(trial)).rejects.toMatchObject({ code: 'mail_sender_not_local' });
});
