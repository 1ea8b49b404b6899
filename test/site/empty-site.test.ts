import { expect, test } from 'vitest';
import { begin, call, codeOf } from './calls.ts';
import { type Facts, workplace } from './program.ts';

const here = workplace();

test('a site without the sandbox is empty, and four commands make it sell', async () => {
  const vendor = await here.launch(['sandbox', '--port', '0'], 'Gemini  ');
  const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(vendor.stdout())?.[0] ?? '';
  const site = await here.start({ settings: { LODGE_SANDBOX: 'no' } });
  expect([site.sandboxUrl, site.keys.openai, site.stderr()]).toEqual(['', '', '']);
  expect(site.stdout()).not.toMatch(/sk-lodge-|curl/);
  expect(await here.lodge(site, 'groups', 'list')).toEqual([]);
  // Vendors, models and prices are there: what an operator adds is what is their own.
  expect((await here.lodge<Facts[]>(site, 'vendors', 'list')).map((each) => each['id'])).toContain('openai');
  const refused = await call(site, 'openai', { key: 'sk-lodge-nothing' });
  expect([refused.status, codeOf(refused)]).toEqual([401, 'key_malformed']);

  await here.lodge(site, 'groups', 'add', 'standard', '--vendor', 'openai');
  await here.lodge(site, 'groups', 'models', 'standard', 'gpt-5.5', 'gpt-5.4-mini');
  const channel = ['channels', 'add', 'direct', '--group', 'standard', '--base-url', `${origin}/openai/v1`];
  const settings = { VENDOR_KEY: 'sk-vendor-credential' };
  const added = await here.run([...channel, '--credential-env', 'VENDOR_KEY'], { dataDir: site.dataDir, settings });
  expect([added.code, added.stderr]).toEqual([0, '']);
  const made = await here.run(['keys', 'create', '--group', 'standard', '--name', 'first'], { dataDir: site.dataDir });
  const key = made.stdout.trim();
  expect(key).toMatch(/^sk-lodge-\w{46}$/);
  const answer = await call(site, 'openai', { key, text: 'Say hello' });
  expect([answer.status, answer.body['model']]).toEqual([200, 'gpt-5.5']);
  const streamed = await (await begin(site, 'openai', { key, model: 'gpt-5.4-mini', stream: true })).text();
  expect(streamed.endsWith('data: [DONE]\n\n')).toBe(true);
  expect(await here.lodge(site, 'audit')).toMatchObject({ ok: true, records: 3, sandbox: null });

  expect(await site.stop()).toEqual({ code: 0, signal: null });
  expect(await vendor.stop()).toEqual({ code: 0, signal: null });
  expect([vendor.stderr(), site.stderr()]).toEqual(['', '']);
});

// The banner of an empty site does not yet name these four commands.
test('the banner of an empty site says how to go on', async () => {
  const site = await here.start({ settings: { LODGE_SANDBOX: 'no' }, dataDir: here.path('fresh') });
  for (const words of ['groups add', 'groups models', 'channels add', 'keys create'])
    expect(site.stdout()).toContain(words);
});
