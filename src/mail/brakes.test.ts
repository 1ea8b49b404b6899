import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../db/index.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { judgeAnswer, mayAnswerAutomatically } from './brakes.ts';
import { newMailId } from './outbox.ts';
import { suppress } from './suppression.ts';

let site: TestDatabase;
beforeAll(async () => {
  site = await createTestDatabase();
});
afterAll(() => site.drop());
beforeEach(() => site.database.pool.query('truncate outbox, suppressed_addresses cascade'));

const nowMs = Date.UTC(2026, 10, 21, 12);
type Client = Parameters<typeof mayAnswerAutomatically>[0];

async function wrote(
  to: string,
  ageMs = 0,
  client: Client = site.database.pool,
  kind = 'ticket-answer',
): Promise<void> {
  const id = newMailId();
  await client.query(
    `insert into outbox (id, kind, recipient, locale, subject, text_body, html_body, message_id, created_at)
     values ($1, $2, $3, 'en', 's', 't', 'h', $1, $4)`,
    [id, kind, to, new Date(nowMs - ageMs)],
  );
}
const may = (to: string, atMs = nowMs) => mayAnswerAutomatically(site.database.pool, to, atMs);

test('three to an address within an hour, whatever its case or tag', async () => {
  for (const to of ['ada@example.com', 'Ada@Example.com', 'ada+x@example.com']) {
    expect(await may('ada@example.com')).toEqual({ allowed: true });
    await wrote(to, 60_000);
  }
  expect(await may('ADA+other@example.com')).toEqual({ allowed: false, reason: 'address' });
  expect(await may('eve@example.com')).toEqual({ allowed: true });
  expect(await may('ada@example.com', nowMs + 3_600_000)).toEqual({ allowed: true });
});

test('twenty to a domain within an hour; replies of people do not count', async () => {
  for (let index = 0; index < 19; index++) await wrote(`a${index}@example.com`, 120_000);
  for (let index = 0; index < 30; index++) await wrote('ada@example.com', 1_000, undefined, 'ticket-reply');
  expect(await may('new@example.com')).toEqual({ allowed: true });
  await wrote('last@EXAMPLE.com', 120_000);
  expect(await may('new@example.com')).toEqual({ allowed: false, reason: 'domain' });
  expect(await may('new@sub.example.com')).toEqual({ allowed: true });
});

test('sixty of the whole site within a minute', async () => {
  for (let index = 0; index < 60; index++) await wrote(`ada@d${index}.test`, 30_000);
  expect(await may('eve@other.test')).toEqual({ allowed: false, reason: 'site' });
  expect(await may('eve@other.test', nowMs + 31_000)).toEqual({ allowed: true });
});

test('nothing to an address that nothing is sent to', async () => {
  await suppress(site.database.pool, { address: 'ada@example.com', reason: 'staff', outboxId: null, detail: '' });
  expect(await may('Ada@example.com')).toEqual({ allowed: false, reason: 'suppressed' });
});

test('thirty at once to one domain: twenty go', async () => {
  const verdicts = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      inTransaction(site.database.pool, async (client) => {
        const to = `a${index}@example.com`;
        const verdict = await mayAnswerAutomatically(client, to, nowMs);
        if (verdict.allowed) await wrote(to, 0, client);
        return verdict.allowed;
      }),
    ),
  );
  expect(verdicts.filter(Boolean)).toHaveLength(20);
});

test('the decision itself', () => {
  const none = { addressLastHour: 0, domainLastHour: 0, siteLastMinute: 0 };
  expect(judgeAnswer(none)).toEqual({ allowed: true });
  expect(judgeAnswer({ ...none, addressLastHour: 3 })).toEqual({ allowed: false, reason: 'address' });
  expect(judgeAnswer({ ...none, domainLastHour: 20 })).toEqual({ allowed: false, reason: 'domain' });
  expect(judgeAnswer({ ...none, siteLastMinute: 60 })).toEqual({ allowed: false, reason: 'site' });
});
