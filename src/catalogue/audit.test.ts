import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Actor, systemActor } from '../base/actor.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets } from '../secrets/index.ts';
import {
  addAlias,
  addChannel,
  addGroup,
  addGroupModels,
  addModel,
  addVendor,
  refreshPrices,
  removeAlias,
  removeChannel,
  removeGroup,
  removeModel,
  removePrice,
  removeVendor,
  setAlias,
  setChannel,
  setGroup,
  setGroupModels,
  setModel,
  setPrice,
  setVendor,
} from './index.ts';

const secrets = await loadSecrets({ secret: 's'.repeat(32), adminToken: 'a'.repeat(24), dataDir: '/nowhere' });
const rules = { sealer: secrets, allowPrivate: false };
const ann: Actor = { ...systemActor, kind: 'account', accountId: 'acc_ann', name: 'ann@site.test', asStaff: true };
const now = Date.UTC(2026, 10, 21);
let home: TestDatabase;
let pool: TestDatabase['database']['pool'];

interface Entry {
  readonly action: string;
  readonly subject_id: string;
  readonly before: unknown;
  readonly after: unknown;
}

beforeAll(async () => {
  home = await createTestDatabase();
  pool = home.database.pool;
});
afterAll(() => home.drop());

beforeEach(async () => {
  await pool.query('truncate vendors, models, prices, groups, group_models, aliases, channels, keys cascade');
  await addVendor(pool, ann, { id: 'acme', displayName: 'Acme', family: 'openai' });
  await addModel(pool, ann, { vendorId: 'acme', id: 'small', releasedAtMs: 0 });
  await addModel(pool, ann, { vendorId: 'acme', id: 'large', releasedAtMs: 0 });
  for (const modelId of ['small', 'large'])
    await setPrice(pool, ann, { vendorId: 'acme', modelId, rates: { input: '1' } }, now);
  await addGroup(pool, ann, { id: 'team', displayName: 'Team', vendorId: 'acme' });
  await addGroupModels(pool, ann, 'team', ['small']);
});

/** The entries that `work` adds, oldest first. */
async function noted(work: () => Promise<unknown>): Promise<Entry[]> {
  const { rows: last } = await pool.query<{ at: string }>(
    "select coalesce(max(at), 'epoch')::text as at from audit_log",
  );
  await work().catch(() => undefined);
  const { rows } = await pool.query<Entry>(
    `select action, subject_id, before, after from audit_log
     where at > $1::timestamptz and organization_id is null and actor_id = 'acc_ann' and as_staff order by at`,
    [last[0]?.at],
  );
  return rows;
}

test('a change names what was and what is, and nothing else', async () => {
  expect(await noted(() => setGroup(pool, ann, 'team', { multiplier: 9_000, enabled: true }))).toEqual([
    { action: 'group.changed', subject_id: 'team', before: { multiplier: '1' }, after: { multiplier: '0.9' } },
  ]);
  expect(await noted(() => setVendor(pool, ann, 'acme', { displayName: 'Acme AI' }))).toMatchObject([
    { action: 'vendor.changed', before: { display_name: 'Acme' }, after: { display_name: 'Acme AI' } },
  ]);
  expect(await noted(() => setModel(pool, ann, 'acme', 'small', { maxInputTokens: 5 }))).toEqual([
    {
      action: 'model.changed',
      subject_id: 'acme/small',
      before: { max_input_tokens: null },
      after: { max_input_tokens: 5 },
    },
  ]);
  expect(await noted(() => setGroupModels(pool, ann, 'team', ['large', 'small']))).toEqual([
    {
      action: 'group.changed',
      subject_id: 'team',
      before: { models: ['small'] },
      after: { models: ['large', 'small'] },
    },
  ]);
});

test('what changes nothing, and what is refused, leaves no entry', async () => {
  expect(await noted(() => setGroup(pool, ann, 'team', { enabled: true }))).toEqual([]);
  expect(await noted(() => addGroupModels(pool, ann, 'team', ['small']))).toEqual([]);
  expect(await noted(() => setGroup(pool, ann, 'none', { enabled: false }))).toEqual([]);
  expect(await noted(() => removeVendor(pool, ann, 'acme'))).toEqual([]);
  expect(await noted(() => removeModel(pool, ann, 'acme', 'small'))).toEqual([]);
  expect(await noted(() => addAlias(pool, ann, { groupId: 'team', alias: 'a', modelId: 'none' }))).toEqual([]);
});

test('of a credential no more is noted than that it was changed', async () => {
  const credential = 'sk-upstream-canary-0123456789';
  const channel = { id: 'main', groupId: 'team', name: 'main', baseUrl: 'https://api.example.com', credential };
  const made = await noted(() => addChannel(pool, ann, rules, channel));
  expect(made).toMatchObject([{ action: 'channel.created', before: null, after: { credential: 'set' } }]);
  const changed = await noted(() => setChannel(pool, ann, rules, 'main', { credential: `${credential}-2`, weight: 5 }));
  expect(changed).toEqual([
    {
      action: 'channel.changed',
      subject_id: 'main',
      before: { credential: 'set', weight: 100 },
      after: { credential: 'changed', weight: 5 },
    },
  ]);
  const taken = await noted(() => setChannel(pool, ann, rules, 'main', { credential: null }));
  expect(taken).toMatchObject([{ before: { credential: 'set' }, after: { credential: 'unset' } }]);
  const removed = await noted(() => removeChannel(pool, ann, 'main'));
  expect(removed).toMatchObject([{ action: 'channel.deleted', after: null }]);
  expect(JSON.stringify([made, changed, taken, removed])).not.toMatch(/canary|6789/);
});

test('aliases and prices', async () => {
  const alias = { groupId: 'team', alias: 'gpt', modelId: 'small' };
  await addGroupModels(pool, ann, 'team', ['large']);
  const aliases = await noted(async () => {
    await addAlias(pool, ann, alias);
    await setAlias(pool, ann, { ...alias, modelId: 'large' });
    await removeAlias(pool, ann, 'team', 'gpt');
  });
  expect(aliases).toEqual([
    { action: 'alias.created', subject_id: 'team/gpt', before: null, after: { model: 'small' } },
    { action: 'alias.changed', subject_id: 'team/gpt', before: { model: 'small' }, after: { model: 'large' } },
    { action: 'alias.deleted', subject_id: 'team/gpt', before: { model: 'large' }, after: null },
  ]);
  const later = { vendorId: 'acme', modelId: 'small', rates: { input: '2' }, validFromMs: now + 86_400_000 };
  const prices = await noted(async () => {
    const { id } = await setPrice(pool, ann, later, now);
    await removePrice(pool, ann, id, now);
  });
  expect(prices.map(({ action, subject_id: id }) => [action, id])).toEqual([
    ['price.created', 'acme:small:2026-11-22'],
    ['price.deleted', 'acme:small:2026-11-22'],
  ]);
  expect(prices[0]?.after).toMatchObject({ rates: { input: '2' }, valid_from: '2026-11-22T00:00:00.000Z' });
});

test('a refresh of prices is one entry, and a trial none', async () => {
  await addVendor(pool, ann, { id: 'openai', displayName: 'OpenAI', family: 'openai' });
  await addModel(pool, ann, { vendorId: 'openai', id: 'gpt-5.5' });
  expect(await noted(() => refreshPrices(pool, ann, { nowMs: now, dryRun: true }))).toEqual([]);
  const entries = await noted(() => refreshPrices(pool, ann, { nowMs: now, dryRun: false }));
  expect(entries).toMatchObject([{ action: 'price.refreshed', after: { withdrawn: [] } }]);
});

test('a group that goes is noted with all that goes with it', async () => {
  await addAlias(pool, ann, { groupId: 'team', alias: 'gpt', modelId: 'small' });
  await addChannel(pool, ann, rules, { id: 'main', groupId: 'team', name: 'main', baseUrl: 'https://api.example.com' });
  expect(await noted(() => removeGroup(pool, ann, 'team'))).toMatchObject([
    {
      action: 'group.deleted',
      before: { channels: { main: 'https://api.example.com' }, models: ['small'], aliases: { gpt: 'small' } },
      after: null,
    },
  ]);
});
