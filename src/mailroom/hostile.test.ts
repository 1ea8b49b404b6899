import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../base/limits.ts';
import { mailOf, multipart } from './reading/testing.ts';
import { SmtpSession, startTestMailroom, type TestMailroom } from './testing.ts';

let room: TestMailroom;
let session: SmtpSession;
beforeAll(async () => {
  room = await startTestMailroom();
  session = await SmtpSession.open(room.port);
  await session.say('EHLO peer.example.com');
});
afterAll(async () => {
  session.close();
  await room.close();
});

const repeat = (text: string, times: number) => text.repeat(times);
const parts = (count: number) =>
  multipart(
    'mixed',
    Array.from({ length: count }, (_, i) => ({ type: 'text/plain', body: `${i}` })),
  );
const of = ({ headers, body }: { headers: string[]; body: Buffer }) => mailOf(headers, body);

function nested(depth: number): Buffer {
  let body: string | Buffer = 'inmost';
  let type = 'text/plain';
  for (let i = 0; i < depth; i++) {
    const made = multipart('mixed', [{ type, body }], `b${i}`);
    body = made.body;
    type = `multipart/mixed; boundary="b${i}"`;
  }
  return mailOf(['MIME-Version: 1.0', `Content-Type: ${type}`], body);
}

function matryoshka(depth: number): Buffer {
  let raw = mailOf([], 'inmost');
  for (let i = 0; i < depth; i++) raw = mailOf(['Content-Type: message/rfc822'], raw);
  return raw;
}

const html = (body: string) => mailOf(['Content-Type: text/html; charset=utf-8'], body);
const kB = (count: number) => count * 1_024;

/** What becomes of it: `read`, or the code under which it waits in quarantine. Either is sound; a crash or a hang is not. */
const corpus: readonly [name: string, raw: () => string | Buffer, becomes: string][] = [
  ['nothing at all', () => '', 'read'],
  ['no header', () => '\r\njust text', 'read'],
  ['no body', () => 'From: a@example.com', 'read'],
  ['header lines without a colon', () => 'From a@example.com\r\nx\r\n\r\ny', 'read'],
  [
    'random bytes',
    () =>
      Buffer.from(
        randomBytes(kB(64))
          .toString('latin1')
          .replace(/\r?\n?\.\r?\n?/g, ''),
        'latin1',
      ),
    'any',
  ],
  ['null characters all over', () => mailOf(['Subject: a\0b'], repeat('x\0', 50_000)), 'read'],
  ['turned-around text', () => mailOf(['Subject: \u202egpj.exe'], '\u202e\u2066'.repeat(10_000)), 'read'],
  ['a header of 2 MB', () => mailOf([`X-Long: ${repeat('x', 2_000_000)}`], 'x'), 'header_too_large'],
  ['200,000 header lines', () => mailOf([repeat('X-A: b\r\n', 200_000).trimEnd()], 'x'), 'header_too_large'],
  ['From of 200 kB', () => mailOf([], 'x', `"${repeat('\\"', 100_000)}" <a@example.com>`), 'any'],
  ['10,000 addresses', () => mailOf([`To: ${repeat('a@example.com,', 10_000)}b@example.com`], 'x'), 'read'],
  ['groups of addresses in each other', () => mailOf([`To: ${repeat('g:', 50_000)}`], 'x'), 'any'],
  ['comments in comments', () => mailOf([`To: ${repeat('(', 50_000)}`], 'x'), 'any'],
  ['encoded words without end', () => mailOf([`Subject: ${repeat('=?utf-8?Q?a?= ', 15_000)}`], 'x'), 'read'],
  [
    'parameters in 5,000 pieces',
    () =>
      mailOf([`Content-Type: text/plain; ${Array.from({ length: 5_000 }, (_, i) => `name*${i}=x`).join('; ')}`], 'x'),
    'any',
  ],
  ['100 parts', () => of(parts(100)), 'read'],
  ['10,000 parts', () => of(parts(10_000)), 'too_many_parts'],
  [
    '200,000 boundaries',
    () => mailOf(['Content-Type: multipart/mixed; boundary=a'], repeat('--a\r\n', 200_000)),
    'too_many_parts',
  ],
  ['parts 20 deep', () => nested(20), 'read'],
  ['parts 150 deep', () => nested(150), 'too_deep'],
  ['mails in each other, 40 deep', () => matryoshka(40), 'read'],
  ['mails in each other, 2,000 deep', () => matryoshka(2_000), 'any'],
  [
    'a part without its end',
    () => mailOf(['Content-Type: multipart/mixed; boundary=a'], '--a\r\nContent-Type: text/plain\r\n\r\nhalf'),
    'read',
  ],
  [
    'a boundary that is its own prefix',
    () => mailOf(['Content-Type: multipart/mixed; boundary="a"'], '--a\r\n\r\none\r\n--aa\r\ntwo\r\n--a--'),
    'read',
  ],
  ['an empty boundary', () => mailOf(['Content-Type: multipart/mixed; boundary=""'], '--\r\n\r\nx\r\n----'), 'read'],
  ['base64 that is none', () => mailOf(['Content-Transfer-Encoding: base64'], repeat('!!!=\0', 20_000)), 'read'],
  [
    'quoted-printable of equal signs',
    () => mailOf(['Content-Transfer-Encoding: quoted-printable'], repeat('=', 2_000_000)),
    'any',
  ],
  ['one line of 2 MB', () => mailOf([], repeat('x', 2_000_000)), 'read'],
  ['one line of 2 MB of letters that look like a key', () => mailOf([], repeat('sk-lodge-A1', 180_000)), 'any'],
  ['300,000 line ends', () => mailOf([], repeat('\r\n', 300_000)), 'any'],
  ['quote marks without end', () => mailOf([], repeat('>', 1_000_000)), 'read'],
  ['2 MB of open tags', () => html(repeat('<div>', 400_000)), 'any'],
  ['2 MB of "<"', () => html(repeat('<', 2_000_000)), 'any'],
  ['2 MB of attributes', () => html(`<a ${repeat('x="y" ', 330_000)}>x</a>`), 'any'],
  ['2 MB of comments', () => html(repeat('<!--', 500_000)), 'any'],
  ['2 MB of entities', () => html(repeat('&amp', 500_000)), 'any'],
  [
    'scripts, styles, refreshes, SVG, data URLs',
    () =>
      html(
        '<meta http-equiv=refresh content="0;url=http://x"><style>@import "http://x"</style><svg onload=alert(1)><script>alert(1)</script></svg><img src=data:text/html,x onerror=alert(1)><iframe srcdoc="<script>1</script>"></iframe><form action=http://x><input></form><base href=http://x><a href="java\tscript:alert(1)">x</a>',
      ),
    'read',
  ],
  [
    'winmail.dat',
    () =>
      of(
        multipart('mixed', [
          {
            type: 'application/ms-tnef',
            body: Buffer.from('eJ8+Ig==', 'base64'),
            headers: ['Content-Disposition: attachment; filename=winmail.dat'],
          },
        ]),
      ),
    'read',
  ],
  [
    'a calendar of 2 MB',
    () =>
      of(
        multipart('mixed', [
          { type: 'text/calendar', body: repeat('BEGIN:VEVENT\r\nSUMMARY;X="a:b:x\r\nEND:VEVENT\r\n', 45_000) },
        ]),
      ),
    'read',
  ],
  [
    'a text file of 6 MB',
    () =>
      of(
        multipart('mixed', [
          {
            type: 'text/plain',
            body: repeat('a line of a log, with numbers 1234567890\r\n', 150_000),
            headers: ['Content-Disposition: attachment'],
          },
        ]),
      ),
    'any',
  ],
  [
    '2,000 signatures',
    () =>
      mailOf(
        [repeat('DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=a; h=from; bh=a; b=a\r\n', 2_000).trimEnd()],
        'x',
      ),
    'any',
  ],
  ['a thousand references', () => mailOf([`References: ${repeat('<a@example.com> ', 5_000)}`], 'x'), 'read'],
  [
    'a bounce of nonsense',
    () =>
      of(
        multipart('report; report-type=delivery-status', [
          { type: 'message/delivery-status', body: repeat('Final-Recipient: x\r\n\r\n', 20_000) },
        ]),
      ),
    'any',
  ],
];

test.each(corpus)('%s', { timeout: 60_000 }, async (name, raw, becomes) => {
  const startMs = performance.now();
  // Dots at the beginning of lines are stuffed, and bare ones are what the listener refuses.
  const bytes = Buffer.from(Buffer.from(raw()).toString('latin1').replace(/^\./gm, '..'), 'latin1');
  expect(await session.send(bytes), name).toMatch(/^250/);
  await room.settled();
  const { rows } = await room.pool.query('select * from incoming_mails order by received_at desc limit 1');
  const [row] = rows;
  const outcome = row.state === 'quarantined' ? row.quarantine_code : 'read';
  if (becomes !== 'any') expect(outcome).toBe(becomes);
  expect(['answered', 'quarantined', 'ignored']).toContain(row.state);
  const tookMs = performance.now() - startMs;
  if (tookMs > 2_000) console.log(`  ${name}: ${outcome} after ${Math.round(tookMs)} ms`);
  // Two tries of a mail that takes too long, and the pause between.
  expect(tookMs).toBeLessThan(2 * limits.mailReadMs + 10_000);
  const mail = room.heard.find(({ id }) => id === row.id);
  if (mail !== undefined)
    expect(mail.html ?? '').not.toMatch(
      /<script|\son\w+=|javascript:|<style|<svg|<iframe|<form|<meta|\ssrc="(?!cid:|data:image)/i,
    );
});
