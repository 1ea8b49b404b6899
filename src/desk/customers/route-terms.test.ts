import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeskUnderTest, noonMs, startDesk } from '../testing.ts';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.close());

async function termsOf(plan: string, query = '') {
  const id = await desk.person(`of-${plan}`);
  const organization = `org_${id}`;
  await desk.pool.query(
    `insert into support_plans (organization_id, plan) values ($1, $2)
     on conflict (organization_id) do update set plan = excluded.plan`,
    [organization, plan],
  );
  const { status, body } = await desk.call(
    'GET',
    `/control/v1/organizations/${organization}/support-terms${query}`,
    id,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

// 2026-11-20 is a Friday; the clock of the desk stands at 13:00 UTC.
test('a plan without a promise says so', async () => {
  expect(await termsOf('starter')).toEqual({
    plan: 'starter',
    first_response_ms: null,
    due_at: null,
    calendar: null,
  });
});

test('work time passes the weekend by', async () => {
  expect(await termsOf('pro')).toMatchObject({
    plan: 'pro',
    first_response_ms: 8 * 3_600_000,
    due_at: '2026-11-23T13:00:00.000Z',
    calendar: { time_zone: 'UTC' },
  });
});

test('reports of vulnerabilities have the same time on every plan', async () => {
  const [starter, enterprise] = [
    await termsOf('starter', '?category=vulnerability'),
    await termsOf('enterprise', '?category=vulnerability'),
  ];
  expect(starter.first_response_ms).not.toBeNull();
  expect(Date.parse(starter.due_at)).toBeGreaterThan(noonMs);
  expect({ ...starter, plan: '' }).toEqual({ ...enterprise, plan: '' });
});
