import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { returnPath } from '../../mail/index.ts';
import { readHeaderBlock } from '../header-block.ts';
import { decideAutomatic } from './automatic.ts';
import { mailOf, multipart, readMail, tokenKey } from './testing.ts';

const decide = (header: string, parts: Partial<Parameters<typeof decideAutomatic>[0]> = {}) =>
  decideAutomatic({
    headers: readHeaderBlock(Buffer.from(`${header}\r\n\r\n`)).lines,
    envelopeFrom: 'ada@example.com',
    from: 'ada@example.com',
    subject: 'bug: it fails',
    ownLoop: false,
    atReturnPath: false,
    ...parts,
  });

test.each([
  ['Auto-Submitted: auto-replied', 'auto-reply'],
  ['Auto-Submitted: auto-generated', 'auto-reply'],
  ['Auto-Submitted: auto-notified; owner-email="a@b"', 'auto-reply'],
  ['X-Auto-Response-Suppress: All', 'auto-reply'],
  ['X-Auto-Response-Suppress: OOF, AutoReply', 'auto-reply'],
  ['X-Autoreply: yes', 'auto-reply'],
  ['X-Autorespond: vacation', 'auto-reply'],
  ['Precedence: auto_reply', 'auto-reply'],
  ['Precedence: junk', 'auto-reply'],
  ['Precedence: bulk', 'list'],
  ['Precedence: list', 'list'],
  ['List-Id: <x.example.org>', 'list'],
  ['List-Unsubscribe: <mailto:x@example.org>', 'list'],
  ['Content-Type: multipart/report; report-type=delivery-status; boundary=x', 'bounce'],
  ['X-Failed-Recipients: eve@example.net', 'bounce'],
  ['Auto-Submitted: no', null],
  ['X-Auto-Response-Suppress: None', null],
  ['Precedence: first-class', null],
  ['X-Mailer: Auto', null],
])('by header: %s is %s', (header, expected) => {
  expect(decide(header)).toBe(expected);
});

test.each([
  ['Automatic reply: bug', 'auto-reply'],
  ['Out of Office: away', 'auto-reply'],
  ['Automatische Antwort: weg', 'auto-reply'],
  ['自动回复: 您好', 'auto-reply'],
  ['自動返信: 不在', 'auto-reply'],
  ['Réponse automatique : absent', 'auto-reply'],
  ['bug: your automatic reply is wrong', null],
  ['Delivery of my order?', null],
])('by subject: %s is %s', (subject, expected) => {
  expect(decide('X: y', { subject })).toBe(expected);
});

test.each([
  ['mailer-daemon@example.com', 'Undelivered Mail Returned to Sender', 'bounce'],
  ['postmaster@example.com', '系统退信', 'bounce'],
  ['noreply@example.com', 'News', 'auto-reply'],
  ['no-reply+x@example.com', 'News', 'auto-reply'],
  ['postmaster@example.com', 'Question about your TLS', null],
  ['norbert@example.com', 'x', null],
])('by sender: %s, %s is %s', (from, subject, expected) => {
  expect(decide('X: y', { from, subject })).toBe(
    expected === null && from.startsWith('postmaster') ? 'auto-reply' : expected,
  );
});

test('the null return path and our own loop header', () => {
  expect(decide('X: y', { envelopeFrom: '' })).toBe('auto-reply');
  expect(decide('X: y', { envelopeFrom: null })).toBeNull();
  expect(decide('List-Id: <x>', { ownLoop: true })).toBe('loop');
});

/** As `src/mail/` makes it: the first 80 bits in base 32. */
function loopToken(key: Buffer): string {
  const digest = createHmac('sha256', key).update('loop\n').digest().subarray(0, 10);
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five, 2)])
    .join('');
}

test('our own loop header is known by its mark, and nobody else’s', async () => {
  expect((await readMail(mailOf([`X-Loop: ${loopToken(tokenKey)}`], 'x'))).automatic).toBe('loop');
  expect((await readMail(mailOf(['X-Loop: support@lodge.localhost'], 'x'))).automatic).toBeNull();
});

const outboxId = `mail_${'0123456789ab'.repeat(2)}`;
const path = returnPath(tokenKey, 'support@lodge.localhost', outboxId);

async function bounceOf(raw: Buffer, to = path) {
  const mail = await readMail(raw, {
    envelope: { from: '', to: [to], helo: 'mx.example.net', ipAddress: '203.0.113.5' },
  });
  expect(mail.automatic).toBe('bounce');
  return mail.bounce;
}

function report(status: string, action: string, diagnostic: string): Buffer {
  const { headers, body } = multipart('report; report-type=delivery-status', [
    { type: 'text/plain', body: 'Your message could not be delivered.' },
    {
      type: 'message/delivery-status',
      body: `Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; eve@example.net\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp;\r\n ${diagnostic}\r\n`,
    },
    { type: 'text/rfc822-headers', body: 'Message-ID: <t.1001.x.y@lodge.localhost>\r\nSubject: x\r\n' },
  ]);
  return mailOf(['Subject: Undelivered Mail Returned to Sender', ...headers], body, 'MAILER-DAEMON@example.net');
}

test.each([
  ['5.1.1', 'failed', '550 5.1.1 User unknown', true],
  ['5.1.10', 'failed', '550 5.1.10 Recipient not found', true],
  ['5.1.2', 'failed', '550 Host not found', true],
  ['5.0.0', 'failed', '550 No such user here', true],
  ['5.2.1', 'failed', '550 mailbox disabled', true],
  ['5.2.2', 'failed', '552 5.2.2 Mailbox full', false],
  ['5.1.1', 'failed', '550 the recipient’s mailbox is full', false],
  ['5.7.1', 'failed', '550 5.7.1 Message rejected due to spam policy', false],
  ['5.7.26', 'failed', '550 5.7.26 Unauthenticated, DMARC', false],
  ['5.3.4', 'failed', '552 message too large', false],
  ['5.4.7', 'failed', 'delivery time expired', false],
  ['4.4.1', 'delayed', 'connection timed out', false],
  ['2.0.0', 'delivered', 'ok', false],
])('RFC 3464: %s, %s, %s is hard: %s', async (status, action, diagnostic, hard) => {
  expect(await bounceOf(report(status, action, diagnostic))).toEqual({
    outboxId,
    messageId: '<t.1001.x.y@lodge.localhost>',
    recipient: 'eve@example.net',
    status,
    hard,
  });
});

test.each([
  [
    'qmail',
    'failure notice',
    'Hi. This is the qmail-send program at x.\n\n<eve@example.net>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line\nMessage-ID: <m@lodge.localhost>',
    '5.1.1',
    true,
  ],
  [
    'Exim',
    'Mail delivery failed: returning message to sender',
    'The following address(es) failed:\n  eve@example.net\n    550 Unrouteable: user unknown\n\nMessage-ID: <m@lodge.localhost>',
    null,
    true,
  ],
  [
    'Chinese',
    '系统退信',
    '很抱歉您发送的邮件被退回\n收件人 eve@example.net\n原因：用户不存在\nMessage-ID: <m@lodge.localhost>',
    null,
    true,
  ],
  ['Chinese, full', '系统退信', '收件人 eve@example.net\n原因：邮箱已满\nMessage-ID: <m@lodge.localhost>', null, false],
  [
    'German',
    'Unzustellbar: Re: x',
    'eve@example.net: Empfänger existiert nicht\nMessage-ID: <m@lodge.localhost>',
    null,
    true,
  ],
  ['French', 'Échec de remise', 'eve@example.net : utilisateur inconnu\nMessage-ID: <m@lodge.localhost>', null, true],
  [
    'Gmail, full',
    'Delivery Status Notification (Failure)',
    'eve@example.net over quota 5.2.2\nMessage-ID: <m@lodge.localhost>',
    '5.2.2',
    false,
  ],
])('in free form: %s', async (_name, subject, text, status, hard) => {
  const raw = mailOf(
    [`Subject: ${subject}`, 'Content-Type: text/plain; charset=utf-8'],
    text,
    'MAILER-DAEMON@example.net',
  );
  expect(await bounceOf(raw, 'support@lodge.localhost')).toEqual({
    outboxId: null,
    messageId: '<m@lodge.localhost>',
    recipient: 'eve@example.net',
    status,
    hard,
  });
});
