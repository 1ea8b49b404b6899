import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { testMailbox } from './imap-client.ts';
import { troubleOf } from './imap-words.ts';
import { createMailbox } from './mailboxes.ts';
import { createMailroom, type Mailroom } from './mailroom.ts';
import { canStartDovecot, type Dovecot, freePort, startDovecot } from './testing/dovecot.ts';
import { emptyDns, notingDesk, plainMail, startTestMailroom, type TestMailroom, waitFor } from './testing.ts';

if (!canStartDovecot) console.log('Reading mailboxes by IMAP is tested as root only: Dovecot needs it.');

describe.skipIf(!canStartDovecot)('with Dovecot', () => {
  let dovecot: Dovecot;
  let room: TestMailroom;
  const more: Mailroom[] = [];
  const pollerTimes = { pollMs: 60_000, lockMs: 200, pauseMs: [50, 200] as const };
  beforeEach(async () => {
    dovecot = await startDovecot();
    room = await startTestMailroom({ pollerTimes, smtp: null });
  });
  afterEach(async () => {
    for (const mailroom of more.splice(0)) await mailroom.stop();
    await room.close();
    await dovecot.stop();
  });

  const settings = (changes = {}) => ({
    host: '127.0.0.1',
    port: dovecot.port,
    tls: 'none' as const,
    user: dovecot.user,
    folder: 'INBOX',
    ...changes,
  });
  const makeMailbox = async () => {
    const mailbox = await createMailbox(room.pool, room.secrets, systemActor, {
      address: 'billing@example.com',
      name: 'Billing',
      purpose: 'billing',
      enabled: true,
      signatures: {},
      imap: settings(),
      imapPassword: dovecot.password,
    });
    room.mailroom.mailboxesChanged();
    return mailbox;
  };
  const deliver = async (...numbers: number[]) => {
    for (const number of numbers)
      await dovecot.deliver(plainMail({ id: `${number}@example.com`, text: `Mail ${number}` }));
  };
  const texts = () => room.heard.map(({ text }) => text).sort();
  const cursor = async () => (await room.pool.query('select * from mailbox_cursors')).rows[0];

  test('mail is read at once when it comes, in the mailbox of its address', async () => {
    await deliver(1, 2);
    const mailbox = await makeMailbox();
    await room.settled(2);
    // By IDLE: the next look by the clock is a minute away.
    await deliver(3);
    await room.settled(3);
    expect(texts()).toEqual(['Mail 1', 'Mail 2', 'Mail 3']);
    expect(room.heard[0]).toMatchObject({
      mailboxId: mailbox.id,
      deliveredTo: ['billing@example.com'],
      sender: { verified: false },
    });
    expect(await cursor()).toMatchObject({ last_uid: 3n, polled_at: expect.any(Date), last_error: null });
    expect((await room.pool.query('select came_by from incoming_mails')).rows).toEqual(
      Array(3).fill({ came_by: 'imap' }),
    );
  });

  test('another UIDVALIDITY: all is read again, nothing is repeated or lost', async () => {
    await deliver(1, 2);
    await makeMailbox();
    await room.settled(2);
    const before = await cursor();
    await dovecot.renumber();
    await deliver(3);
    await room.settled(3);
    await waitFor(async () => (await cursor()).last_uid === 3n, 'the folder to be read to its end');
    expect((await cursor()).uid_validity).not.toBe(before.uid_validity);
    expect(texts()).toEqual(['Mail 1', 'Mail 2', 'Mail 3']);
    expect((await room.pool.query('select 1 from incoming_mails where repeats <> $1', ['[]'])).rowCount).toBe(2);
  });

  test('of two nodes one reads; when it ends, the other goes on', async () => {
    await makeMailbox();
    const second = createMailroom({
      database: room.site.database,
      secrets: room.secrets,
      log: silentLog,
      clock: systemClock,
      site: 'lodge',
      desk: notingDesk(room.heard),
      recogniseKeys: async () => [],
      personalData: false,
      arcSealers: [],
      demo: false,
      smtp: null,
      firstMailbox: { address: 'support@lodge.localhost', name: 'Support' },
      resolver: emptyDns,
      pollerTimes,
    });
    more.push(second);
    await second.start();
    await deliver(1, 2);
    await room.settled(2);
    await second.stop();
    await deliver(3);
    await room.settled(3);
    expect(texts()).toEqual(['Mail 1', 'Mail 2', 'Mail 3']);
    expect((await room.pool.query('select 1 from incoming_mails where repeats <> $1', ['[]'])).rowCount).toBe(0);
    const { rows } = await room.pool.query('select count(*)::int as count from noted_steps');
    expect(rows[0]).toEqual({ count: 9 });
  });

  test('a server that goes away is come back to, and what went wrong stands beside the mailbox', async () => {
    await makeMailbox();
    await waitFor(async () => (await cursor())?.polled_at != null, 'the first look');
    const { port } = dovecot;
    await room.pool.query(
      `update mailboxes set imap = jsonb_set(imap, '{port}', $1), updated_at = now() where imap is not null`,
      [String(await freePort())],
    );
    room.mailroom.mailboxesChanged();
    await waitFor(async () => (await cursor()).last_error !== null, 'the failure to be noted');
    expect((await cursor()).last_error).toMatch(/does not answer/);
    await room.pool.query(
      `update mailboxes set imap = jsonb_set(imap, '{port}', $1), updated_at = now() where imap is not null`,
      [String(port)],
    );
    room.mailroom.mailboxesChanged();
    await deliver(1);
    await room.settled(1);
    await waitFor(async () => (await cursor()).last_error === null, 'the failure to be over');
  });

  test('the test button says what is wrong', async () => {
    await deliver(1);
    const attempt = async (changes: object, password = dovecot.password) => {
      const { trouble, messages } = await testMailbox(settings(changes), password);
      return trouble?.code ?? messages;
    };
    expect(await attempt({})).toBe(1);
    expect(await attempt({}, 'wrong')).toBe('login');
    expect(await attempt({ folder: 'Nowhere' })).toBe('folder');
    expect(await attempt({ tls: 'implicit' })).toBe('tls');
    expect(await attempt({ tls: 'starttls' })).toBe('tls');
    expect(await attempt({ port: await freePort() })).toBe('unreachable');
  });
});

test('words for what DNS and certificates say', () => {
  const server = { host: 'imap.example.com', port: 993, folder: 'INBOX' };
  expect(troubleOf(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), server)).toMatchObject({ code: 'dns' });
  expect(
    troubleOf(Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), server),
  ).toMatchObject({
    code: 'tls',
    words: expect.stringContaining('certificate'),
  });
  expect(troubleOf('nonsense', server)).toMatchObject({ code: 'other' });
});
