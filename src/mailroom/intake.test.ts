import { afterEach, beforeEach, expect, test } from 'vitest';
import { rawContext } from './intake.ts';
import { plainMail, SmtpSession, startTestMailroom, type TestMailroom } from './testing.ts';

let room: TestMailroom;
let session: SmtpSession;
beforeEach(async () => {
  room = await startTestMailroom();
  session = await SmtpSession.open(room.port);
  await session.say('EHLO peer.example.com');
});
afterEach(async () => {
  session.close();
  await room.close();
});

const mails = async () => (await room.pool.query('select * from incoming_mails order by received_at')).rows;

test('a mail is stored sealed, read, threaded, routed and answered', async () => {
  const raw = plainMail({ id: 'a@example.com', text: 'Request req_1 fails.\n\nAda' });
  expect(await session.send(raw)).toMatch(/^250 2\.6\.0 Stored as imail_[0-9a-f]{24}$/);
  await room.settled();
  const [mail] = await mails();
  expect(mail).toMatchObject({
    came_by: 'smtp',
    message_id: '<a@example.com>',
    state: 'answered',
    reading: null,
    envelope: {
      from: 'ada@example.com',
      to: ['support@lodge.localhost'],
      helo: 'peer.example.com',
      ip_address: '127.0.0.1',
      tls: false,
    },
  });
  expect(mail.raw.includes('req_1')).toBe(false);
  expect(room.secrets.openBytes(mail.raw, rawContext(mail.id)).toString()).toBe(`${raw}\r\n`);
  expect(room.heard).toMatchObject([
    {
      id: mail.id,
      messageId: '<a@example.com>',
      from: { address: 'ada@example.com', name: 'Ada' },
      deliveredTo: ['support@lodge.localhost'],
      subject: 'bug: it fails',
      text: 'Request req_1 fails.\n\nAda',
      automatic: null,
      sender: { verified: false, dmarc: 'none' },
    },
  ]);
  const { rows } = await room.pool.query('select step from noted_steps');
  expect(rows.map(({ step }) => step)).toEqual(['thread', 'route', 'answer']);
});

test('the same mail again is one mail; another content with the same id is two; a missing id is no reason to skip', async () => {
  await session.send(plainMail({ id: 'a@example.com' }));
  const again = `Received: from another.example.com\r\nDelivered-To: billing@lodge.localhost\r\n${plainMail({ id: 'a@example.com' })}`;
  expect(await session.send(again, 'ada@example.com', 'support+x@lodge.localhost')).toMatch(/^250/);
  await session.send(plainMail({ id: 'a@example.com', text: 'Something else.' }));
  await session.send(plainMail({ text: 'No id.' }));
  await session.send(plainMail({ text: 'No id.' }));
  await room.settled(3);
  const all = await mails();
  expect(all).toHaveLength(3);
  expect(all[0].repeats).toMatchObject([{ came_by: 'smtp', to: ['support+x@lodge.localhost'] }]);
  expect(all[2].message_id).toMatch(/^<[0-9a-f]{40}@message-id\.invalid>$/);
  expect(room.heard).toHaveLength(3);
});
