import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aiSuite } from './ai-suite.ts';
import { anthropicSuite } from './anthropic-suite.ts';
import { geminiSuite } from './gemini-suite.ts';
import { openaiSuite } from './openai-suite.ts';
import { refusalsSuite } from './refusals-suite.ts';
import { relaySuite } from './relay-suite.ts';
import { startSite, type TestSite } from './site.ts';
import type { Target } from './target.ts';

/** The SDKs at a real site: whatever works straight at the vendor must work through Lodge. */
let site: TestSite;
beforeAll(async () => {
  // Every suite runs with three demo keys within a minute.
  site = await startSite();
}, 90_000);
afterAll(async () => {
  expect(await site?.stop()).toBe(0);
}, 60_000);

const target = (): Target => ({
  openaiUrl: `${site.url}/v1`,
  anthropicUrl: site.url,
  geminiUrl: site.url,
  keys: site.keys,
  requestId: /^req_[0-9A-HJKMNP-TV-Z]{28}$/,
  lodge: true,
});

const prefixed = (): Target => ({
  ...target(),
  openaiUrl: `${site.url}/openai/v1`,
  anthropicUrl: `${site.url}/anthropic`,
  geminiUrl: `${site.url}/gemini`,
});

describe('openai', () => openaiSuite(target));
describe('anthropic', () => anthropicSuite(target));
describe('gemini', () => geminiSuite(target));
describe('ai', () => aiSuite(target));
describe('refusals', () => refusalsSuite(target));
describe('below the vendor’s own prefix', () => refusalsSuite(prefixed));
describe('relay', () => relaySuite(target, () => site.sandboxUrl));

test('the sandbox has counted calls, and nothing of what was said', async () => {
  const lines = await (await fetch(`${site.sandboxUrl}/sandbox/counts`)).text();
  expect(lines.split('\n').length).toBeGreaterThan(50);
  expect(lines).not.toContain('gate');
});
