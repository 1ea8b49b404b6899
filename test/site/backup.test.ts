import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { admin, audit, begin, call, listAt, newKey, textAt } from './calls.ts';
import { workplace } from './program.ts';

const here = workplace();

test('a site is backed up while it works, and comes back elsewhere with everything', async () => {
  const site = await here.start({ dataDir: here.path('old') });
  const key = await newKey(site, 'openai-standard', { limits: { spend_usd: { total: '5' } } });
  await admin(site, 'PUT', 'channels/own?expect=new', {
    group: 'openai-standard',
    base_url: `${site.sandboxUrl}/openai/v1`,
    credential: 'sk-vendor-credential',
    enabled: false,
  });
  await admin(site, 'POST', 'prices', { vendor: 'openai', model: 'gpt-5.5', rates: { input: '7', output: '11' } });
  const done = await Promise.all([
    call(site, 'openai', { key: key.secret }),
    call(site, 'anthropic'),
    call(site, 'gemini'),
  ]);
  // Running while the copy is made, and longer.
  const leaving = new AbortController();
  const running = await begin(site, 'openai', {
    key: key.secret,
    stream: true,
    text: '[sandbox:tokens=1000,events=1000,event-delay-ms=100]',
    signal: leaving.signal,
  });
  const copy = here.path('copy');
  const output = await here.run(['backup', copy, '--json'], { dataDir: site.dataDir });
  expect([output.code, output.stderr]).toEqual([0, '']);
  expect(JSON.parse(output.stdout)).toMatchObject({ ok: true, directory: copy });
  leaving.abort();
  expect((await stat(copy)).mode & 0o077).toBe(0);
  const second = await here.run(['backup', copy], { dataDir: site.dataDir });
  expect([second.code, second.stdout]).toEqual([1, '']);
  expect(second.stderr).toContain(copy);
  expect(await audit(site)).toMatchObject({ ok: true });
  await site.stop();

  const dataDir = here.path('new');
  const restored = await here.run(['restore', copy], { dataDir });
  expect([restored.code, restored.stderr]).toEqual([0, '']);
  expect((await here.run(['restore', copy], { dataDir })).stderr).toContain('not empty');
  const again = await here.start({ dataDir });
  expect(again.stderr()).toMatch(/^$|interrupted/);
  expect(again.keys).toEqual(site.keys);
  expect(again.adminToken).toBe(site.adminToken);
  for (const { id } of done)
    expect(await admin(again, 'GET', `requests/${id}`)).toMatchObject({ outcome: 'completed' });
  // What ran while the copy was made has no end in it.
  const id = running.headers.get('x-request-id');
  expect(await admin(again, 'GET', `requests/${id}`)).toMatchObject({
    outcome: 'interrupted',
    charge: { actual_cost_usd: '0' },
  });
  const prices = listAt(await admin(again, 'GET', 'prices?vendor=openai&model=gpt-5.5'), 'data');
  expect(prices.map((price) => textAt(price, 'rates', 'input')).sort()).toEqual(['5', '7']);

  // The sealed credential opens: the channel is used as soon as it is switched on.
  await admin(again, 'PUT', 'channels/own?expect=existing', {
    enabled: true,
    base_url: `${again.sandboxUrl}/openai/v1`,
  });
  await admin(again, 'PUT', 'channels/ch_sandbox_openai?expect=existing', { enabled: false });
  const served = async () => {
    const answer = await call(again, 'openai', { key: key.secret });
    const record = await admin(again, 'GET', `requests/${answer.id}`);
    return { status: answer.status, channel: record['channel_id'], price: textAt(record, 'charge', 'price_id') };
  };
  const dearer = prices.find((price) => textAt(price, 'rates', 'input') === '7');
  await expect.poll(served).toEqual({ status: 200, channel: 'own', price: dearer?.['id'] });
  expect((await call(again, 'gemini')).status).toBe(200);
  expect(await audit(again)).toMatchObject({ ok: true, mismatches: [], open: 0 });
  expect(await again.stop()).toEqual({ code: 0, signal: null });
});

test('what cannot be backed up or restored says why', async () => {
  const dataDir = here.path('stopped');
  const noSite = await here.run(['backup', here.path('none')], { dataDir });
  expect([noSite.code, noSite.stdout]).toEqual([1, '']);
  expect(noSite.stderr).toMatch(/not running/);
  const noCopy = await here.run(['restore', here.path('missing')], { dataDir });
  expect([noCopy.code, noCopy.stdout]).toEqual([1, '']);
  expect(noCopy.stderr.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
  expect(await readdir(path.dirname(dataDir))).not.toContain('missing');
});
