import { generateKeyPairSync } from 'node:crypto';
import { dkimSign, sealMessage } from 'mailauth';
import { expect, test } from 'vitest';
import { dnsOf, plainMail } from '../testing.ts';
import type { Reading, ReadJob } from './reading.ts';
import { readMail } from './testing.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const key = [[`v=DKIM1; k=rsa; p=${publicKey.export({ format: 'der', type: 'spki' }).toString('base64')}`]];
const signers = ['example.com', 'mail.example.com', 'notexample.com', 'evil.example', 'lists.example'];
const dns = dnsOf({
  ...Object.fromEntries(signers.map((domain) => [`TXT s._domainkey.${domain}`, key])),
  'TXT _dmarc.example.com': [['v=DMARC1; p=reject']],
  'TXT _dmarc.evil.example': [['v=DMARC1; p=reject']],
});

async function signed(from: string, domain: string): Promise<string> {
  const raw = plainMail({ from });
  const signer = { signingDomain: domain, selector: 's', privateKey: pem };
  const { signatures } = await dkimSign(raw, { ...signer, signatureData: [signer] });
  return signatures + raw;
}

const read = (raw: string | Buffer, more: Partial<ReadJob> = {}): Promise<Reading> => readMail(raw, more, dns);

test.each([
  ['ada@example.com', 'ada@example.com'],
  ['Ada <ADA@Example.com>', 'ada@example.com'],
  ['"eve@evil.example" <ada@example.com>', 'ada@example.com'],
  ['eve@evil.example <ada@example.com>', 'ada@example.com'],
  ['Lovelace, Ada <ada@example.com>', 'ada@example.com'],
  ['ada@example.com (Ada)', 'ada@example.com'],
  ['=?utf-8?q?=3Ceve=40evil=2Eexample=3E?= <ada@example.com>', 'ada@example.com'],
])('one author, however they call themselves: %s', async (from, address) => {
  expect(await read(await signed(from, 'example.com'))).toMatchObject({
    from: { address },
    sender: { verified: true },
  });
});

test.each([
  ['two addresses', 'ada@example.com, eve@evil.example'],
  ['two in brackets', '<ada@example.com> <eve@evil.example>'],
  ['one behind the brackets', '<ada@example.com> eve@evil.example'],
  ['one on the next line', 'ada@example.com\r\n eve@evil.example'],
  ['a group', 'Friends: ada@example.com;'],
  ['a route', '<@evil.example:ada@example.com>'],
  ['a quote without an end', '"Ada <ada@example.com>'],
  ['a letter that is another in lower case', '\u212aim@example.com'],
  ['wide letters', 'ada@\uff45xample.com'],
  ['two headers', 'eve@evil.example\r\nFrom: ada@example.com'],
  ['a header that one of two programs sees', 'eve@evil.example\r\n\0From: ada@example.com'],
  ['letters that look alike', 'ada@ex\u0430mple.com'],
])('nobody is proven by a From that may be read otherwise: %s', async (_what, from) => {
  for (const domain of ['example.com', 'evil.example'])
    expect((await read(await signed(from, domain))).sender.verified).toBe(false);
});

test('without any address in From the envelope says whom it is from, and nothing proves it', async () => {
  const envelope = { from: 'eve@evil.example', to: [], helo: null, ipAddress: '203.0.113.5' };
  for (const from of ['', 'Ada', '<>', 'undisclosed:;'])
    expect(await read(await signed(from, 'evil.example'), { envelope })).toMatchObject({
      from: { address: 'eve@evil.example' },
      sender: { verified: false },
    });
});

test.each([
  ['the domain itself', 'ada@example.com', 'example.com', true],
  ['a sub-domain for its parent', 'ada@example.com', 'mail.example.com', true],
  ['a parent for its sub-domain', 'ada@mail.example.com', 'example.com', true],
  ['one that ends alike', 'ada@example.com', 'notexample.com', false],
  ['another one', 'ada@example.com', 'evil.example', false],
])('who signs for whom: %s', async (_what, from, domain, verified) => {
  expect(await read(await signed(from, domain))).toMatchObject({ from: { address: from }, sender: { verified } });
});

test.each([
  ['not on the list', ['other.example'], 'dmarc=pass header.from=example.com', false],
  ['on the list', ['lists.example'], 'dmarc=pass header.from=example.com', true],
  ['that says it failed', ['lists.example'], 'dmarc=fail header.from=example.com', false],
  ['that speaks of another domain', ['lists.example'], 'dmarc=pass header.from=evil.example', false],
  ['that says nothing', ['lists.example'], 'dkim=pass header.d=example.com', false],
])('a sealer %s', async (_what, arcSealers, told, verified) => {
  const raw = plainMail({ from: 'ada@example.com' });
  const seal = await sealMessage(raw, {
    signingDomain: 'lists.example',
    selector: 's',
    privateKey: pem,
    authResults: `lists.example; ${told}`,
    cv: 'none',
  });
  const sealed = Buffer.concat([Buffer.from(seal), Buffer.from(raw)]);
  expect((await read(sealed, { arcSealers })).sender).toMatchObject({ verified });
});
