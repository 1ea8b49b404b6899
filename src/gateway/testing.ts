import { noRates, type Price } from '../vendors/index.ts';
import type { Channel, Group, Key, Model } from './ports.ts';

/** Plain data for the tests of decisions. */

/** $5 in, $30 out, $0.50 cached, per million tokens. */
export const testPrice: Price = {
  id: 'price-1',
  validFromMs: 0,
  rates: { ...noRates, input: 5_000_000_000n, output: 30_000_000_000n, cacheRead: 500_000_000n },
  tiers: [],
};

export function testModel(id: string, change: Partial<Model> = {}): Model {
  return {
    id,
    displayName: id,
    mode: 'chat',
    createdAtMs: 1_700_000_000_000,
    maxInputTokens: 1_000_000,
    maxOutputTokens: 128_000,
    inputs: ['text'],
    outputs: ['text'],
    prices: [testPrice],
    ...change,
  };
}

export function testChannel(id: string, change: Partial<Channel> = {}): Channel {
  return {
    id,
    name: id,
    origin: 'http://127.0.0.1:1',
    basePath: '/v1',
    credential: 'upstream-secret',
    weight: 100,
    region: null,
    wire: 'openai',
    ...change,
  };
}

export function testGroup(change: Partial<Group> = {}): Group {
  const models = [testModel('gpt-5.5'), testModel('gpt-5.4-mini')];
  return {
    id: 'openai-standard',
    displayName: 'OpenAI Standard',
    vendor: { id: 'openai', displayName: 'OpenAI', family: 'openai' },
    kind: 'wallet',
    multiplier: 10_000,
    passThrough: false,
    enabled: true,
    models: new Map(models.map((model) => [model.id, model])),
    aliases: new Map([['gpt-4', 'gpt-5.5']]),
    channels: [testChannel('ch-1')],
    ...change,
  };
}

export function testKey(change: Partial<Key> = {}): Key {
  return {
    id: 'key-1',
    prefix: 'sk-lodge-Abcd1234',
    organizationId: 'org_site',
    projectId: null,
    groupId: 'openai-standard',
    state: 'enabled',
    expiresAtMs: null,
    allowedModels: null,
    limits: { requestsPerMinute: 60, countsPerMinute: 600, tokensPerMinute: null, concurrency: null, spend: {} },
    spend: {},
    ...change,
  };
}
