import { execFile } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { admin, audit, call, digest } from './calls.ts';
import { type Facts, type Program, workplace } from './program.ts';

const here = workplace();
const run = promisify(execFile);

/** What the banner says of itself. */
function bannerSeconds(site: Program): number {
  return Number(/ is ready on \S+ \(([\d.]+) s\)/.exec(site.stdout())?.[1]);
}

/** Mode bits of everything in the data directory that is ours, by name. The cluster belongs to Postgres. */
async function modes(dataDir: string): Promise<Map<string, string>> {
  const names = (await readdir(dataDir, { recursive: true })).filter((name) => !name.startsWith('postgres/'));
  const found = new Map<string, string>();
  for (const name of ['', ...names]) {
    const { mode } = await stat(path.join(dataDir, name));
    found.set(name, (mode & 0o7777).toString(8));
  }
  return found;
}

test('the first start makes everything, the calls of the banner work as printed, the second start keeps it', async () => {
  const dataDir = here.path('first');
  const site = await here.start({ dataDir });
  expect(site.stderr()).toBe('');
  for (const [name, mode] of await modes(dataDir)) expect([name, mode]).toEqual([name, modeOf(name)]);

  const groups = await here.lodge<Facts[]>(site, 'groups', 'list');
  expect(groups.map((group) => group['id']).sort()).toEqual([
    'anthropic-standard',
    'gemini-standard',
    'openai-standard',
  ]);
  expect(Object.values(site.keys).every((key) => /^sk-lodge-\w{46}$/.test(key))).toBe(true);

  const pasted = site
    .stdout()
    .split('\n')
    .filter((line) => line.startsWith('  curl '));
  expect(pasted).toHaveLength(3);
  const ids: string[] = [];
  for (const line of pasted) {
    const { stdout } = await run('bash', ['-c', line]);
    const body = JSON.parse(stdout) as Facts;
    expect(stdout).toContain('Hello from the sandbox');
    ids.push(String(body['request_id']));
  }
  // As the banner says.
  for (const id of ids) expect(await here.lodge(site, 'requests', 'show', id)).toMatchObject({ outcome: 'completed' });
  expect(await site.stop()).toEqual({ code: 0, signal: null });
  await secondStart(dataDir, site, ids);
});

function modeOf(name: string): string {
  return name === '' || name === 'postgres' || name === 'journal' || name === 'journal/node-1' ? '700' : '600';
}

async function secondStart(dataDir: string, first: Program, ids: readonly string[]): Promise<void> {
  const before = await readFile(path.join(dataDir, 'secret'), 'utf8');
  const site = await here.start({ dataDir });
  console.log(
    `second start: ${bannerSeconds(site)} s by the banner, ${(site.readyMs / 1000).toFixed(2)} s from outside`,
  );
  // How fast it is, is measured elsewhere: here the machine may be busy with other tests.
  expect(bannerSeconds(site)).toBeGreaterThan(0);
  expect(site.keys).toEqual(first.keys);
  expect(site.adminToken).toBe(first.adminToken);
  expect(digest(await readFile(path.join(dataDir, 'secret'), 'utf8'))).toBe(digest(before));
  for (const id of ids) expect(await admin(site, 'GET', `requests/${id}`)).toMatchObject({ outcome: 'completed' });
  expect((await call(site, 'openai')).status).toBe(200);
  expect((await admin(site, 'GET', 'keys'))['data']).toHaveLength(3);
  expect((await admin(site, 'GET', 'prices?vendor=openai&model=gpt-5.5'))['data']).toHaveLength(1);
  expect(await audit(site)).toMatchObject({ ok: true, records: 4, sandbox: { matched: 4 } });
  expect(await site.stop()).toEqual({ code: 0, signal: null });
  expect(site.stderr()).toBe('');
}

test('two sites run side by side and know nothing of each other', async () => {
  const [one, two] = await Promise.all([
    here.start({ dataDir: here.path('one') }),
    here.start({ dataDir: here.path('two'), settings: { LODGE_SITE_NAME: 'Second', LODGE_KEY_SITE: 'second' } }),
  ]);
  expect(one.url).not.toBe(two.url);
  expect(two.stdout()).toContain('Second 0.1.0 is ready');
  expect(two.keys.openai).toMatch(/^sk-second-/);
  expect([(await call(one, 'openai')).status, (await call(two, 'openai')).status]).toEqual([200, 200]);
  expect((await call(two, 'openai', { key: one.keys.openai })).status).toBe(401);
  expect(await audit(one)).toMatchObject({ ok: true, records: 1 });
  expect(await audit(two)).toMatchObject({ ok: true, records: 2 });
  // Ended together as well: neither may take the other's database along.
  expect(await one.stop()).toMatchObject({ code: 0 });
  expect((await call(two, 'gemini')).status).toBe(200);
  expect(await two.stop()).toMatchObject({ code: 0 });
});
