import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newKey } from '../src/base/key-format.ts';
import { parseRequestId } from '../src/base/request-id.ts';
import { diagnose } from '../src/cli/doctor.ts';
import { startGateway, type TestGateway, testModels } from './gateway/harness.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startGateway({ upstream: 'http://127.0.0.1:1' });
});

afterAll(() => gateway.close());

function doctor(form: string, key: string, more: { model?: string; vendor?: 'openai' | 'anthropic' | 'gemini' } = {}) {
  const options = { baseUrl: gateway.url + form, key, model: more.model ?? null, vendor: more.vendor ?? null };
  return diagnose(options, {});
}

test.each([
  ['openai', '/v1'],
  ['openai', '/openai/v1'],
  ['anthropic', ''],
  ['anthropic', '/anthropic'],
  ['gemini', ''],
  ['gemini', '/gemini'],
] as const)('all is well for %s on "%s", canonical names and aliases', async (family, form) => {
  const key = gateway.keys[family];
  const found = await doctor(form, key, { vendor: family, model: testModels[family] });
  expect(found).toMatchObject({ ok: true, summary: expect.stringContaining(`${family}-standard`) });
  expect(parseRequestId(found.requestId ?? '')).not.toBeNull();
  expect(await doctor(form, key, { model: 'familiar' })).toMatchObject({ ok: true });
  expect(JSON.stringify(found)).not.toContain(key);
});

test('what is wrong with a key is told apart', async () => {
  const good = gateway.keys.openai;
  const wrong: [string, string][] = [
    [`${good} `, 'key_whitespace'],
    [`${good}\n`, 'key_line_break'],
    [good.slice(0, -3), 'key_truncated'],
    [`${good.slice(0, -1)}${good.endsWith('a') ? 'b' : 'a'}`, 'key_checksum'],
    [`"${good}"`, 'key_quotes'],
    [`Bearer ${good}`, 'key_scheme'],
    ['sk-proj-abcdefghijklmnopqrstuvwxyz0123456789', 'key_vendor_key'],
    ['', 'key_empty'],
    [newKey('lodge').secret, 'key_unknown'],
    [newKey('other').secret, 'key_malformed'],
    [gateway.addKey('openai', { state: 'disabled' }), 'key_disabled'],
    [gateway.addKey('openai', { state: 'deleted' }), 'key_deleted'],
    [gateway.addKey('openai', { expiresAtMs: 1_000 }), 'key_expired'],
  ];
  for (const [key, code] of wrong) {
    const found = await doctor('/v1', key);
    expect([code, found.ok, found.findings.at(-1)?.code]).toEqual([code, false, code]);
    expect(found.summary).not.toContain('\n');
    if (key.length > 30) expect(JSON.stringify(found)).not.toContain(key.trim());
  }
});

test('a refusal of the gateway carries the id that support can look up', async () => {
  const found = await doctor('/v1', newKey('lodge').secret);
  expect(await gateway.record(found.requestId)).toMatchObject({ errorCode: 'key_unknown' });
});

test('vendor, form and model', async () => {
  const { openai, gemini } = gateway.keys;
  const code = async (...call: Parameters<typeof doctor>) => (await doctor(...call)).findings.at(-1)?.code;
  expect(await code('/anthropic', openai)).toBe('wrong_vendor');
  expect(await code('/v1', openai, { vendor: 'gemini' })).toBe('wrong_vendor');
  expect(await code('', openai, { vendor: 'openai' })).toBe('base_url_form');
  expect(await code('/gemini/v1beta', gemini, { vendor: 'gemini' })).toBe('base_url_form');
  const model = await doctor('/v1', openai, { model: 'gpt5.5' });
  expect(model.findings.at(-1)?.code).toBe('model_not_found');
  expect(model.summary).toContain('gpt-5.5');
});

test('addresses that lead elsewhere', async () => {
  const other = createServer((request, response) => {
    if (request.url?.startsWith('/moved')) response.writeHead(301, { location: 'https://new.test/health' }).end();
    else response.writeHead(200, { server: 'nginx' }).end('<html>');
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  const { port } = other.address() as AddressInfo;
  const at = async (baseUrl: string) => {
    const found = await diagnose({ baseUrl, key: 'x', model: null, vendor: null }, {});
    return found.findings.at(-1);
  };
  expect(await at(`http://127.0.0.1:${port}/v1`)).toMatchObject({ code: 'not_a_gateway' });
  expect(await at(`http://127.0.0.1:${port}/moved`)).toMatchObject({ code: 'gateway_redirects' });
  expect(await at(`https://127.0.0.1:${port}/v1`)).toMatchObject({ code: 'tls_failed' });
  expect(await at('http://127.0.0.1:1/v1')).toMatchObject({ code: 'tcp_refused' });
  expect(await at('http://no-such-host.invalid/v1')).toMatchObject({ check: 'network', ok: false });
  other.closeAllConnections();
  other.close();
});
