import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey as newSecret } from '../../src/base/key-format.ts';
import { admin, call, newKey } from './calls.ts';
import { type Program, workplace } from './program.ts';

/** The checklist of the FAQ, "requests fail: what should I check?", answered by `lodge doctor` in one line each. */
const here = workplace();
let site: Program;
beforeAll(async () => {
  site = await here.start();
}, 90_000);
afterAll(async () => {
  expect(await site?.stop()).toEqual({ code: 0, signal: null });
});

interface Case {
  readonly name: string;
  readonly code: string;
  /** What the line must say. */
  readonly says: RegExp;
  readonly baseUrl?: string;
  readonly key?: string | (() => Promise<string>);
  readonly flags?: readonly string[];
  /** Nothing was called, so there is nothing to look up. */
  readonly noCall?: boolean;
}

const good = (): string => site.keys.openai;
const changed = async (action: 'disable' | 'delete'): Promise<string> => {
  const { secret, prefix } = await newKey(site, 'openai-standard');
  await (action === 'delete' ? admin(site, 'DELETE', `keys/${prefix}`) : admin(site, 'POST', `keys/${prefix}/disable`));
  return secret;
};
const expired = async (): Promise<string> => {
  const expiresAtMs = Date.now() + 300;
  const { secret } = await newKey(site, 'openai-standard', { expires_at: new Date(expiresAtMs).toISOString() });
  await expect.poll(() => Date.now()).toBeGreaterThan(expiresAtMs);
  return secret;
};
const used = async (limits: object, text: string): Promise<string> => {
  const { secret } = await newKey(site, 'openai-standard', { limits });
  expect((await call(site, 'openai', { key: secret, text })).status).toBe(200);
  return secret;
};
const mistyped = (key: string): string => `${key.slice(0, 20)}${key[20] === 'a' ? 'b' : 'a'}${key.slice(21)}`;

const cases: readonly Case[] = [
  { name: 'wrong port', baseUrl: 'http://127.0.0.1:1/v1', code: 'tcp_refused', says: /port 1\b/, noCall: true },
  { name: 'wrong host', baseUrl: 'https://no-such.invalid/v1', code: 'dns', says: /no-such\.invalid/, noCall: true },
  { name: 'no address', baseUrl: 'localhost/v1', code: 'base_url_invalid', says: /https?:\/\//, noCall: true },
  {
    name: 'an endpoint as base URL',
    baseUrl: '{}/v1/chat/completions',
    code: 'base_url_endpoint',
    says: /\/v1\.$/,
    noCall: true,
  },
  { name: 'a part too much in the path', baseUrl: '{}/api/v1', code: 'endpoint_not_found', says: /base URL/ },
  { name: 'white space in the key', key: async () => `${good()} `, code: 'key_whitespace', says: /space/ },
  { name: 'a line break in the key', key: async () => `${good()}\n`, code: 'key_line_break', says: /line break/ },
  {
    name: 'a key cut off',
    key: async () => good().slice(0, -4),
    code: 'key_truncated',
    says: /cut off|missing|short|incomplete/,
  },
  { name: 'a key mistyped', key: async () => mistyped(good()), code: 'key_checksum', says: /mistyped|wrong|changed/ },
  { name: 'a key of nobody', key: async () => newSecret('lodge').secret, code: 'key_unknown', says: /does not know/ },
  { name: 'a disabled key', key: () => changed('disable'), code: 'key_disabled', says: /disabled/ },
  { name: 'a deleted key', key: () => changed('delete'), code: 'key_deleted', says: /deleted/ },
  { name: 'an expired key', key: expired, code: 'key_expired', says: /expired on 20\d\d-/ },
  {
    name: 'another vendor than the base URL',
    baseUrl: '{}/anthropic',
    code: 'wrong_vendor',
    says: /openai.*anthropic/,
  },
  { name: 'another vendor than the tool', flags: ['--vendor', 'gemini'], code: 'wrong_vendor', says: /openai.*gemini/ },
  { name: 'a model that is not enabled', flags: ['--model', 'gpt-5.50'], code: 'model_not_found', says: /gpt-5\.5\b/ },
  {
    name: 'the rate limit',
    key: () => used({ requests_per_minute: 1 }, 'hi'),
    code: 'rate_limited',
    says: /1 requests? per minute/,
  },
  {
    name: 'the spending cap',
    key: () => used({ spend_usd: { total: '0.01' } }, '[sandbox:tokens=500]'),
    code: 'spending_limit_reached',
    says: /0\.01 USD/,
  },
];

test.concurrent.each(cases)(
  '$name',
  async ({ code, says, baseUrl = '{}/v1', key = async () => good(), flags = [], noCall }) => {
    const secret = typeof key === 'string' ? key : await key();
    const args = ['doctor', '--base-url', baseUrl.replace('{}', site.url), '--key-env', 'KEY', ...flags];
    const output = await here.run([...args, '--json'], { settings: { KEY: secret } });
    expect(output.code).toBe(1);
    const found = JSON.parse(output.stdout);
    expect(found.findings.at(-1).code).toMatch(new RegExp(`^${code}`));
    expect(found.summary).toMatch(says);
    expect(found.summary).not.toContain('\n');
    expect(output.stdout + output.stderr).not.toContain(secret.trim());
    if (noCall) {
      expect(found.request_id).toBeNull();
      return;
    }
    const shown = await admin(site, 'GET', `requests/${found.request_id}`);
    expect(shown).toMatchObject({ client_tool: 'lodge-doctor', charge: { actual_cost_usd: '0' } });
    if (code.startsWith('key_') && shown['error_code'] !== null) expect(shown['error_code']).toBe(code);
  },
);

test('as a person sees it: one line, with the id that support asks for', async () => {
  const broken = await here.run(['doctor', '--base-url', `${site.url}/v1`, '--key-env', 'KEY'], {
    settings: { KEY: await changed('disable') },
  });
  expect(broken.code).toBe(1);
  expect(broken.stdout.trimEnd().split('\n')).toHaveLength(1);
  const id = /req_[0-9A-Z]{28}/.exec(broken.stdout)?.[0] ?? '';
  expect(await here.lodge(site, 'requests', 'show', id)).toMatchObject({ error_code: 'key_disabled', status: 401 });

  const well = await here.run(['doctor', '--base-url', `${site.url}/v1`, '--key-env', 'KEY', '--model', 'gpt-5.5'], {
    settings: { KEY: good() },
  });
  expect([well.code, well.stderr]).toEqual([0, '']);
  expect(well.stdout).toMatch(/^✓ All is well\..*openai-standard.*\n$/);
});
