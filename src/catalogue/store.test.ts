import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { loadSecrets } from '../secrets/index.ts';
import {
  addAlias,
  addChannel,
  addGroup,
  addGroupModels,
  addModel,
  addVendor,
  type ChannelRules,
  catalogueProblems,
  getChannel,
  getGroup,
  getModel,
  getVendor,
  listAliases,
  listChannels,
  listGroupModels,
  listGroups,
  listModels,
  listPrices,
  listVendors,
  modelPlace,
  removeAlias,
  removeChannel,
  removeGroup,
  removeGroupModel,
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
const rules: ChannelRules = { sealer: secrets, allowPrivate: false };
const now = Date.UTC(2026, 10, 21);
let home: TestDatabase;
let pool: TestDatabase['database']['pool'];

beforeAll(async () => {
  home = await createTestDatabase();
  pool = home.database.pool;
});
afterAll(() => home.drop());

beforeEach(async () => {
  await pool.query('truncate vendors, models, prices, groups, group_models, aliases, channels, keys cascade');
  await addVendor(pool, systemActor, { id: 'acme', displayName: 'Acme', family: 'openai' });
  for (const id of ['small', 'large', 'huge']) {
    await addModel(pool, systemActor, { vendorId: 'acme', id });
    await setPrice(pool, systemActor, { vendorId: 'acme', modelId: id, rates: { input: '1', output: '2.5' } }, now);
  }
  await addGroup(pool, systemActor, { id: 'team', displayName: 'Team', vendorId: 'acme' });
  await addGroupModels(pool, systemActor, 'team', ['small', 'large']);
});

/** Expects a refusal with a code of the published table. */
async function refused(work: Promise<unknown>, code: keyof typeof catalogueProblems, words = ''): Promise<void> {
  await expect(work).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  expect(catalogueProblems).toHaveProperty(code);
}

describe('vendors', () => {
  test('add, list, set, remove', async () => {
    await addVendor(pool, systemActor, { id: 'zeta', displayName: ' Zeta ', family: 'gemini' });
    expect((await listVendors(pool)).map((vendor) => vendor.id)).toEqual(['acme', 'zeta']);
    expect((await listVendors(pool, { after: 'acme', limit: 1 })).map((vendor) => vendor.id)).toEqual(['zeta']);
    expect(await setVendor(pool, systemActor, 'zeta', { displayName: 'Zeta AI' })).toMatchObject({
      displayName: 'Zeta AI',
      family: 'gemini',
    });
    await removeVendor(pool, systemActor, 'zeta');
    await refused(getVendor(pool, 'zeta'), 'vendor_not_found', 'zeta');
  });

  test('refusals', async () => {
    await refused(addVendor(pool, systemActor, { id: 'acme', displayName: 'x', family: 'openai' }), 'vendor_exists');
    await refused(
      addVendor(pool, systemActor, { id: 'Acme!', displayName: 'x', family: 'openai' }),
      'catalogue_value_invalid',
    );
    await refused(
      addVendor(pool, systemActor, { id: 'b', displayName: ' ', family: 'openai' }),
      'catalogue_value_invalid',
    );
    await refused(removeVendor(pool, systemActor, 'acme'), 'vendor_in_use', 'the groups team and 3 models');
    await refused(removeVendor(pool, systemActor, 'none'), 'vendor_not_found');
    await refused(setVendor(pool, systemActor, 'none', { displayName: 'x' }), 'vendor_not_found');
  });
});

describe('groups', () => {
  test('add with defaults, set what is named, remove with all of its parts', async () => {
    expect(await getGroup(pool, 'team')).toMatchObject({
      kind: 'wallet',
      multiplier: 10_000,
      passThrough: false,
      enabled: true,
    });
    const changed = await setGroup(pool, systemActor, 'team', { multiplier: 9_000, enabled: false });
    expect(changed).toMatchObject({ displayName: 'Team', multiplier: 9_000, enabled: false });
    await addAlias(pool, systemActor, { groupId: 'team', alias: 'tiny', modelId: 'small' });
    await addChannel(pool, systemActor, rules, { groupId: 'team', name: 'main', baseUrl: 'sandbox:' });
    await removeGroup(pool, systemActor, 'team');
    expect(await listGroups(pool)).toEqual([]);
    expect(await listChannels(pool, secrets)).toEqual([]);
  });

  test('refusals', async () => {
    await refused(addGroup(pool, systemActor, { id: 'team', displayName: 'x', vendorId: 'acme' }), 'group_exists');
    await refused(addGroup(pool, systemActor, { id: 'other', displayName: 'x', vendorId: 'none' }), 'vendor_not_found');
    await refused(
      addGroup(pool, systemActor, { id: 'A b', displayName: 'x', vendorId: 'acme' }),
      'catalogue_value_invalid',
    );
    await refused(
      setGroup(pool, systemActor, 'team', { multiplier: 0.9 }),
      'catalogue_value_invalid',
      'ten-thousandths',
    );
    await refused(setGroup(pool, systemActor, 'none', {}), 'group_not_found');
    await refused(removeGroup(pool, systemActor, 'none'), 'group_not_found');
    await pool.query(
      `insert into keys (id, organization_id, group_id, name, prefix, hash) values ('k', 'a', 'team', 'n', 'p', '\\x00')`,
    );
    await refused(removeGroup(pool, systemActor, 'team'), 'group_in_use', 'keys: 1');
  });
});

describe('models', () => {
  test('add, page through, set, remove; the prices stay', async () => {
    const first = await listModels(pool, { limit: 2 });
    expect(first.map((model) => model.id)).toEqual(['huge', 'large']);
    const last = first.at(-1);
    const second = await listModels(pool, { after: last ? modelPlace(last) : '' });
    expect(second.map((model) => model.id)).toEqual(['small']);
    const set = await setModel(pool, systemActor, 'acme', 'huge', {
      maxInputTokens: 1_000,
      inputs: ['text', 'image', 'text'],
    });
    expect(set).toMatchObject({
      displayName: 'huge',
      maxInputTokens: 1_000,
      maxOutputTokens: null,
      inputs: ['text', 'image'],
    });
    expect(await setModel(pool, systemActor, 'acme', 'huge', { maxInputTokens: null })).toMatchObject({
      maxInputTokens: null,
      inputs: ['text', 'image'],
    });
    await removeModel(pool, systemActor, 'acme', 'huge');
    await refused(getModel(pool, 'acme', 'huge'), 'model_not_found');
    expect(await listPrices(pool, { modelId: 'huge' })).toHaveLength(1);
  });

  test('refusals', async () => {
    await refused(addModel(pool, systemActor, { vendorId: 'acme', id: 'small' }), 'model_exists');
    await refused(addModel(pool, systemActor, { vendorId: 'none', id: 'x' }), 'vendor_not_found');
    await refused(addModel(pool, systemActor, { vendorId: 'acme', id: 'a b' }), 'catalogue_value_invalid');
    await refused(
      addModel(pool, systemActor, { vendorId: 'acme', id: 'x', inputs: ['smell'] }),
      'catalogue_value_invalid',
    );
    await refused(
      addModel(pool, systemActor, { vendorId: 'acme', id: 'x', maxOutputTokens: 0 }),
      'catalogue_value_invalid',
    );
    await refused(removeModel(pool, systemActor, 'acme', 'small'), 'model_in_use', 'team');
    await refused(removeModel(pool, systemActor, 'acme', 'none'), 'model_not_found');
  });
});

describe("a group's models and aliases", () => {
  test('keep their order', async () => {
    await addGroupModels(pool, systemActor, 'team', ['huge', 'small']);
    expect(await listGroupModels(pool, 'team')).toEqual(['small', 'large', 'huge']);
    await setGroupModels(pool, systemActor, 'team', ['huge', 'small']);
    expect(await listGroupModels(pool, 'team')).toEqual(['huge', 'small']);
    await removeGroupModel(pool, systemActor, 'team', 'huge');
    expect(await listGroupModels(pool, 'team')).toEqual(['small']);
  });

  test('an alias leads to a model, is changed and removed', async () => {
    await addAlias(pool, systemActor, { groupId: 'team', alias: 'gpt-4', modelId: 'small' });
    await setAlias(pool, systemActor, { groupId: 'team', alias: 'gpt-4', modelId: 'large' });
    expect(await listAliases(pool, 'team')).toEqual([{ groupId: 'team', alias: 'gpt-4', modelId: 'large' }]);
    await removeAlias(pool, systemActor, 'team', 'gpt-4');
    expect(await listAliases(pool, 'team')).toEqual([]);
  });

  test('refusals', async () => {
    await addAlias(pool, systemActor, { groupId: 'team', alias: 'huge', modelId: 'small' });
    await refused(addAlias(pool, systemActor, { groupId: 'team', alias: 'huge', modelId: 'large' }), 'alias_exists');
    await refused(setAlias(pool, systemActor, { groupId: 'team', alias: 'large', modelId: 'small' }), 'alias_conflict');
    await refused(
      setAlias(pool, systemActor, { groupId: 'team', alias: 'x', modelId: 'huge' }),
      'model_not_in_group',
      'huge',
    );
    await refused(setAlias(pool, systemActor, { groupId: 'none', alias: 'x', modelId: 'small' }), 'group_not_found');
    await refused(addGroupModels(pool, systemActor, 'team', ['huge']), 'alias_conflict', 'alias "huge"');
    await refused(addGroupModels(pool, systemActor, 'team', ['none']), 'model_not_found', 'none');
    await refused(addGroupModels(pool, systemActor, 'none', []), 'group_not_found');
    await refused(removeGroupModel(pool, systemActor, 'team', 'small'), 'model_in_use', 'huge');
    await refused(setGroupModels(pool, systemActor, 'team', ['large']), 'model_in_use', 'huge');
    await refused(removeGroupModel(pool, systemActor, 'team', 'huge'), 'model_not_in_group');
    await refused(removeAlias(pool, systemActor, 'team', 'none'), 'alias_not_found');
    await refused(listAliases(pool, 'none'), 'group_not_found');
    await addModel(pool, systemActor, { vendorId: 'acme', id: 'unpriced' });
    await refused(addGroupModels(pool, systemActor, 'team', ['unpriced']), 'price_missing', 'unpriced');
    expect(await listGroupModels(pool, 'team')).toEqual(['small', 'large']);
  });

  test('two writers cannot give one name to a model and an alias', async () => {
    const results = await Promise.allSettled([
      addGroupModels(pool, systemActor, 'team', ['huge']),
      addAlias(pool, systemActor, { groupId: 'team', alias: 'huge', modelId: 'small' }),
    ]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('channels', () => {
  const credential = 'sk-upstream-0123456789abcdef';

  test('the credential is sealed, shown by its last four only, and stays when it is not named', async () => {
    const added = await addChannel(pool, systemActor, rules, {
      groupId: 'team',
      name: 'main',
      baseUrl: 'https://api.example.com/v1/',
      credential,
    });
    expect(added).toMatchObject({ baseUrl: 'https://api.example.com/v1', weight: 100, wire: 'openai', region: null });
    expect(added.credential).toEqual({ state: 'set', lastFour: 'cdef' });
    const stored = await pool.query<{ credential_sealed: Buffer }>('select credential_sealed from channels');
    expect(stored.rows[0]?.credential_sealed.includes(credential)).toBe(false);
    const set = await setChannel(pool, systemActor, rules, added.id, { weight: 5, region: 'eu', enabled: false });
    expect(set).toMatchObject({
      weight: 5,
      region: 'eu',
      enabled: false,
      credential: { state: 'set', lastFour: 'cdef' },
    });
    const cleared = await setChannel(pool, systemActor, rules, added.id, { credential: null, region: null });
    expect(cleared).toMatchObject({ weight: 5, region: null, credential: { state: 'unset', lastFour: null } });
    expect(JSON.stringify(await listChannels(pool, secrets))).not.toContain(credential);
    await removeChannel(pool, systemActor, added.id);
    await refused(getChannel(pool, secrets, added.id), 'channel_not_found');
  });

  test('a credential moved to another row, or under another secret, is unreadable', async () => {
    await addChannel(pool, systemActor, rules, {
      id: 'one',
      groupId: 'team',
      name: 'one',
      baseUrl: 'https://a.example.com',
      credential,
    });
    await addChannel(pool, systemActor, rules, {
      id: 'two',
      groupId: 'team',
      name: 'two',
      baseUrl: 'https://b.example.com',
    });
    await pool.query(
      "update channels set credential_sealed = (select credential_sealed from channels where id = 'one')",
    );
    expect((await getChannel(pool, secrets, 'two')).credential.state).toBe('unreadable');
    expect((await getChannel(pool, secrets, 'one')).credential.state).toBe('set');
    const others = await loadSecrets({ secret: 'o'.repeat(32), adminToken: 'a'.repeat(24), dataDir: '/nowhere' });
    expect((await getChannel(pool, others, 'one')).credential.state).toBe('unreadable');
    const short = await setChannel(pool, systemActor, rules, 'one', { credential: 'short' });
    expect(short.credential).toEqual({ state: 'set', lastFour: null });
  });

  test('refusals', async () => {
    const good = { groupId: 'team', name: 'main', baseUrl: 'https://api.example.com' };
    await addChannel(pool, systemActor, rules, { ...good, id: 'c1' });
    await refused(addChannel(pool, systemActor, rules, good), 'channel_exists', 'main');
    await refused(addChannel(pool, systemActor, rules, { ...good, id: 'c1', name: 'x' }), 'channel_exists', 'c1');
    await refused(addChannel(pool, systemActor, rules, { ...good, groupId: 'none' }), 'group_not_found');
    await refused(
      addChannel(pool, systemActor, rules, { ...good, baseUrl: 'http://localhost:1' }),
      'channel_address_not_allowed',
      'LODGE_ALLOW_PRIVATE_UPSTREAMS',
    );
    await refused(addChannel(pool, systemActor, rules, { ...good, baseUrl: 'nonsense' }), 'channel_address_invalid');
    await refused(addChannel(pool, systemActor, rules, { ...good, wire: 'anthropic' }), 'channel_wire_unsupported');
    await refused(addChannel(pool, systemActor, rules, { ...good, weight: 0 }), 'catalogue_value_invalid');
    await refused(
      addChannel(pool, systemActor, rules, { ...good, credential: `${credential}\n` }),
      'catalogue_value_invalid',
    );
    await expect(addChannel(pool, systemActor, rules, { ...good, credential: `${credential}\n` })).rejects.toThrow(
      /^(?!.*upstream)/,
    );
    await refused(setChannel(pool, systemActor, rules, 'none', {}), 'channel_not_found');
    await refused(
      setChannel(pool, systemActor, rules, 'c1', { baseUrl: 'http://10.0.0.1' }),
      'channel_address_not_allowed',
    );
    await refused(removeChannel(pool, systemActor, 'none'), 'channel_not_found');
  });
});

describe('prices', () => {
  const later = now + 86_400_000;

  test('a version follows another and none is changed', async () => {
    const added = await setPrice(
      pool,
      systemActor,
      {
        vendorId: 'acme',
        modelId: 'small',
        validFromMs: later,
        rates: { input: '3', cacheRead: '0.000000001', output: '4', perImage: '0.04' },
        tiers: [
          { overInputTokens: 200_000, rates: { input: '6' } },
          { overInputTokens: 100_000, rates: { input: '5' } },
        ],
      },
      now,
    );
    expect(added).toEqual({
      id: 'acme:small:2026-11-22',
      vendorId: 'acme',
      modelId: 'small',
      validFromMs: later,
      rates: { input: '3', cacheRead: '0.000000001', output: '4', perImage: '0.04' },
      tiers: [
        { overInputTokens: 100_000, rates: { input: '5', cacheRead: '0.000000001', output: '4', perImage: '0.04' } },
        { overInputTokens: 200_000, rates: { input: '6', cacheRead: '0.000000001', output: '4', perImage: '0.04' } },
      ],
      source: 'operator',
    });
    expect((await listPrices(pool, { modelId: 'small' })).map((price) => price.validFromMs)).toEqual([now, later]);
    await removePrice(pool, systemActor, added.id, now);
    expect(await listPrices(pool, { modelId: 'small' })).toHaveLength(1);
  });

  test('refusals', async () => {
    const input = { vendorId: 'acme', modelId: 'small', rates: { input: '1' } };
    await refused(setPrice(pool, systemActor, { ...input, validFromMs: now - 120_000 }, now), 'price_invalid', 'later');
    await refused(setPrice(pool, systemActor, { ...input, validFromMs: now }, now), 'price_exists');
    await refused(setPrice(pool, systemActor, { ...input, modelId: 'none' }, now), 'model_not_found');
    await refused(setPrice(pool, systemActor, { ...input, rates: {} }, later), 'price_invalid', 'at least one');
    await refused(setPrice(pool, systemActor, { ...input, rates: { input: '1,5' } }, later), 'price_invalid', 'input');
    await refused(setPrice(pool, systemActor, { ...input, rates: { input: '-1' } }, later), 'price_invalid');
    await refused(
      setPrice(pool, systemActor, { ...input, rates: { inputt: '1' } as never }, later),
      'price_invalid',
      'inputt',
    );
    const tier = { overInputTokens: 5, rates: { input: '2' } };
    await refused(setPrice(pool, systemActor, { ...input, tiers: [tier, tier] }, later), 'price_invalid', 'Two tiers');
    await refused(
      setPrice(pool, systemActor, { ...input, tiers: [{ ...tier, overInputTokens: 0 }] }, later),
      'price_invalid',
    );
    await refused(removePrice(pool, systemActor, 'acme:small:2026-11-21', now), 'price_in_force');
    await refused(removePrice(pool, systemActor, 'none', now), 'price_not_found');
  });
});
