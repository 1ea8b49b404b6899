import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { type Sandbox, startSandbox } from '../../src/vendors/sandbox/index.ts';
import { type Program, workplace } from '../site/program.ts';
import { aiSuite } from './ai-suite.ts';
import { anthropicSuite } from './anthropic-suite.ts';
import { geminiSuite } from './gemini-suite.ts';
import { openaiSuite } from './openai-suite.ts';
import { refusalsSuite } from './refusals-suite.ts';
import { relaySuite } from './relay-suite.ts';
import { chatModel, type Target } from './target.ts';

/** The SDKs at a real site: whatever works straight at the vendor must work through Lodge. */
const here = workplace();
let site: Program;
/** A second one, for calls past Lodge: the site's own sandbox must have seen none that Lodge does not know. */
let beside: Sandbox;
beforeAll(async () => {
  beside = await startSandbox({ port: 0, countsFile: null, log: silentLog });
  site = await here.start();
}, 90_000);
afterAll(async () => {
  await beside?.close();
  expect(await site?.stop()).toEqual({ code: 0, signal: null });
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
describe('relay', () => relaySuite(target, () => beside.origin));

test('the sandbox has counted calls, and nothing of what was said', async () => {
  const lines = await (await fetch(`${site.sandboxUrl}/sandbox/counts`)).text();
  expect(lines.split('\n').length).toBeGreaterThan(50);
  expect(lines).not.toContain('gate');
});

describe('afterwards', () => {
  const admin = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
    const headers = { authorization: `Bearer ${site.adminToken}` };
    const response = await fetch(`${site.url}/admin/v1/${path}`, { headers });
    return (await response.json()) as Readonly<Record<string, unknown>>;
  };

  test('a call is found by the request id that its SDK told', async () => {
    const client = new OpenAI({ baseURL: target().openaiUrl, apiKey: site.keys.openai });
    const reply = await client.chat.completions.create({
      model: chatModel,
      messages: [{ role: 'user', content: 'hi' }],
    });
    const text = JSON.stringify(await admin(`requests/${reply._request_id}`));
    for (const fact of [chatModel, reply.id, 'completed', 'openai-standard']) expect(text).toContain(fact);
    expect(text).not.toContain('Hello from the sandbox');
  });

  test('the books of all these calls agree with the sandbox’s own count', async () => {
    expect(await admin('audit')).toMatchObject({ ok: true, mismatches: [], open: 0 });
  });
});
