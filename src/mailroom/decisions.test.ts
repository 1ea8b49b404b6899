import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { Arrivals } from './arrivals.ts';
import { setbackOf } from './carry.ts';
import type { Claim } from './claims.ts';
import { fingerprintOf } from './fingerprint.ts';
import { ReadingError } from './reading/reading.ts';
import { decideRecipient, type MailboxAddress } from './recipients.ts';
import { withLocalhost } from './resolver.ts';
import { LaterError } from './state.ts';
import { hasStrayDotLine } from './stray-dots.ts';
import { dnsOf } from './testing.ts';

describe('recipients', () => {
  const mailboxes: MailboxAddress[] = [
    { id: 'billing', address: 'billing@example.com', purpose: 'billing' },
    { id: 'support', address: 'support@example.com', purpose: 'support' },
    { id: 'security', address: 'security@other.example', purpose: 'security' },
  ];
  const decide = (address: string) => decideRecipient(address, mailboxes, (one) => one.startsWith('bounces+good@'));

  test.each([
    ['support@example.com', 'support'],
    ['Support+T.1.x@EXAMPLE.com', 'support'],
    ['"support"@example.com', 'support'],
    ['postmaster@example.com', 'support'],
    ['abuse@other.example', 'security'],
  ])('%s is read in %s', (address, mailboxId) => {
    expect(decide(address)).toEqual({ kind: 'mailbox', mailboxId });
  });

  test.each([
    'support',
    'support@',
    '@example.com',
    'x@example.com',
    'support@example.org',
    'support@evil@example.com',
    'bounces+bad@example.com',
    'bounces+good@example.org',
    '',
  ])('%s is nobody here', (address) => {
    expect(decide(address)).toEqual({ kind: 'unknown' });
  });

  test('a return path of ours is one in our domains only', () => {
    expect(decide('bounces+good@example.com')).toEqual({ kind: 'return-path', mailboxId: 'support' });
  });
});

describe('what tells mails apart', () => {
  const mail = 'From: a@example.com\r\nMessage-ID: <1@example.com>\r\nSubject: x\r\n\r\nText\r\n';
  const hash = (raw: string) => fingerprintOf(Buffer.from(raw)).contentSha256.toString('hex');

  test('trace headers, line ends and folding do not; text, subject and sender do', () => {
    const same = [
      `Received: from x\r\n by y\r\n${mail}`,
      mail.replaceAll('\r\n', '\n'),
      `${mail}\r\n\r\n`,
      mail.replace('Subject: x', 'Subject:\r\n x'),
      `Delivered-To: b@example.com\r\n${mail}`,
    ];
    for (const raw of same) expect(hash(raw)).toBe(hash(mail));
    const others = [
      mail.replace('Text', 'text'),
      mail.replace('Subject: x', 'Subject: y'),
      mail.replace('From: a', 'From: b'),
    ];
    expect(new Set([mail, ...others].map(hash)).size).toBe(4);
  });

  test('ids: as written, without brackets, none, several, absurd', () => {
    const id = (header: string) => fingerprintOf(Buffer.from(`${header}\r\n\r\nx`)).messageId;
    expect(id('Message-ID: <a@b>')).toBe('<a@b>');
    expect(id('message-id:\r\n <a@b>')).toBe('<a@b>');
    expect(id('Message-ID: a@b')).toBe('<a@b>');
    expect(id('Message-ID: <a@b> <c@d>')).toBe('<a@b>');
    for (const header of [
      'X: y',
      'Message-ID: ',
      'Message-ID: <>',
      'Message-ID: a b',
      `Message-ID: <${'x'.repeat(600)}>`,
    ])
      expect(id(header)).toMatch(/^<[0-9a-f]{40}@message-id\.invalid>$/);
  });

  test('any bytes have one', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => void fingerprintOf(Buffer.from(bytes))));
  });
});

test('lone dots between bare line ends are found wherever they stand, and no others', () => {
  const piece = fc.constantFrom('\r\n', '\n', '\r', '.', 'a', '..');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = `x${pieces.join('')}x`;
      const plainly = [...text.matchAll(/(?<=(\r\n|\r|\n))\.(?=(\r\n|\r|\n))/g)].some(
        ({ index }) => !(text.slice(0, index).endsWith('\r\n') && text.slice(index + 1).startsWith('\r\n')),
      );
      expect(hasStrayDotLine(Buffer.from(text))).toBe(plainly);
    }),
  );
});

describe('what becomes of a step that failed', () => {
  const claim = (attempts: number): Claim => ({ id: 'imail_1', state: 'stored', attempts });
  const setback = (error: unknown, attempts: number, ageMs = 0) => setbackOf(error, claim(attempts), 0, ageMs);

  test('tried ten times with growing pauses, then it waits for people', () => {
    const pauses = Array.from({ length: 9 }, (_, i) => setback(new Error('x'), i + 1)).map((one) =>
      one.kind === 'again' ? one.afterMs : 0,
    );
    expect([...pauses].sort((a, b) => a - b)).toEqual(pauses);
    expect(pauses[0]).toBe(1_000);
    expect(setback(new Error('x'), 10)).toMatchObject({ kind: 'quarantine', code: 'tries_used_up' });
  });

  test('a mail beyond reading waits for people at once; what may be the machine’s fault gets a second chance', () => {
    expect(setback(new ReadingError('too_deep', 'x'), 1)).toMatchObject({ kind: 'quarantine', code: 'too_deep' });
    for (const problem of ['took_too_long', 'reader_died'] as const) {
      expect(setback(new ReadingError(problem, 'x'), 1)).toMatchObject({ kind: 'again', counted: true });
      expect(setback(new ReadingError(problem, 'x'), 2)).toMatchObject({ kind: 'quarantine', code: problem });
    }
  });

  test('waiting is no try, for ten minutes', () => {
    expect(setback(new LaterError(500, 'x'), 3)).toEqual({ kind: 'again', afterMs: 500, counted: false, words: null });
    expect(setback(new LaterError(500, 'x'), 3, 700_000)).toMatchObject({ counted: true });
  });

  test('words are short and of one line', () => {
    expect(setback(new Error(`a\nb\0${'x'.repeat(1_000)}`), 1)).toMatchObject({
      words: expect.stringMatching(/^a b x{296}$/),
    });
  });
});

test('mails of an address within a sliding minute', () => {
  const clock = new ManualClock(0);
  const arrivals = new Arrivals(clock);
  for (let i = 0; i < 10; i++) arrivals.mail('203.0.113.1');
  clock.advance(90_000);
  expect(arrivals.mail('203.0.113.1')).toBe(6);
  expect(arrivals.mail('203.0.113.2')).toBe(1);
  clock.advance(120_000);
  expect(arrivals.mail('203.0.113.1')).toBe(1);
  expect([arrivals.opened('a'), arrivals.opened('a')]).toEqual([1, 2]);
  arrivals.closed('a');
  expect(arrivals.opened('a')).toBe(2);
});

test('.localhost is answered by the site alone', async () => {
  const real = dnsOf({ 'TXT _dmarc.localhost.example': [['real']], 'TXT _dmarc.x.localhost': [['forged']] });
  const key = { selector: 's', record: 'v=DKIM1; p=x' };
  const own = withLocalhost(real, key);
  expect(await own('s._domainkey.x.localhost', 'TXT', 1)).toEqual([[key.record]]);
  expect(await own('_DMARC.x.localhost.', 'TXT', 1)).toEqual([['v=DMARC1; p=reject; adkim=s; aspf=s']]);
  expect(await own('_dmarc.localhost.example', 'TXT', 1)).toEqual([['real']]);
  for (const [name, type] of [
    ['x.localhost', 'TXT'],
    ['other._domainkey.x.localhost', 'TXT'],
    ['x.localhost', 'A'],
  ] as const)
    await expect(own(name, type, 1)).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(withLocalhost(real, null)('_dmarc.x.localhost', 'TXT', 1)).rejects.toMatchObject({ code: 'ENOTFOUND' });
});
