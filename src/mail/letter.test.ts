import { randomBytes } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { parseMailRelay } from '../base/mail-relay.ts';
import { inTransaction } from '../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { withdrawLetter } from './letter-queue.ts';
import { createMail, type Mail, type MailOptions } from './mail.ts';
import { answerSubject, type NewLetter } from './new-letter.ts';
import { suppress } from './suppression.ts';
import { answer, type Behaviour, type MailPeer, shortTimes, startPeer, testSecrets, testSite } from './testing.ts';
import { isOwnLoopToken, readReplyAddress, readReturnPath, readTicketMessageId } from './tokens.ts';

let site: TestDatabase;
let closers: (() => Promise<void> | void)[];
const soon = { timeout: 8_000, interval: 20 };

beforeEach(async () => {
  site = await createTestDatabase();
  closers = [];
  await site.database.pool.query(
    `insert into mailboxes (id, address, name, imap) values ('mbx', 'support@desk.test', 'Example Support', null),
       ('far', 'hello@far.test', 'Far', '{"host": "imap.far.test"}')`,
  );
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  await site.drop();
});

const letter: NewLetter = {
  kind: 'ticket-reply',
  to: 'ada@example.com',
  cc: [],
  mailboxId: 'mbx',
  ticketNumber: 1001n,
  locale: 'en',
  subject: 'Re: bug: my call fails',
  text: 'Hello Ada,\n\nsee https://example.test/docs, then try again.\nGrace',
  html: null,
  inReplyTo: '<second@example.com>',
  references: ['<first@example.com>', '<second@example.com>'],
  replyTo: null,
  automatic: false,
  files: [],
  dedupeKey: 'reply:1',
  sendAfterMs: 0,
  accountId: null,
};
const another = (changes: Partial<NewLetter>): NewLetter => ({
  ...letter,
  dedupeKey: randomBytes(6).toString('hex'),
  ...changes,
});

function mailBy(relay: string | null, more: Partial<MailOptions> = {}): Mail {
  const { database } = site;
  return createMail({
    database,
    relay: relay === null ? null : parseMailRelay(relay),
    from: null,
    site: () => testSite,
    secrets: testSecrets,
    log: silentLog,
    times: shortTimes,
    ...more,
  });
}

async function desk(behaviour: Behaviour | null = {}, more: Partial<MailOptions> = {}) {
  const peer: MailPeer | null = behaviour === null ? null : await startPeer(behaviour);
  closers.push(() => peer?.close());
  const mail = mailBy(peer === null ? null : `smtp://127.0.0.1:${peer.port}`, more);
  await mail.start();
  closers.push(() => mail.stop());
  return { mail, taken: peer?.taken ?? [], offered: peer?.offered ?? [], pool: site.database.pool };
}

interface Row {
  state: string;
  attempts: number;
  delivered: string[];
  last_error: string | null;
  bounce: Record<string, unknown> | null;
}
async function rows(): Promise<Row[]> {
  const { rows } = await site.database.pool.query<Row>(
    'select state, attempts, delivered, last_error, bounce from outbox order by created_at',
  );
  return rows;
}
const states = async (): Promise<string[]> => (await rows()).map(({ state }) => state);
const passTime = () => site.database.pool.query('update outbox set next_attempt_at = now()');

describe('what arrives', () => {
  test('belongs to its thread, and says whose it is and where its answers and bounces go', async () => {
    const { mail, taken, pool } = await desk();
    const queued = await mail.queueLetter(pool, another({ cc: ['Eve@example.com', 'ada@Example.com'] }));
    expect(queued).toMatchObject({ state: 'waiting', leftOut: [] });
    await expect.poll(states, soon).toEqual(['sent']);
    const [got] = taken;
    const parsed = await PostalMime.parse(got?.raw ?? '');
    expect(got?.to).toEqual(['ada@example.com', 'Eve@example.com']);
    expect(readReturnPath(mail.tokenKey, got?.from ?? '')).toBe(queued.id);
    expect(got?.from).toMatch(/^bounces\+/);
    expect(parsed.from).toMatchObject({ name: 'Example Support', address: 'support@desk.test' });
    expect(readReplyAddress(mail.tokenKey, parsed.replyTo?.[0]?.address ?? '')).toBe(1001n);
    expect(parsed.replyTo?.[0]?.address).toMatch(/^support\+t\.1001\..*@desk\.test$/);
    expect(parsed.cc).toEqual([{ name: '', address: 'Eve@example.com' }]);
    expect(parsed.messageId).toBe(queued.messageId);
    expect(readTicketMessageId(mail.tokenKey, parsed.messageId ?? '')).toBe(1001n);
    expect(parsed.messageId).toMatch(/@desk\.test>$/);
    expect(parsed).toMatchObject({ subject: 'Re: bug: my call fails', inReplyTo: '<second@example.com>' });
    expect(parsed.references).toBe('<first@example.com> <second@example.com>');
    const header = (name: string) => parsed.headers.find(({ key }) => key === name)?.value;
    expect(header('auto-submitted')).toBeUndefined();
    expect(header('list-unsubscribe')).toBeUndefined();
    expect(header('x-auto-response-suppress')).toBe('DR, RN, NRN, OOF, AutoReply');
    expect(isOwnLoopToken(mail.tokenKey, header('x-loop') ?? '')).toBe(true);
    expect(parsed.text?.trim()).toBe(letter.text);
    expect(parsed.html).toContain('<a class="link" href="https://example.test/docs"');
    expect(parsed.html).toContain('then try again.<br>');
  });

  test('is signed by the domain of its From, and by a key that the DNS record verifies', async () => {
    const { mail, taken, pool } = await desk();
    await mail.queueLetter(
      pool,
      another({ text: `${'Lines that are folded. '.repeat(200)}\n\n漢字 and ünïcode\n.\n..dots` }),
    );
    await mail.queueMail(pool, { kind: 'test', to: 'ada@example.com', locale: 'zh', facts: { by: '李雷' } });
    await expect.poll(() => taken.length, soon).toBe(2);
    const zone = new Map<string, string>();
    for (const { records } of await mail.domains.list()) for (const { name, value } of records) zone.set(name, value);
    const resolver = async (name: string, type: string) => {
      const value = zone.get(name);
      if (type === 'TXT' && value !== undefined) return [value.match(/.{1,255}/g) ?? []];
      throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' });
    };
    for (const { raw } of taken) {
      const verified = await dkimVerify(Buffer.from(raw), { resolver } as Parameters<typeof dkimVerify>[1]);
      expect(verified.results[0]).toMatchObject({ status: { result: 'pass' } });
      expect(verified.results[0]?.signingDomain).toBe(/From: .*@([\w.]+)>/.exec(raw)?.[1]);
    }
    const kept = await pool.query('select private_key from mail_domains order by domain');
    expect(kept.rows).toHaveLength(3);
  });

  test('of a mailbox that is fetched from elsewhere, bounces come to the one address that is ours', async () => {
    const { mail, taken, pool } = await desk();
    const { id } = await mail.queueLetter(pool, another({ mailboxId: 'far' }));
    await expect.poll(() => taken.length, soon).toBe(1);
    expect(taken[0]?.from).toMatch(/^hello\+b\.[0-9a-f]{24}\.\w+@far\.test$/);
    expect(readReturnPath(mail.tokenKey, taken[0]?.from ?? '')).toBe(id);
  });

  test('an automatic answer says so, and has no word of the sender', async () => {
    const { mail, taken, pool } = await desk();
    const subject = answerSubject(1001n, 'zh');
    await mail.queueLetter(pool, another({ kind: 'ticket-answer', automatic: true, subject, locale: 'zh' }));
    await expect.poll(() => taken.length, soon).toBe(1);
    const parsed = await PostalMime.parse(taken[0]?.raw ?? '');
    expect(parsed.subject).toBe('Re: [T-1001] 您的来信');
    expect(parsed.headers.find(({ key }) => key === 'auto-submitted')?.value).toBe('auto-replied');
    expect(parsed.references).toContain('<first@example.com>');
    expect(parsed.html).toContain('<html lang="zh-CN">');
  });

  test('files come along, inline ones with the id that the HTML names; a retry reads them again', async () => {
    const bytes = randomBytes(300_000);
    let busy = true;
    const { mail, taken, pool } = await desk(
      {
        data: () => {
          if (busy) throw answer(451, '4.3.0 later');
        },
      },
      {
        async *readFile(id) {
          expect(id).toMatch(/^file_/);
          for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
        },
      },
    );
    await mail.queueLetter(
      pool,
      another({
        html: '<p>See <img src="cid:logo@desk"></p>',
        files: [
          { id: 'file_1', name: '../报告\r\nX-Evil: 1.pdf', type: 'application/pdf', contentId: null },
          { id: 'file_2', name: 'logo.png', type: 'image/png', contentId: 'logo@desk' },
        ],
      }),
    );
    await expect.poll(async () => (await rows())[0]?.last_error, soon).toContain('451 4.3.0 later');
    busy = false;
    await passTime();
    await mail.queueLetter(pool, another({}));
    await expect.poll(() => taken.length, soon).toBe(2);
    const raw = taken.map((one) => one.raw).find((text) => text.includes('application/pdf')) ?? '';
    expect(raw).not.toMatch(/^X-Evil/m);
    const { attachments } = await PostalMime.parse(raw);
    expect(attachments).toHaveLength(2);
    const [logo, report] = attachments.toSorted(
      (a, b) => Number(b.disposition === 'inline') - Number(a.disposition === 'inline'),
    );
    expect(logo).toMatchObject({ contentId: '<logo@desk>', mimeType: 'image/png' });
    expect(report?.filename).toBe('.._报告 X-Evil_ 1.pdf');
    for (const { content } of attachments) expect(Buffer.from(content as ArrayBuffer).equals(bytes)).toBe(true);
  });

  test('a file that breaks off stops its own letter alone, and half a letter is never taken', async () => {
    const { mail, taken, pool } = await desk(
      {},
      {
        async *readFile() {
          yield Buffer.from('half');
          throw new Error('the database went away');
        },
      },
    );
    const files = [{ id: 'file_1', name: 'a.txt', type: 'text/plain', contentId: null }];
    await mail.queueLetter(pool, another({ files }));
    await expect.poll(async () => (await rows())[0]?.last_error, soon).toMatch(/could not be put together.*went away/);
    await mail.queueLetter(pool, another({ to: 'eve@example.com' }));
    await expect.poll(states, soon).toEqual(['waiting', 'sent']);
    expect(taken.map(({ to }) => to)).toEqual([['eve@example.com']]);
  });

  test('files beyond the limit: the letter is given up, with the reason', async () => {
    const { mail, taken, pool } = await desk(
      {},
      {
        async *readFile() {
          for (let piece = 0; piece < 20; piece++) yield Buffer.alloc(1024 * 1024);
        },
      },
    );
    await mail.queueLetter(pool, another({ files: [{ id: 'f', name: 'big', type: 'x', contentId: null }] }));
    await expect.poll(states, soon).toEqual(['failed']);
    expect((await rows())[0]?.last_error).toMatch(/its files have more than \d+ bytes/);
    expect(taken).toEqual([]);
  });
});

describe('while it waits', () => {
  test('a letter can be withdrawn until it leaves, and only then', async () => {
    const { mail, taken, pool } = await desk();
    const late = await mail.queueLetter(pool, another({ sendAfterMs: 60_000 }));
    const soonGone = await mail.queueLetter(pool, another({ sendAfterMs: 200, to: 'eve@example.com' }));
    expect(late.state).toBe('waiting');
    expect(await withdrawLetter(pool, late.id)).toBe(true);
    expect(await withdrawLetter(pool, late.id)).toBe(false);
    await expect.poll(() => taken.length, soon).toBe(1);
    await expect.poll(states, soon).toEqual(['withdrawn', 'sent']);
    expect(await withdrawLetter(pool, soonGone.id)).toBe(false);
    expect(await withdrawLetter(pool, 'mail_none')).toBe(false);
    await passTime();
    await mail.queueLetter(pool, another({}));
    await expect.poll(() => taken.length, soon).toBe(2);
    expect(await states()).toContain('withdrawn');
  });

  test('of a letter that is withdrawn and taken at once, one wins', async () => {
    const { mail, taken, pool } = await desk();
    const letters = await Promise.all(
      Array.from({ length: 20 }, () => mail.queueLetter(pool, another({ sendAfterMs: 100 }))),
    );
    await expect.poll(() => taken.length, soon).toBeGreaterThan(0);
    const withdrawn = await Promise.all(letters.map(({ id }) => withdrawLetter(pool, id)));
    await expect
      .poll(async () => (await states()).every((state) => ['sent', 'withdrawn'].includes(state)), soon)
      .toBe(true);
    expect(taken).toHaveLength(withdrawn.filter((one) => !one).length);
  });

  test('without a relay a letter is shown, at once or when it can no longer be withdrawn', async () => {
    const { mail, pool } = await desk(null);
    expect((await mail.queueLetter(pool, another({}))).state).toBe('shown');
    const late = await mail.queueLetter(pool, another({ sendAfterMs: 300 }));
    const later = await mail.queueLetter(pool, another({ sendAfterMs: 60_000 }));
    expect([late.state, later.state]).toEqual(['waiting', 'waiting']);
    await expect.poll(states, soon).toEqual(['shown', 'shown', 'waiting']);
    // A start does not cut the wait short.
    await mail.stop();
    await desk(null);
    expect(await states()).toEqual(['shown', 'shown', 'waiting']);
    expect(await withdrawLetter(pool, later.id)).toBe(true);
  });

  test('the same dedupe key is the same letter, also from two transactions at once', async () => {
    const { mail, pool, taken } = await desk();
    const all = await Promise.all(
      Array.from({ length: 6 }, () => inTransaction(pool, (client) => mail.queueLetter(client, letter))),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(1);
    await expect.poll(states, soon).toEqual(['sent']);
    expect(taken).toHaveLength(1);
  });
});

describe('several recipients', () => {
  test('who is refused for now gets it later, and nobody twice', async () => {
    let busy = true;
    const { mail, taken, pool } = await desk({
      onRcptTo({ address }, _session, callback) {
        if (address.startsWith('nobody')) callback(answer(550, '5.1.1 No such user'));
        else callback(busy && address.startsWith('slow') ? answer(450, '4.2.1 later') : null);
      },
    });
    await mail.queueLetter(pool, another({ cc: ['slow@example.com', 'nobody@example.com'] }));
    await expect
      .poll(async () => (await rows())[0], soon)
      .toMatchObject({ state: 'waiting', delivered: ['ada@example.com'] });
    expect((await rows())[0]?.last_error).toContain('for slow@example.com: 450 4.2.1 later');
    busy = false;
    await passTime();
    await mail
      .queueLetter(pool, another({ to: 'nobody@example.com' }))
      .then(({ state }) => expect(state).toBe('suppressed'));
    await mail.queueLetter(pool, another({ to: 'eve@example.com' }));
    await expect.poll(() => taken.length, soon).toBe(3);
    expect(taken.map(({ to }) => to).sort()).toEqual([['ada@example.com'], ['eve@example.com'], ['slow@example.com']]);
    expect(new Set(taken.filter(({ to }) => to[0] !== 'eve@example.com').map(({ messageId }) => messageId)).size).toBe(
      1,
    );
    expect((await rows())[0]).toMatchObject({
      bounce: { recipient: 'nobody@example.com', hard: true, status: '5.1.1' },
    });
  });

  test('whom nothing is sent to is left out and named; when nobody remains, the letter is suppressed', async () => {
    const { mail, taken, pool } = await desk();
    await suppress(pool, { address: 'ADA@example.com', reason: 'bounce', outboxId: null, detail: '' });
    const queued = await mail.queueLetter(pool, another({ cc: ['eve@example.com'] }));
    expect(queued).toMatchObject({ state: 'waiting', leftOut: ['ada@example.com'] });
    expect(await mail.queueLetter(pool, another({}))).toMatchObject({
      state: 'suppressed',
      leftOut: ['ada@example.com'],
    });
    // Also what was written before the address was known to be dead, and mail that is no letter.
    await mail.queueMail(pool, { kind: 'test', to: 'ada@example.com', locale: 'en', facts: { by: 'Grace' } });
    await expect.poll(states, soon).toEqual(['sent', 'suppressed', 'suppressed']);
    expect(taken.map(({ to }) => to)).toEqual([['eve@example.com']]);
  });

  test('a relay that refuses the address for a policy, or for its own sake, suppresses nobody', async () => {
    const { mail, pool } = await desk({
      onRcptTo({ address }, _session, callback) {
        callback(
          answer(
            address.startsWith('ada') ? 554 : 550,
            address.startsWith('ada') ? '5.7.1 Relay access denied' : 'Mailbox full',
          ),
        );
      },
    });
    await mail.queueLetter(pool, another({}));
    await mail.queueLetter(pool, another({ to: 'eve@example.com' }));
    await expect.poll(states, soon).toEqual(['failed', 'failed']);
    expect((await pool.query('select * from suppressed_addresses')).rows).toEqual([]);
    expect((await rows())[0]?.bounce).toMatchObject({ hard: false, status: '5.7.1' });
  });
});
