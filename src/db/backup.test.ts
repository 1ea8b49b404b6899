import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { silentLog } from '../base/log.ts';
import { openDataDir } from './data-dir.ts';
import { backup, type Database, ensurePartitions, migrate, openDatabase, restore } from './index.ts';
import { createTestDatabase } from './testing.ts';

// Real files are flushed to a real disk, which may be busy.
vi.setConfig({ testTimeout: 90_000, expect: { poll: { timeout: 20_000 } } });

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'lodge-backup-'));
  await mkdir(place('data/journal/node-1'), { recursive: true, mode: 0o700 });
  await writeFile(place('data/secret'), 'the-master-secret', { mode: 0o600 });
  await writeFile(place('data/journal/node-1/000000000001.log'), 'one line\n');
});
afterEach(() => rm(home, { recursive: true, force: true }));

const place = (name: string) => path.join(home, name);
const openEmbedded = (dataDir: string) => openDatabase({ databaseUrl: null, dataDir, log: silentLog });
const restoreTo = (dataDir: string, databaseUrl: string | null = null) =>
  restore({ fromDir: place('backup'), dataDir: place(dataDir), databaseUrl, log: silentLog });

/** Values that a careless copy would change. */
async function addRows({ pool }: Database): Promise<void> {
  await ensurePartitions(pool, Date.now());
  await pool.query(
    `insert into vendors (id, display_name, family) values ('openai', E'a "b" \\\\ \\n,(){}', 'openai')`,
  );
  await pool.query(`insert into groups (id, display_name, vendor_id) values ('g', '', 'openai')`);
  await pool.query(`insert into channels (id, group_id, name, base_url, credential_sealed, wire)
    values ('c', 'g', 'n', 'sandbox:', '\\x00ff22275c', 'openai')`);
  await pool.query(`insert into keys (id, organization_id, group_id, name, prefix, hash, allowed_models, spend_total)
    values ('k', 'a', 'g', 'n', 'p', '\\x01', array['x,y', 'NULL', null], 9223372036854775807)`);
  await pool.query(
    `insert into site_facts (name, value) values ('null', 'null'), ('big', '{"n": 12345678901234567890.10}')`,
  );
  await pool.query(`insert into usage_hours (hour, organization_id, key_id, group_id, model, cost)
    values ('2026-01-01 00:00:00.123456+00', 'a', 'k', 'g', 'm', 10::numeric ^ 30)`);
}

/** Writes records until it is told to stop, and tells how many were committed. */
function startWriter({ pool }: Database) {
  let stopped = false;
  let written = 0;
  const done = (async () => {
    while (!stopped) {
      await pool.query(
        `insert into request_records (received_at, id, region, node, endpoint, method, mode, bytes_in, bytes_out,
           usage_source, cost, actual_cost, estimate, retries, outcome)
         select now(), 'req_' || n, 'r', 'n', 'e', 'POST', 'sync', 0, 0, 'none', 0, 0, 0, 0, repeat('x', 300)
           from generate_series($1::int, $1::int + 9) n`,
        [written],
      );
      written += 10;
    }
  })();
  return {
    written: () => written,
    stop: async () => {
      stopped = true;
      await done;
    },
  };
}

/** All rows of all small tables, as Postgres writes them. */
async function contents({ pool }: Database): Promise<unknown> {
  const { rows } = await pool.query<{ xml: string }>(
    `select t.name, query_to_xml(format('select t::text as row from %I t order by 1', t.name), true, true, '')::text as xml
       from unnest(array['vendors','groups','channels','keys','site_facts','usage_hours','changes']) t(name)`,
  );
  return rows;
}

async function counts({ pool }: Database): Promise<{ rows: number; distinct: number }> {
  const { rows } = await pool.query(
    'select count(*)::int as rows, count(distinct id)::int as distinct from request_records',
  );
  return rows[0];
}

describe('an embedded database', () => {
  test('is copied while it writes, and comes back whole', async () => {
    const database = await openEmbedded(place('data'));
    await migrate(database.pool);
    await addRows(database);
    const writer = startWriter(database);
    await expect.poll(writer.written).toBeGreaterThan(200);
    const before = writer.written();
    const steps: number[] = [];
    const manifest = await backup({
      database,
      dataDir: place('data'),
      toDir: place('backup'),
      onProgress: ({ done, total }) => {
        expect(done).toBeLessThanOrEqual(total);
        steps.push(done);
      },
    });
    const after = writer.written();
    await writer.stop();
    const kept = await contents(database);
    await database.close();
    expect(steps.length).toBeGreaterThan(10);
    expect(manifest).toMatchObject({ kind: 'embedded', serverVersion: 18, schemaVersion: expect.any(Number) });

    await restoreTo('restored');
    const restored = await openEmbedded(place('restored'));
    expect(await contents(restored)).toEqual(kept);
    const { rows, distinct } = await counts(restored);
    expect(rows).toBe(distinct);
    expect(rows).toBeGreaterThanOrEqual(before);
    expect(rows).toBeLessThanOrEqual(after + 10);
    await restored.pool.query('create extension amcheck');
    await restored.pool.query(
      "select bt_index_check(c.oid, true) from pg_class c join pg_am a on a.oid = c.relam where a.amname = 'btree' and c.relkind = 'i'",
    );
    await migrate(restored.pool);
    await restored.close();
    expect(await readFile(place('restored/secret'), 'utf8')).toBe('the-master-secret');
    expect((await stat(place('restored/secret'))).mode & 0o777).toBe(0o600);
    expect(await readFile(place('restored/journal/node-1/000000000001.log'), 'utf8')).toBe('one line\n');
    expect((await readdir(place('restored'))).sort()).toEqual([
      'journal',
      'lock',
      'postgres',
      'postgres-password',
      'secret',
    ]);
  });

  test('is not restored into a server, a full or a used directory, or from a damaged or unfinished backup', async () => {
    const database = await openEmbedded(place('data'));
    await migrate(database.pool);
    await backup({ database, dataDir: place('data'), toDir: place('backup') });
    await expect(backup({ database, dataDir: place('data'), toDir: place('backup') })).rejects.toMatchObject({
      code: 'backup_target_not_empty',
    });
    await expect(backup({ database, dataDir: place('data'), toDir: place('data/b') })).rejects.toMatchObject({
      code: 'backup_failed',
    });
    await database.close();

    await expect(restoreTo('x', 'postgres://h/d')).rejects.toMatchObject({ code: 'restore_failed' });
    await expect(restoreTo('data')).rejects.toMatchObject({ code: 'restore_target_not_empty' });
    const held = await openDataDir(place('held'));
    await expect(restoreTo('held')).rejects.toMatchObject({ code: 'data_dir_locked' });
    await held.release();
    await appendFile(place('backup/data/journal/node-1/000000000001.log'), '!');
    await expect(restoreTo('restored')).rejects.toMatchObject({
      code: 'backup_damaged',
      message: expect.stringContaining('000000000001.log'),
    });
    expect(await readdir(place('restored'))).toEqual(['lock']);
    await rm(place('backup/manifest.json'));
    await expect(restoreTo('restored')).rejects.toMatchObject({ code: 'backup_invalid' });
  });
});

describe('a server', () => {
  test('is copied by tables at one moment while it is written to, and filled again', async () => {
    const source = await createTestDatabase();
    const server: Database = { ...source.database, kind: 'server' };
    await addRows(server);
    const writer = startWriter(server);
    await expect.poll(writer.written).toBeGreaterThan(2_000);
    const manifest = await backup({ database: server, dataDir: place('data'), toDir: place('backup') });
    await writer.stop();
    const kept = await contents(server);
    const copied = manifest.tables?.find(({ name }) => name === 'request_records')?.rows ?? 0;
    expect(copied).toBeGreaterThan(2_000);
    expect(copied % 10).toBe(0);

    const target = await createTestDatabase();
    await expect(restoreTo('used', target.url)).rejects.toMatchObject({ code: 'restore_target_not_empty' });
    await target.database.pool.query('drop schema public cascade; create schema public');
    await restoreTo('restored', target.url);
    expect(await contents(target.database)).toEqual(kept);
    expect(await counts(target.database)).toEqual({ rows: copied, distinct: copied });
    const { pool } = target.database;
    expect(await migrate(pool)).toEqual([]);
    const last = await pool.query('select max(number) as n from changes');
    await pool.query("update groups set display_name = 'changed'");
    const next = await pool.query('select max(number) as n from changes');
    expect(next.rows[0].n).toBe(last.rows[0].n + 1n);
    expect((await readdir(place('restored'))).sort()).toEqual(['journal', 'lock', 'secret']);

    await restoreTo('embedded');
    const embedded = await openEmbedded(place('embedded'));
    expect(await contents(embedded)).toEqual(kept);
    expect(await counts(embedded)).toEqual({ rows: copied, distinct: copied });
    await embedded.close();
    await source.drop();
    await target.drop();
  });
});
