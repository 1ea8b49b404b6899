import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ManualClock } from '../base/clock.ts';
import { builtInRoles } from '../base/permissions.ts';
import type { Catalogue, Channel, Group, Model } from '../gateway/ports.ts';
import { type ControlServer, gateOf, startControlServer } from '../http/testing.ts';
import { noRates, type Price } from '../vendors/index.ts';
import { offeredGroups, offeredModels, offeredPrice, offersAfter } from './offer.ts';
import { offerRoutes } from './route-offer.ts';

const nowMs = Date.UTC(2026, 5, 1);
const channel: Channel = {
  id: 'c',
  name: 'c',
  origin: 'https://upstream.example',
  basePath: '',
  credential: 'upstream-credential',
  weight: 1,
  region: null,
  wire: 'openai',
};
const price = (id: string, validFromMs: number, parts: Partial<Price> = {}): Price => ({
  id,
  validFromMs,
  rates: { ...noRates, input: 2_500_000_000n, output: 10_000_000_001n },
  tiers: [],
  ...parts,
});

function model(id: string, prices: readonly Price[] = [price(`p:${id}`, 0)]): Model {
  return {
    id,
    displayName: id.toUpperCase(),
    mode: 'chat',
    createdAtMs: 0,
    maxInputTokens: 1_000,
    maxOutputTokens: null,
    inputs: ['text'],
    outputs: ['text'],
    prices,
  };
}

function group(id: string, models: readonly Model[], parts: Partial<Group> = {}): Group {
  return {
    id,
    displayName: `Group ${id}`,
    vendor: { id: 'openai', displayName: 'OpenAI', family: 'openai' },
    kind: 'wallet',
    multiplier: 9_000,
    passThrough: false,
    enabled: true,
    models: new Map(models.map((each) => [each.id, each])),
    aliases: new Map(),
    channels: [channel],
    ...parts,
  };
}

const anthropic = { id: 'anthropic', displayName: 'Anthropic', family: 'anthropic' } as const;
const groups = [
  group('a', [model('zeta'), model('alpha')], { aliases: new Map(Object.entries({ z2: 'zeta', z1: 'zeta' })) }),
  group('b', [model('claude', [])], { vendor: anthropic }),
  group('closed', [model('zeta')], { enabled: false }),
  group('empty', [model('zeta')], { channels: [] }),
];
const catalogue: Catalogue = { version: 1, groups: new Map(groups.map((each) => [each.id, each])) };

const names = (filter: object = {}) =>
  offeredModels(catalogue, filter).map((offer) => `${offer.group.id}/${offer.model.id}`);

describe('what is offered', () => {
  test('are groups that are enabled and have a channel', () => {
    expect(offeredGroups(catalogue).map((each) => each.id)).toEqual(['a', 'b']);
  });

  test.each([
    [{}, ['a/zeta', 'a/alpha', 'b/claude']],
    [{ vendorId: 'anthropic' }, ['b/claude']],
    [{ groupId: 'a' }, ['a/zeta', 'a/alpha']],
    [{ groupId: 'closed' }, []],
    [{ search: ' ALPH ' }, ['a/alpha']],
    [{ search: 'z1' }, ['a/zeta']],
    [{ search: 'nothing' }, []],
  ])('filtered by %j', (filter, expected) => expect(names(filter)).toEqual(expected));

  test('goes on after a place, also after one that is gone', () => {
    const all = offeredModels(catalogue, {});
    const following = (...place: [string, string]) => offersAfter(all, place).map((offer) => offer.model.id);
    expect(following('a', 'zeta')).toEqual(['alpha', 'claude']);
    expect(following('a', 'gone')).toEqual(['claude']);
    expect(following('b', 'claude')).toEqual([]);
  });
});

describe('a price', () => {
  const offer = (prices: readonly Price[], multiplier: number) => {
    const one = group('g', [model('m', prices)], { multiplier });
    return offeredPrice({ group: one, model: model('m', prices), aliases: [] }, nowMs);
  };

  test('is exact, whatever the multiplier', () => {
    const lines = offer([price('p', 0)], 9_999)?.tiers[0]?.lines;
    expect(lines).toEqual([
      { class: 'input', unit: 'million_tokens', listUsd: '2.5', effectiveUsd: '2.49975' },
      { class: 'output', unit: 'million_tokens', listUsd: '10.000000001', effectiveUsd: '9.9990000009999' },
    ]);
    expect(offer([price('p', 0)], 0)?.tiers[0]?.lines[0]?.effectiveUsd).toBe('0');
  });

  test('has its tiers and units', () => {
    const rates = { ...noRates, perRequest: 1n, perImage: 40_000_000n };
    const tiers = [{ overInputTokens: 200_000, rates: { ...noRates, input: 5_000_000_000n } }];
    const shown = offer([price('p', 0, { rates, tiers })], 10_000)?.tiers;
    expect(shown?.map((tier) => tier.overInputTokens)).toEqual([0, 200_000]);
    expect(shown?.[0]?.lines).toEqual([
      { class: 'per_request', unit: 'request', listUsd: '0.000000001', effectiveUsd: '0.000000001' },
      { class: 'per_image', unit: 'image', listUsd: '0.04', effectiveUsd: '0.04' },
    ]);
  });

  test('is the version in force, and says when the next one comes', () => {
    const versions = [price('far', nowMs + 2_000), price('next', nowMs + 1_000), price('now', nowMs), price('old', 0)];
    expect(offer(versions, 1)).toMatchObject({ id: 'now', validFromMs: nowMs, endsAtMs: nowMs + 1_000 });
    expect(offer([price('next', nowMs + 1)], 1)).toBeNull();
  });
});

describe('over HTTP', () => {
  let server: ControlServer;
  const path = '/control/v1/organizations/org_a';

  beforeAll(async () => {
    const regions = () => [{ name: 'eu', apiBaseUrl: 'https://api.example' }];
    const routes = offerRoutes({ catalogue: () => catalogue, regions, clock: new ManualClock(nowMs) });
    const organization = builtInRoles.developer;
    const people = { acc_dev: { in: { org_a: { organization, projects: [] } } }, acc_eve: {} };
    server = await startControlServer(routes, { gate: gateOf(people) });
  });
  afterAll(() => server.close());

  const get = async (query: string, as = 'acc_dev') => {
    const response = await server.call('GET', path + query, { as });
    return { status: response.status, body: JSON.parse(await response.text()) };
  };

  test('groups with what to set as base URL', async () => {
    const { status, body } = await get('/groups');
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      {
        id: 'a',
        vendor_name: 'OpenAI',
        multiplier: '0.9',
        models: 2,
        base_urls: [{ region: 'eu', form: 'v1', url: 'https://api.example/v1' }],
      },
      {
        id: 'b',
        base_urls: [
          { form: 'root', url: 'https://api.example', used_by: expect.arrayContaining(['Claude Code']) },
          { form: 'v1' },
        ],
      },
    ]);
    expect(JSON.stringify(body)).not.toContain('upstream');
  });

  test('models in pages', async () => {
    const first = await get('/models?limit=2');
    expect(first.body.data).toMatchObject([
      { group: 'a', id: 'zeta', aliases: ['z1', 'z2'], price: { tiers: [{ over_input_tokens: 0 }] } },
      { group: 'a', id: 'alpha', aliases: [] },
    ]);
    const second = await get(`/models?limit=2&cursor=${encodeURIComponent(first.body.next_cursor)}`);
    expect(second.body).toMatchObject({ data: [{ group: 'b', id: 'claude', price: null }], next_cursor: null });
    expect((await get('/models?search=z2&vendor=openai&group=a')).body.data).toHaveLength(1);
    expect((await get('/models?cursor=bm90aGluZw')).body.code).toBe('cursor_invalid');
  });

  test('strangers find no organization', async () => {
    expect((await get('/groups', 'acc_eve')).status).toBe(404);
    expect((await get('/models', 'acc_eve')).status).toBe(404);
  });
});
