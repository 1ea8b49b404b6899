import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import type { NewMail } from './kinds.ts';
import { createQueue } from './outbox.ts';

let site: TestDatabase;
beforeAll(async () => {
  site = await createTestDatabase();
});
afterAll(() => site.drop());
beforeEach(() => site.database.pool.query('truncate outbox cascade'));

const options = {
  site: () => ({ name: 'Example AI', supportAddress: 'help@example.test' }),
  relayed: true,
  from: () => 'no-reply@mail.example.test',
};
const queueMail = createQueue(options);
const expiresAtMs = Date.UTC(2026, 10, 22, 8);
const reset: NewMail<'reset-password'> = {
  kind: 'reset-password',
  to: 'ada@example.com',
  locale: 'en',
  facts: { name: 'Ada', link: 'https://ai.example.test/console/reset?token=t0ken', expiresAtMs },
  accountId: 'acc_a',
};

async function rows() {
  return (await site.database.pool.query('select * from outbox order by created_at')).rows;
}

test('a mail is kept whole, ready to leave, with what its link is worth', async () => {
  const id = await queueMail(site.database.pool, reset);
  expect(await rows()).toEqual([
    expect.objectContaining({
      id,
      kind: 'reset-password',
      account_id: 'acc_a',
      recipient: 'ada@example.com',
      subject: 'Choose a new password for Example AI',
      state: 'waiting',
      attempts: 0,
      expires_at: new Date(expiresAtMs),
      message_id: expect.stringMatching(/^<[0-9a-f]{32}@mail\.example\.test>$/),
      text_body: expect.stringContaining('https://ai.example.test/console/reset?token=t0ken\n'),
    }),
  ]);
  expect(id).toMatch(/^mail_[0-9a-f]{24}$/);
});

test('without a relay it is there to be shown', async () => {
  await createQueue({ ...options, relayed: false })(site.database.pool, reset);
  expect(await rows()).toMatchObject([{ state: 'shown' }]);
});

test('a mail is not there when its transaction is not, and is announced when it is', async () => {
  const heard: string[] = [];
  const stop = await site.database.listen(
    'lodge_mail',
    () => heard.push('wake'),
    () => undefined,
  );
  const failing = inTransaction(site.database.pool, async (client) => {
    await queueMail(client, reset);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await rows()).toEqual([]);
  expect(heard).toEqual([]);
  await inTransaction(site.database.pool, (client) => queueMail(client, reset));
  await expect.poll(() => heard).toEqual(['wake']);
  await stop();
});

test('the same dedupe key is the same mail, also from two transactions at once', async () => {
  const mail = { ...reset, dedupeKey: 'reset:acc_a:1' };
  const ids = await Promise.all(
    Array.from({ length: 8 }, () => inTransaction(site.database.pool, (client) => queueMail(client, mail))),
  );
  expect(new Set(ids).size).toBe(1);
  expect(await rows()).toHaveLength(1);
  await queueMail(site.database.pool, { ...reset, dedupeKey: 'reset:acc_a:2' });
  expect(await rows()).toHaveLength(2);
});

test.each([
  '',
  'ada',
  'ada@',
  '@example.com',
  'ada@example.com, eve@example.com',
  'ada@example.com\r\nBcc: eve@example.com',
  'Ada <ada@example.com>',
  'ada@exa mple.com',
  'ada@example..com',
  '.ada@example.com',
  `${'a'.repeat(65)}@example.com`,
  `ada@${'a.'.repeat(130)}com`,
])('%j is no recipient', async (to) => {
  await expect(queueMail(site.database.pool, { ...reset, to })).rejects.toMatchObject({
    code: 'mail_recipient_invalid',
  });
});

test.each(['a@b', "o'brien+x=y@example.co.uk", '李@例子.中国', 'operator@lodge.localhost'])('%s is one', async (to) => {
  await expect(queueMail(site.database.pool, { ...reset, to })).resolves.toMatch(/^mail_/);
});

test('strangers cannot drown an address: the eleventh of a kind within an hour is not written', async () => {
  const ids: string[] = [];
  for (let sent = 0; sent < 12; sent++)
    ids.push(await queueMail(site.database.pool, { ...reset, to: 'Ada@example.com' }));
  expect(new Set(ids).size).toBe(10);
  expect(await rows()).toHaveLength(10);
  await site.database.pool.query(`update outbox set created_at = created_at - interval '61 minutes'`);
  await queueMail(site.database.pool, reset);
  expect(await rows()).toHaveLength(11);
});

test('a link that is no web address never gets into a mail', async () => {
  for (const link of ['javascript:alert(1)', '/console', 'https://x/"onclick="', 'data:text/html,x'])
    await expect(queueMail(site.database.pool, { ...reset, facts: { ...reset.facts, link } })).rejects.toThrow(
      TypeError,
    );
});
