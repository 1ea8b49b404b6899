import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { bookBounce, refusalOf } from './bounces.ts';
import { isSuppressed, liftSuppression, listSuppressed, suppress, suppressedAmong } from './suppression.ts';

let site: TestDatabase;
beforeAll(async () => {
  site = await createTestDatabase();
});
afterAll(() => site.drop());
beforeEach(() => site.database.pool.query('truncate outbox, suppressed_addresses cascade'));

const outboxId = 'mail_0123456789abcdef01234567';
const bounce = { outboxId, messageId: null, recipient: 'Ada@Example.com', status: '5.1.1', hard: true };

async function sent(cc: readonly string[] = []): Promise<void> {
  await site.database.pool.query(
    `insert into outbox (id, kind, recipient, locale, subject, text_body, html_body, message_id, state, ticket_number, headers)
     values ($1, 'ticket-reply', 'ada@example.com', 'en', 's', 't', 'h', '<m@desk.test>', 'sent', 1001, $2)`,
    [outboxId, JSON.stringify({ cc })],
  );
}
const bounceOf = async () => (await site.database.pool.query('select bounce, bounced_at from outbox')).rows[0];

describe('a bounce', () => {
  test('finds its mail by the return path, else by the id inside, and tells which ticket it belongs to', async () => {
    const { pool } = site.database;
    await sent();
    const booked = { outboxId, ticketNumber: 1001n, recipient: 'ada@example.com', suppressed: true };
    expect(await bookBounce(pool, bounce, '550 no such user')).toEqual(booked);
    expect(await bookBounce(pool, { ...bounce, outboxId: null, messageId: '<m@desk.test>' })).toEqual(booked);
    expect(await bookBounce(pool, { ...bounce, outboxId: 'mail_none', messageId: '<m@desk.test>' })).toEqual(booked);
    expect(await bookBounce(pool, { ...bounce, outboxId: null, messageId: '<other@desk.test>' })).toBeNull();
    expect(await bookBounce(pool, { ...bounce, outboxId: null })).toBeNull();
    expect(await suppressedAmong(pool, ['ADA@example.com'])).toEqual([
      {
        address: 'ada@example.com',
        reason: 'bounce',
        outboxId,
        detail: '5.1.1 550 no such user',
        createdAtMs: expect.any(Number),
      },
    ]);
    expect((await bounceOf()).bounced_at).toBeInstanceOf(Date);
  });

  test('that is not for good suppresses nothing, and does not hide one that was', async () => {
    const { pool } = site.database;
    await sent();
    expect(await bookBounce(pool, { ...bounce, hard: false, status: '5.2.2' })).toMatchObject({ suppressed: false });
    expect((await bounceOf()).bounce).toMatchObject({ hard: false, status: '5.2.2' });
    await bookBounce(pool, bounce);
    await bookBounce(pool, { ...bounce, hard: false, status: '4.4.7' });
    expect((await bounceOf()).bounce).toMatchObject({ hard: true, status: '5.1.1' });
  });

  test('can only put out of use an address that the mail went to', async () => {
    const { pool } = site.database;
    await sent(['eve@example.com']);
    expect(await bookBounce(pool, { ...bounce, recipient: 'boss@example.com' })).toMatchObject({
      recipient: null,
      suppressed: false,
    });
    expect(await bookBounce(pool, { ...bounce, recipient: null })).toMatchObject({ suppressed: false });
    expect(await bookBounce(pool, { ...bounce, recipient: 'EVE@example.com' })).toMatchObject({
      recipient: 'eve@example.com',
      suppressed: true,
    });
    expect(await isSuppressed(pool, 'ada@example.com')).toBe(false);
  });

  test('of a mail that was sent on from its one address is about that address', async () => {
    await sent();
    const booked = await bookBounce(site.database.pool, { ...bounce, recipient: 'ada@elsewhere.example' });
    expect(booked).toMatchObject({ recipient: 'ada@example.com', suppressed: true });
  });
});

test.each<[number, string, boolean]>([
  [550, '550 5.1.1 <ada@example.com>: Recipient address rejected: User unknown', true],
  [550, '550-5.2.1 The account is disabled', true],
  [556, '556 5.1.10 Domain takes no mail', true],
  [550, '550 No such user here', true],
  [553, '553 sorry, no mailbox here by that name', true],
  [552, '552 5.2.2 Mailbox full', false],
  [552, '552 quota exceeded', false],
  [550, '550 5.7.1 Blocked by policy', false],
  [554, '554 5.7.1 Relay access denied', false],
  [550, '550 Your server is blacklisted', false],
  [550, '550 5.1.8 Sender address rejected', false],
  [450, '450 4.1.1 unverified for now', false],
  [421, '421 too busy', false],
])('%i, said as "%s": for good? %s', (answer, said, hard) => {
  expect(refusalOf(answer, said).hard).toBe(hard);
});

test('addresses are listed by the alphabet, in pages, and come back', async () => {
  const { pool } = site.database;
  for (const name of ['c', 'A', 'b', 'd%'])
    expect(await suppress(pool, { address: `${name}@x.test`, reason: 'staff', outboxId: null, detail: 'why' })).toBe(
      true,
    );
  expect(await suppress(pool, { address: 'a@X.test', reason: 'bounce', outboxId: null, detail: '' })).toBe(false);
  const first = await listSuppressed(pool, { limit: 2, after: null, search: null });
  expect(first.addresses.map(({ address }) => address)).toEqual(['a@x.test', 'b@x.test']);
  const second = await listSuppressed(pool, { limit: 2, after: first.next, search: null });
  expect(second.addresses.map(({ address }) => address)).toEqual(['c@x.test', 'd%@x.test']);
  expect(second.next).toBeNull();
  expect((await listSuppressed(pool, { limit: 9, after: null, search: '%' })).addresses).toHaveLength(1);
  expect(await liftSuppression(pool, 'A@x.test')).toMatchObject({ reason: 'staff', detail: 'why' });
  expect(await liftSuppression(pool, 'a@x.test')).toBeNull();
});
