import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { systemActor } from '../base/actor.ts';
import { AppError, errorText } from '../base/errors.ts';
import { checkKey } from '../base/key-format.ts';
import { siteOrganizationId } from '../base/site-organization.ts';
import { keysOf } from './scope.ts';
import type { KeyStore } from './store.ts';

const fileName = 'demo-keys.json';
const factName = 'demo_keys';
const siteKeys = keysOf(siteOrganizationId);

export interface DemoKeysOptions {
  readonly store: KeyStore;
  readonly pool: pg.Pool;
  readonly hashKey: (secret: string) => Buffer;
  readonly dataDir: string;
  /** `LODGE_KEY_SITE`. */
  readonly site: string;
  /** Ids of the groups that get a demo key. One that does not exist is passed over. */
  readonly groups: readonly string[];
  /** Asked for by the operator: deletes demo keys whose secret is lost, and makes new ones. */
  readonly renew?: boolean;
}

export interface DemoKeys {
  /** Secret by group id: those that are ready to use. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Groups whose demo key was made now. */
  readonly made: readonly string[];
  /** Groups whose demo key was made once, but whose secret is no longer in the file. */
  readonly lost: readonly string[];
  readonly file: string;
}

/**
 * One demo key for each group, made on the first start and kept in `<dataDir>/demo-keys.json`, mode 600:
 * `{ "<group id>": "<secret>" }`. On later starts it makes none again, whatever has become of them: a secret that is
 * lost is only told, a key that the operator deleted stays deleted.
 *
 * @throws AppError `demo_keys_unreadable`
 */
export async function ensureDemoKeys(options: DemoKeysOptions): Promise<DemoKeys> {
  const file = path.join(options.dataDir, fileName);
  const kept = await readSecrets(file, options.site);
  const ids = await readFact(options.pool);
  const present = await presentGroups(options.pool, options.groups);
  const secrets: Record<string, string> = {};
  const made: string[] = [];
  const lost: string[] = [];
  for (const groupId of options.groups.filter((id) => present.has(id))) {
    const secret = kept[groupId];
    const owned = secret === undefined ? null : await ownerOf(options, secret);
    if (secret !== undefined && owned !== null) {
      // Of a start that was cut short between file and database.
      if (ids[groupId] !== owned.id) await writeFact(options.pool, { ...ids, [groupId]: owned.id });
      ids[groupId] = owned.id;
      if (owned.state !== 'deleted') secrets[groupId] = secret;
      if (owned.state !== 'deleted' || !options.renew) continue;
    }
    const former = ids[groupId];
    if (former !== undefined && !options.renew) {
      if (await isLive(options.store, former)) lost.push(groupId);
      continue;
    }
    if (former !== undefined) await retire(options.store, former);
    const input = { groupId, name: `demo ${groupId}`, note: 'Made on first start, for the sandbox.' };
    const created = await options.store.create(siteOrganizationId, siteKeys, input, systemActor);
    secrets[groupId] = created.secret;
    made.push(groupId);
    // The file first: a key without its secret would be of no use to anybody.
    await writeSecrets(file, { ...kept, ...secrets });
    ids[groupId] = created.key.id;
    await writeFact(options.pool, ids);
  }
  return { secrets, made, lost, file };
}

async function readSecrets(file: string, site: string): Promise<Record<string, string>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw unreadable(file, errorText(error));
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's own words would repeat a part of the text.
    throw unreadable(file, 'it is no JSON');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw unreadable(file, 'it is no object');
  const entries = Object.entries(parsed).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && checkKey(entry[1], site).ok,
  );
  return Object.fromEntries(entries);
}

function unreadable(file: string, reason: string): AppError {
  return new AppError('demo_keys_unreadable', `${file} cannot be read: ${reason}. Repair it, or move it away.`);
}

/** Whole or not at all, and readable by its owner alone from the first byte. */
async function writeSecrets(file: string, secrets: Readonly<Record<string, string>>): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.draft`;
  await rm(draft, { force: true });
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

async function ownerOf(options: DemoKeysOptions, secret: string): Promise<{ id: string; state: string } | null> {
  const { rows } = await options.pool.query<{ id: string; state: string }>(
    'select id, state from keys where hash = $1 and organization_id = $2',
    [options.hashKey(secret), siteOrganizationId],
  );
  return rows[0] ?? null;
}

async function isLive(store: KeyStore, keyId: string): Promise<boolean> {
  try {
    return (await store.show(siteKeys, keyId)).state !== 'deleted';
  } catch (error) {
    if (error instanceof AppError && error.code === 'key_not_found') return false;
    throw error;
  }
}

async function retire(store: KeyStore, keyId: string): Promise<void> {
  if (await isLive(store, keyId)) await store.delete(siteKeys, keyId, systemActor);
}

async function presentGroups(pool: pg.Pool, groups: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ id: string }>('select id from groups where id = any($1)', [groups]);
  return new Set(rows.map((row) => row.id));
}

/** Key id by group id, of all demo keys that were ever made. */
async function readFact(pool: pg.Pool): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ value: Record<string, string> }>('select value from site_facts where name = $1', [
    factName,
  ]);
  return { ...rows[0]?.value };
}

async function writeFact(pool: pg.Pool, ids: Readonly<Record<string, string>>): Promise<void> {
  await pool.query(
    `insert into site_facts (name, value) values ($1, $2)
     on conflict (name) do update set value = excluded.value, updated_at = now()`,
    [factName, JSON.stringify(ids)],
  );
}
