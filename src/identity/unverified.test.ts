import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { goodPassword, startTestSite, type TestSite } from './testing.ts';

let site: TestSite;
const belongings = new Set<string>();
const unable = new Set<string>();
const released: string[] = [];

beforeAll(async () => {
  site = await startTestSite({
    hasBelongings: async (_client, accountId) => belongings.has(accountId),
    onAccountDeleting: async (_client, accountId) => {
      if (unable.has(accountId)) throw new Error('not today');
      released.push(accountId);
    },
  });
});
afterAll(() => site.close());
beforeEach(async () => {
  released.length = 0;
  await site.pool.query('truncate accounts, verifications cascade');
});

/** An account as it is so many days after somebody registered it; its links have ended. */
async function registered(email: string, days: number): Promise<string> {
  await site.browser().call('POST', '/control/v1/register', { name: 'Ada', email, password: goodPassword });
  await site.pool.query('delete from verifications where subject is not null');
  const { rows } = await site.pool.query(
    `update accounts set created_at = now() - make_interval(days => $2) where email = $1 returning id`,
    [email, days],
  );
  return rows[0].id;
}

async function left(): Promise<string[]> {
  const { rows } = await site.pool.query('select email from accounts order by email');
  return rows.map(({ email }) => email.split('@')[0]);
}

test('an account that nobody has verified in seven days is deleted, with an entry of it', async () => {
  const old = await registered('old@example.test', 8);
  await registered('new@example.test', 6);
  expect(await site.identity.deleteUnverified()).toBe(1);
  expect(await left()).toEqual(['new']);
  expect(released).toEqual([old]);
  const { rows } = await site.pool.query(
    `select actor_kind, subject_name, before from audit_log where action = 'account.deleted' and subject_id = $1`,
    [old],
  );
  expect(rows).toEqual([
    { actor_kind: 'system', subject_name: 'old@example.test', before: { name: 'Ada', verified: false } },
  ]);
  expect(await site.identity.deleteUnverified()).toBe(0);
  // The address is free: whoever reads its mail may have it.
  const { id } = await site.person('old@example.test');
  expect(id).not.toBe(old);
});

test('what is verified, somebody’s work, or still to be verified stays', async () => {
  const change = (id: string, set: string) => site.pool.query(`update accounts set ${set} where id = $1`, [id]);
  await change(await registered('verified@example.test', 30), 'email_verified = true');
  await change(await registered('disabled@example.test', 30), `state = 'disabled'`);
  await change(await registered('staff@example.test', 30), `staff_role = 'support'`);
  belongings.add(await registered('owner@example.test', 30));
  await registered('asked@example.test', 30);
  await site.browser().call('POST', '/control/v1/verify-email/resend', { email: 'asked@example.test' });
  expect(await site.identity.deleteUnverified()).toBe(0);
  expect(await left()).toEqual(['asked', 'disabled', 'owner', 'staff', 'verified']);
});

test('one that cannot be deleted keeps none of the others, nor do several nodes at once', async () => {
  await site.pool.query(
    `insert into accounts (id, name, email, created_at)
     select 'acc_' || n, 'N', n || '@example.test', now() - interval '9 days' from generate_series(1, 450) n`,
  );
  unable.add('acc_7');
  const counts = await Promise.all([site.identity.deleteUnverified(), site.identity.deleteUnverified()]);
  expect(counts.reduce((sum, count) => sum + count)).toBe(449);
  expect(new Set(released).size).toBe(449);
  expect(await left()).toEqual(['7']);
});
