import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { notify } from '../notices/index.ts';
import { addMember, addOrganization, createKeyTestSite, type KeyTestSite } from './testing.ts';
import { type KeyWarningOptions, warnAboutKeys } from './warnings.ts';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 10, 21, 12);
let site: KeyTestSite;
let clock: ManualClock;
let keys = 0;

beforeAll(async () => {
  site = await createKeyTestSite();
  await addOrganization(site, 'org_a');
  for (const account of ['acc_owner', 'acc_dev', 'acc_gone']) await addMember(site, 'org_a', account);
  await sql(`update members set roles = '{owner}' where account_id = 'acc_owner'`);
  await sql(`update members set state = 'disabled' where account_id = 'acc_gone'`);
});
afterAll(() => site.drop());
beforeEach(async () => {
  clock = new ManualClock(startMs);
  await sql('truncate keys, notifications cascade');
  await sql(`update organizations set state = 'active'`);
});

const sql = (text: string, values: unknown[] = []) => site.database.pool.query(text, values);
const at = (days: number) => new Date(startMs + days * dayMs);
const options = (): KeyWarningOptions => ({ pool: site.database.pool, clock, notify });
const warn = () => warnAboutKeys(options());

/** A key of `acc_dev`, made a year ago, with columns of its own. */
async function key(columns: Readonly<Record<string, unknown>>): Promise<string> {
  const id = `key_${++keys}`;
  const row = { account_id: 'acc_dev', created_at: at(-365), ...columns };
  const names = Object.keys(row);
  const places = names.map((_, index) => `$${index + 3}`);
  await sql(
    `insert into keys (id, organization_id, group_id, name, prefix, hash, ${names.join(', ')})
     select $1, 'org_a', (select id from groups limit 1), $1, $1, $2, ${places.join(', ')}`,
    [id, Buffer.from(id), ...Object.values(row)],
  );
  return id;
}

async function spend(keyId: string, span: string, spent: number, startedAt: Date): Promise<void> {
  await sql(
    `insert into key_spend (key_id, span, started_at, spent) values ($1, $2, $3, $4)
     on conflict (key_id, span) do update set started_at = excluded.started_at, spent = excluded.spent`,
    [keyId, span, startedAt, spent],
  );
}

async function told(): Promise<{ accountId: string; kind: string; facts: Record<string, unknown> }[]> {
  const { rows } = await sql(
    'select account_id as "accountId", kind, facts from notifications order by created_at, account_id',
  );
  return rows;
}

describe('a spending limit', () => {
  test('is told of from 80 percent on, once, to whoever holds the key', async () => {
    const id = await key({ spend_total: 1_000, spend_1d: 1_000 });
    await spend(id, 'total', 799, at(-9));
    expect(await warn()).toBe(0);
    await spend(id, 'total', 805, at(-9));
    expect(await warn()).toBe(1);
    expect(await warn()).toBe(0);
    expect(await told()).toEqual([
      {
        accountId: 'acc_dev',
        kind: 'key-limit-near',
        facts: { key: id, prefix: id, organization: 'org_a', percent: 80, span: 'total' },
      },
    ]);
  });

  test('that was raised is told of when the key comes near it again', async () => {
    const id = await key({ spend_total: 1_000 });
    await spend(id, 'total', 5_000, at(-9));
    await warn();
    await sql('update keys set spend_total = 10000 where id = $1', [id]);
    expect(await warn()).toBe(0);
    await spend(id, 'total', 9_000, at(-9));
    expect(await warn()).toBe(1);
    expect((await told()).map(({ facts }) => facts['percent'])).toEqual([100, 90]);
  });

  test('of a window is told of in each, but not more than daily, and never after its end', async () => {
    const id = await key({ spend_5h: 100, spend_7d: 1_000 });
    await spend(id, '5h', 90, at(-1));
    expect(await warn()).toBe(0);
    await spend(id, '5h', 90, at(0));
    expect(await warn()).toBe(1);
    clock.advance(6 * 3_600_000);
    await spend(id, '5h', 90, at(0.25));
    expect(await warn()).toBe(0);
    clock.advance(dayMs);
    await spend(id, '5h', 90, at(1.25));
    await spend(id, '7d', 900, at(-2));
    expect(await warn()).toBe(2);
    expect((await told()).map(({ facts }) => facts['span'])).toEqual(['5h', '5h', '7d']);
  });

  test('of a key that does not work is not told of', async () => {
    const ids = await Promise.all([
      key({ spend_total: 10, state: 'disabled' }),
      key({ spend_total: 10, state: 'deleted' }),
      key({ spend_total: 10, expires_at: at(-1) }),
      key({ spend_total: 0 }),
    ]);
    for (const id of ids) await spend(id, 'total', 10, at(-9));
    expect(await warn()).toBe(0);
    const id = await key({ spend_total: 10 });
    await spend(id, 'total', 10, at(-9));
    await sql(`update organizations set state = 'suspended'`);
    expect(await warn()).toBe(0);
  });
});

describe('an expiry', () => {
  test('is told of a week and a day before, each once, and again when it was moved', async () => {
    const id = await key({ expires_at: at(7.5) });
    expect(await warn()).toBe(0);
    clock.advance(dayMs);
    expect(await warn()).toBe(1);
    expect(await warn()).toBe(0);
    clock.advance(6 * dayMs);
    expect(await warn()).toBe(1);
    expect(await warn()).toBe(0);
    await sql('update keys set expires_at = $2 where id = $1', [id, at(12)]);
    expect(await warn()).toBe(1);
    expect(await told()).toMatchObject([
      { kind: 'key-expires-soon', facts: { key: id, expiresAtMs: at(7.5).getTime() } },
      { kind: 'key-expires-soon' },
      { facts: { expiresAtMs: at(12).getTime() } },
    ]);
  });

  test('of a key that was made for less than a week is told of on its last day only', async () => {
    await key({ created_at: at(0), expires_at: at(3) });
    expect(await warn()).toBe(0);
    clock.advance(2.5 * dayMs);
    expect(await warn()).toBe(1);
    await key({ created_at: at(2.5), expires_at: at(2.6) });
    expect(await warn()).toBe(0);
  });

  test('of a key that is near both is one warning, the urgent one', async () => {
    await key({ expires_at: at(0.5) });
    expect(await warn()).toBe(1);
    clock.advance(3_600_000);
    expect(await warn()).toBe(0);
  });
});

test('a key that nobody holds is told of to its maker, and else to the owners', async () => {
  const [mine, theirs, gone] = [
    await key({ account_id: null, created_by: 'acc_dev', expires_at: at(1) }),
    await key({ account_id: null, created_by: 'staff:acc_dev', expires_at: at(1) }),
    await key({ account_id: 'acc_gone', created_by: 'acc_gone', expires_at: at(1) }),
  ];
  await warn();
  const readers = Object.fromEntries((await told()).map(({ accountId, facts }) => [facts['key'], accountId]));
  expect(readers).toEqual({ [mine]: 'acc_dev', [theirs]: 'acc_owner', [gone]: 'acc_owner' });
});

test('many keys are told of in batches, and two nodes at once tell of each once', async () => {
  await sql(
    `insert into keys (id, organization_id, account_id, group_id, name, prefix, hash, created_at, expires_at)
     select 'many_' || n, 'org_a', 'acc_dev', (select id from groups limit 1), 'many', 'many_' || n,
       convert_to('many_' || n, 'UTF8'), $1, $2 from generate_series(1, 450) n`,
    [at(-100), at(1)],
  );
  const counts = await Promise.all([warn(), warn()]);
  expect(counts.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(450 - 200);
  await warn();
  const { rows } = await sql(
    `select count(*)::int as all, count(distinct facts->>'prefix')::int as keys from notifications`,
  );
  expect(rows).toEqual([{ all: 450, keys: 450 }]);
});
