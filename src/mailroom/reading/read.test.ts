import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { newKey } from '../../base/key-format.ts';
import { mailOf, multipart, readMail } from './testing.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');

/** A word in a character set, by its bytes. */
const charsets: readonly [charset: string, bytes: Buffer, text: string][] = [
  ['utf-8', Buffer.from('你好 Grüße'), '你好 Grüße'],
  ['gb2312', hex('c4e3bac3'), '你好'],
  ['gbk', hex('c4e3bac3'), '你好'],
  ['gb18030', hex('c4e3bac3 8130 8130'), '你好\u0080'],
  ['big5', hex('a741a66e'), '你好'],
  ['iso-2022-jp', hex('1b2442 467c 4b5c 1b2842'), '日本'],
  ['shift_jis', hex('93fa967b'), '日本'],
  ['euc-jp', hex('c6fccbdc'), '日本'],
  ['euc-kr', hex('c7d1b1db'), '한글'],
  ['ks_c_5601-1987', hex('c7d1b1db'), '한글'],
  ['koi8-r', hex('f0d2c9d7c5d4'), 'Привет'],
  ['koi8-u', hex('f0d2c9d7a6d4'), 'Привіт'],
  ['windows-1250', hex('8e6c759d'), 'Žluť'],
  ['windows-1251', hex('cff0e8e2e5f2'), 'Привет'],
  ['windows-1252', hex('47 72 fc df 65 80'), 'Grüße€'],
  ['windows-1253', hex('c3e5e9e1'), 'Γεια'],
  ['windows-1254', hex('fef0'), 'şğ'],
  ['windows-1255', hex('f9ece5ed'), 'שלום'],
  ['windows-1256', hex('e3d1cdc8c7'), 'مرحبا'],
  ['windows-1257', hex('e0e8'), 'ąč'],
  ['windows-1258', hex('d0'), 'Đ'],
  ['windows-874', hex('caa7'), 'สง'],
  ['tis-620', hex('caa7'), 'สง'],
  ['iso-8859-1', hex('4772fcdf65'), 'Grüße'],
  ['iso-8859-2', hex('ae6c75bb'), 'Žluť'],
  ['iso-8859-5', hex('bfe0d8d2d5e2'), 'Привет'],
  ['iso-8859-7', hex('c3e5e9e1'), 'Γεια'],
  ['iso-8859-8-i', hex('f9ece5ed'), 'שלום'],
  ['iso-8859-9', hex('fef0'), 'şğ'],
  ['iso-8859-15', hex('a4'), '€'],
  ['macintosh', hex('9f'), 'ü'],
  ['utf-16le', Buffer.from('你好', 'utf16le'), '你好'],
];

test.each(charsets)('text in %s', async (charset, bytes, text) => {
  const header = (more: string) => [
    `Content-Type: text/plain; charset=${charset}`,
    `Content-Transfer-Encoding: ${more}`,
  ];
  const encoded = await readMail(mailOf(header('base64'), bytes.toString('base64')));
  expect(encoded.text).toBe(text.replace('\u0080', ''));
});

test.each<[string, string[], Buffer, string]>([
  [
    'GB 18030 that is called UTF-8',
    ['Content-Type: text/plain; charset=utf-8'],
    hex('c4e3bac3a3acd5cbbba7b3f6b4edc1cb'),
    '你好，账户出错了',
  ],
  ['GB 18030 that is called nothing', [], hex('c4e3bac3a3acd5cbbba7b3f6b4edc1cb'), '你好，账户出错了'],
  [
    'Latin-1 that is called UTF-8',
    ['Content-Type: text/plain; charset=utf-8'],
    Buffer.from('Grüße, schönes Wetter', 'latin1'),
    'Grüße, schönes Wetter',
  ],
  ['UTF-8 that is called nothing', [], Buffer.from('你好'), '你好'],
  ['a set that does not exist', ['Content-Type: text/plain; charset=klingon-8'], Buffer.from('plain'), 'plain'],
])('mislabelled text: %s', async (_name, headers, bytes, text) => {
  expect((await readMail(mailOf(headers, bytes))).text).toBe(text);
});

test('subjects and names in encoded words, also broken ones', async () => {
  const headers = [
    'Subject: =?gb2312?B?xOO6ww==?= =?utf-8?Q?_Gr=C3=BC=C3=9Fe?= =?nonsense',
    'To: =?utf-8?B?5bCP5piO?= <support@lodge.localhost>',
  ];
  const mail = await readMail(mailOf(headers, 'x', '=?iso-8859-1?Q?J=F6rg?= <JOERG@Example.com>'));
  expect(mail.subject).toBe('你好 Grüße =?nonsense');
  expect(mail.from).toEqual({ address: 'joerg@example.com', name: 'Jörg' });
  expect(mail.to).toEqual([{ address: 'support@lodge.localhost', name: '小明' }]);
});

test('keys are taken out of every surface, and are known to the caller alone', async () => {
  const { secret } = newKey('lodge');
  const { headers, body } = multipart('mixed', [
    { type: 'text/plain; charset=utf-8', body: `My key is ${secret.slice(0, 20)}\r\n> ${secret.slice(20)}\r\nok` },
    { type: 'text/html', body: `<p title="${secret}">It <b>${secret.slice(0, 30)}</b>${secret.slice(30)}</p>` },
    {
      type: `text/plain; name="${secret}.log"`,
      body: `Authorization: Bearer ${secret}`,
      headers: ['Content-Disposition: attachment'],
    },
    {
      type: 'message/rfc822',
      body: `From: b@example.com\r\nSubject: inner\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(`key ${secret}`).toString('base64')}`,
    },
  ]);
  const raw = mailOf(
    [`Subject: ${secret}`, `To: "${secret}" <support@lodge.localhost>`, ...headers],
    body,
    `"${secret}" <ada@example.com>`,
  );
  const mail = await readMail(raw);
  expect(mail.ownKeys).toMatchObject([{ secret }]);
  const { ownKeys: _found, files, ...kept } = mail;
  const whole =
    JSON.stringify(kept) + files.map(({ bytes, name }) => name + Buffer.from(bytes).toString('latin1')).join();
  expect(whole).not.toContain(secret.slice(16, 40));
  expect(whole).not.toContain(Buffer.from(secret).toString('base64').slice(8, 40));
  expect(mail.findings.some(({ kind }) => kind === 'own_key')).toBe(true);
  expect(mail.text).toMatch(/^My key is \[[^\]]*\]\s+ok\s/);
});

test('attachments are what their bytes are, not what they are called', async () => {
  const png = hex('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489');
  const attach = (name: string) => [
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
  ];
  const { headers, body } = multipart('mixed', [
    { type: 'text/plain', body: 'files' },
    { type: 'text/plain', body: png.toString('base64'), headers: attach('../../etc/passwd.txt') },
    { type: 'image/png', body: Buffer.from('<svg onload=alert(1)>').toString('base64'), headers: attach('x.png') },
    {
      type: 'image/png',
      body: Buffer.from('<html><script>1</script>').toString('base64'),
      headers: attach('a\u202egnp.exe'),
    },
    { type: 'application/ms-tnef', body: hex('789f3e2201000000').toString('base64'), headers: attach('winmail.dat') },
    { type: 'application/json', body: gzipSync('{}').toString('base64'), headers: attach('x.json') },
    {
      type: 'application/octet-stream',
      body: Buffer.from('{"a": 1}').toString('base64'),
      headers: attach('body.json'),
    },
  ]);
  const mail = await readMail(mailOf(headers, body));
  expect(mail.files.map(({ name, type }) => [name, type])).toEqual([
    ['passwd.txt', 'image/png'],
    ['x.png', 'image/svg+xml'],
    ['agnp.exe', 'text/html'],
    ['winmail.dat', 'application/ms-tnef'],
    ['x.json', 'application/gzip'],
    ['body.json', 'application/json'],
  ]);
  expect(mail.text).toContain('winmail.dat');
  expect(mail.attachedTexts).toContain('{"a": 1}');
});

test('more files than are kept are left out, and said so', async () => {
  const parts = Array.from({ length: 25 }, (_, i) => ({
    type: 'text/plain',
    body: `${i}`,
    headers: ['Content-Disposition: attachment'],
  }));
  const { headers, body } = multipart('mixed', [{ type: 'text/plain', body: 'many' }, ...parts]);
  const mail = await readMail(mailOf(headers, body));
  expect(mail.files).toHaveLength(20);
  expect(mail.text).toMatch(/^many\n\n\[5 more attachments/);
});

test('an invitation has a line, a mail within a mail its text', async () => {
  const ics =
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Review\\, weekly\r\nDTSTART;TZID=Europe/Berlin:20261123T100000\r\nDTEND:20261123T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR';
  const { headers, body } = multipart('mixed', [
    { type: 'text/plain', body: 'See below.' },
    { type: 'text/calendar; method=REQUEST', body: ics },
    { type: 'message/rfc822', body: 'From: b@example.com\r\nSubject: T-1\r\n\r\nRequest req_1' },
  ]);
  const mail = await readMail(mailOf(headers, body));
  expect(mail.text).toBe(
    'See below.\n\n[Calendar: Review, weekly, 2026-11-23 10:00 (Europe/Berlin) – 2026-11-23 10:00 UTC]',
  );
  expect(mail.quoted).toContain('> Subject: T-1');
  expect(mail.quoted).toContain('> Request req_1');
  expect(mail.files.map(({ name }) => name)).toEqual(['invitation.ics', 'message.eml']);
});

test('HTML alone has its text, and what may be shown of it', async () => {
  const html =
    '<html><body><p>It <b>fails</b>.</p><script>alert(1)</script><img src="http://x.example/t.gif"><a href="javascript:1" onclick="2">x</a></body></html>';
  const mail = await readMail(mailOf(['Content-Type: text/html'], html));
  expect(mail.text).toContain('It fails.');
  expect(mail.html).toContain('<b>fails</b>');
  expect(mail.html).not.toMatch(/script|onclick| src=/);
});

test('a mail without From is from whom the envelope names, unproven; without either it is beyond reading', async () => {
  const raw = 'Subject: x\r\n\r\ntext';
  expect(await readMail(raw)).toMatchObject({ from: { address: 'ada@example.com' }, sender: { verified: false } });
  const nobody = { from: '', to: [], helo: null, ipAddress: null };
  await expect(readMail(raw, { envelope: nobody })).rejects.toMatchObject({ problem: 'no_sender' });
});

test('null characters and turned-around text are not passed on', async () => {
  const mail = await readMail(
    mailOf(['Subject: a\u202eb\u0000c'], 'x\u0000y\u2066z\u0007', '"\u202eada" <ada@example.com>'),
  );
  expect(mail).toMatchObject({ subject: 'abc', text: 'xyz', from: { name: 'ada' } });
});

test.each([
  ['Sat, 21 Nov 2026 14:05:00 +0800', 480],
  ['Sat, 21 Nov 2026 14:05 -0330 (NST)', -210],
  ['Sat, 21 Nov 2026 14:05:00 +0000', 0],
  ['Sat, 21 Nov 2026 14:05:00 -0000', null],
  ['Sat, 21 Nov 2026 14:05:00 GMT', null],
  ['Sat, 21 Nov 2026 14:05:00 +9900', null],
])('the clock on the writer’s wall: %s', async (date, minutes) => {
  expect((await readMail(mailOf([`Date: ${date}`], 'It fails at 14:05.'))).sentOffsetMinutes).toBe(minutes);
});
