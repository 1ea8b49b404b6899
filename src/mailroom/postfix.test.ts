import { afterEach, describe, expect, test } from 'vitest';
import { canStartPostfix, makeCertificate, type Postfix, startPostfix } from './testing/postfix.ts';
import { plainMail, SmtpSession, startTestMailroom, type TestMailroom, waitFor } from './testing.ts';

if (!canStartPostfix) console.log('Delivery by a real mail host is tested as root only: Postfix needs it.');

describe.skipIf(!canStartPostfix)('with Postfix in front', () => {
  let room: TestMailroom;
  let postfix: Postfix;
  afterEach(async () => {
    await postfix.stop();
    await room.close();
  });

  async function open(): Promise<SmtpSession> {
    room = await startTestMailroom({ smtp: { host: '127.0.0.1', port: 0, tls: await makeCertificate() } });
    postfix = await startPostfix(room.port);
    const session = await SmtpSession.open(postfix.port);
    await session.say('EHLO customer.example.com');
    return session;
  }

  test('mail comes by STARTTLS, and what it says is unharmed', async () => {
    const session = await open();
    const text = `.\n..two\n${'长'.repeat(300)}\nFrom here`;
    expect(await session.send(plainMail({ id: 'a@example.com', text: text.replace(/^\./gm, '..') }))).toMatch(/^250/);
    await room.settled();
    expect(room.heard).toMatchObject([{ messageId: '<a@example.com>', text, sender: { verified: false } }]);
    const { rows } = await room.pool.query('select envelope from incoming_mails');
    expect(rows[0].envelope).toMatchObject({ tls: true, helo: 'mx.example.com', from: 'ada@example.com' });
    session.close();
  });

  test('while we cannot store, it keeps the mail and comes again', async () => {
    const session = await open();
    await room.pool.query('alter table incoming_mails rename to away');
    for (let number = 0; number < 5; number++)
      await session.send(plainMail({ id: `${number}@example.com`, text: `Mail ${number}` }));
    await waitFor(async () => (await postfix.queued()) === 5, 'Postfix to keep the mail');
    await room.pool.query('alter table away rename to incoming_mails');
    await room.settled(5);
    await waitFor(async () => (await postfix.queued()) === 0, 'the queue of Postfix to be empty');
    expect(room.heard.map(({ text }) => text).sort()).toEqual([0, 1, 2, 3, 4].map((number) => `Mail ${number}`));
    session.close();
  });
});
