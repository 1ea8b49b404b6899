import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemActor } from '../base/actor.ts';
import { checkKey } from '../base/key-format.ts';
import { type DemoKeys, ensureDemoKeys } from './demo.ts';
import { createKeyTestSite, type KeyTestSite, siteKeys } from './testing.ts';

const groups = ['acme-standard', 'beta-standard', 'not-there'];
let site: KeyTestSite;
let dataDir = '';

beforeEach(async () => {
  site = await createKeyTestSite();
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'lodge-demo-'));
});
afterEach(async () => {
  await site.drop();
  await rm(dataDir, { recursive: true });
});

function start(renew = false): Promise<DemoKeys> {
  const { pool } = site.database;
  const { hashKey } = site.secrets;
  return ensureDemoKeys({ store: site.store, pool, hashKey, dataDir, site: 'lodge', groups, renew });
}

async function liveKeys(): Promise<number> {
  return (await site.store.list(siteKeys, { limit: 100 })).keys.length;
}

test('the first start makes one key for each group that exists, the next ones none', async () => {
  const first = await start();
  expect(first.made).toEqual(['acme-standard', 'beta-standard']);
  expect(first.lost).toEqual([]);
  const file = path.join(dataDir, 'demo-keys.json');
  expect(first.file).toBe(file);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(first.secrets);
  for (const [groupId, secret] of Object.entries(first.secrets)) {
    const check = checkKey(secret, 'lodge');
    expect(check.ok && (await site.store.show(siteKeys, check.prefix)).groupId).toBe(groupId);
  }
  expect(await start()).toEqual({ ...first, made: [] });
  expect(await liveKeys()).toBe(2);
});

test('a lost file is told, and only a renewal makes new keys and puts the old ones out of use', async () => {
  const first = await start();
  await rm(first.file);
  expect(await start()).toMatchObject({ secrets: {}, made: [], lost: ['acme-standard', 'beta-standard'] });
  expect(await liveKeys()).toBe(2);
  const renewed = await start(true);
  expect(renewed).toMatchObject({ made: ['acme-standard', 'beta-standard'], lost: [] });
  expect(renewed.secrets).not.toEqual(first.secrets);
  expect(await liveKeys()).toBe(2);
  expect(await start(true)).toEqual({ ...renewed, made: [] });
});

test('a key that the operator deleted stays deleted', async () => {
  const first = await start();
  const check = checkKey(first.secrets['acme-standard'] ?? '', 'lodge');
  if (check.ok) await site.store.delete(siteKeys, check.prefix, systemActor);
  const next = await start();
  expect(Object.keys(next.secrets)).toEqual(['beta-standard']);
  expect(next).toMatchObject({ made: [], lost: [] });
  await rm(first.file);
  expect(await start()).toMatchObject({ lost: ['beta-standard'] });
});

test('a start that was cut short after the file was written goes on with it', async () => {
  const first = await start();
  await site.database.pool.query("delete from site_facts where name = 'demo_keys'");
  expect(await start()).toEqual({ ...first, made: [] });
  await rm(first.file);
  expect(await start()).toMatchObject({ lost: ['acme-standard', 'beta-standard'], made: [] });
});

test('a file that is no JSON is neither overwritten nor shown', async () => {
  const { file } = await start();
  await writeFile(file, '{"acme-standard": "sk-lodge-secret');
  const failed = start();
  await expect(failed).rejects.toMatchObject({ code: 'demo_keys_unreadable', message: expect.stringContaining(file) });
  await expect(failed).rejects.not.toMatchObject({ message: expect.stringContaining('sk-lodge') });
  expect(await readFile(file, 'utf8')).toContain('sk-lodge-secret');
});

test('keys of another database are not taken for ours', async () => {
  const first = await start();
  await site.drop();
  site = await createKeyTestSite();
  const next = await start();
  expect(next.made).toEqual(['acme-standard', 'beta-standard']);
  expect(next.secrets).not.toEqual(first.secrets);
});
