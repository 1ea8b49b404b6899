import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { createQueue } from './outbox.ts';
import { sweepOutbox } from './sweep.ts';
import { testSite } from './testing.ts';

let site: TestDatabase;
beforeAll(async () => {
  site = await createTestDatabase();
});
afterAll(() => site.drop());

test('texts go when nobody needs them, the rest after ninety days, and what waits stays', async () => {
  const { pool } = site.database;
  const queueMail = createQueue({ site: () => testSite, relayed: true, from: () => 'no-reply@example.test' });
  const ages: [state: string, days: number, left: 'whole' | 'empty' | 'gone'][] = [
    ['sent', 0.9, 'whole'],
    ['sent', 1.1, 'empty'],
    ['sent', 89, 'empty'],
    ['sent', 91, 'gone'],
    ['shown', 6.9, 'whole'],
    ['shown', 7.1, 'empty'],
    ['shown', 91, 'gone'],
    ['failed', 6.9, 'whole'],
    ['failed', 7.1, 'empty'],
    ['waiting', 91, 'whole'],
    ['sending', 91, 'whole'],
  ];
  for (const [state, days, left] of ages) {
    const facts = { by: 'Grace' };
    const to = `${state}-${days}-${left}@example.com`;
    const id = await queueMail(pool, { kind: 'test', to, locale: 'en', facts });
    await pool.query(
      `update outbox set state = $2, created_at = now() - $3::float8 * interval '1 day',
         sent_at = case when $2 = 'sent' then now() - $3::float8 * interval '1 day' end where id = $1`,
      [id, state, days],
    );
  }
  expect(await sweepOutbox(pool)).toEqual({ emptied: 6, deleted: 2 });
  const { rows } = await pool.query<{ recipient: string; empty: boolean; subject: string }>(
    `select recipient, text_body = '' and html_body = '' as empty, subject from outbox order by recipient`,
  );
  const expected = ages
    .filter(([, , left]) => left !== 'gone')
    .map(([state, days, left]) => `${state}-${days}-${left}`);
  expect(rows.map(({ recipient }) => recipient.split('@')[0])).toEqual(expected.sort());
  for (const { recipient, empty, subject } of rows) {
    expect(empty, recipient).toBe(recipient.includes('-empty@'));
    expect(subject).toBe('Test mail from Example AI');
  }
  expect(await sweepOutbox(pool)).toEqual({ emptied: 0, deleted: 0 });
});
