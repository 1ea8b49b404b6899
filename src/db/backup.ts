import { chown, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError, errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { copyCluster } from './backup-cluster.ts';
import {
  type BackupFile,
  clear,
  copyFile,
  eachOf,
  type Manifest,
  makeEmptyDir,
  type OnProgress,
  readManifest,
  requireSame,
  syncDir,
  walk,
  writeManifest,
} from './backup-files.ts';
import { copyTables, fillTables } from './backup-tables.ts';
import { dataDirNames, openDataDir } from './data-dir.ts';
import { type Database, openDatabase } from './database.ts';
import { clusterOwner } from './launch.ts';
import { appliedMigrations, migrate } from './migrate.ts';

/** Of this process or this machine, or copied in another way. Everything else in the data directory is kept. */
const notKept = /^(lock|lock\.pid|restoring|postgres|postgres\.new-.*|\.probe-.*|.*\.sock|.*\.pid)$/;

export interface BackupOptions {
  readonly database: Database;
  readonly dataDir: string;
  /** Made when missing; must be empty. */
  readonly toDir: string;
  readonly onProgress?: OnProgress;
}

/**
 * Copies a site while it works: its database, its journal and its secrets. The journal is read before the database, so
 * that a request is in one of the two at least; applying a journal twice changes nothing.
 *
 * @throws AppError `backup_target_not_empty`, `backup_failed`
 */
export async function backup({ database, dataDir, toDir, onProgress = () => {} }: BackupOptions): Promise<Manifest> {
  const target = path.resolve(toDir);
  if (`${target}/`.startsWith(`${path.resolve(dataDir)}/`))
    throw new AppError('backup_failed', 'A backup cannot lie inside the data directory: name another place.');
  await makeEmptyDir(target);
  try {
    const files = await copyData(dataDir, target, onProgress);
    const applied = await appliedMigrations(database.pool);
    const common = {
      format: 1,
      kind: database.kind,
      createdAt: new Date().toISOString(),
      serverVersion: database.serverVersion,
      schemaVersion: applied.at(-1)?.number ?? 0,
    } as const;
    let manifest: Manifest;
    if (database.kind === 'embedded') {
      manifest = {
        ...common,
        files: [...files, ...(await copyCluster(database.connection, dataDir, target, onProgress))],
      };
    } else {
      const copy = await copyTables(database.connection, target, onProgress);
      manifest = { ...common, ...copy, files: [...files, ...copy.files] };
    }
    await writeManifest(target, manifest);
    return manifest;
  } catch (cause) {
    await clear(target);
    throw cause instanceof AppError
      ? cause
      : new AppError('backup_failed', `The backup failed: ${errorText(cause)}`, { cause });
  }
}

async function copyData(dataDir: string, toDir: string, onProgress: OnProgress): Promise<BackupFile[]> {
  const { files: names } = await walk(dataDir, (name) => notKept.test(name));
  const sizes = await Promise.all(names.map((name) => stat(path.join(dataDir, name)).catch(() => null)));
  const total = sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
  const copied: BackupFile[] = [];
  let done = 0;
  await eachOf(names, async (name) => {
    // A segment that is gone by now has been applied, and the database comes after.
    const file = await copyFile(path.join(dataDir, name), path.join(toDir, 'data', name), `data/${name}`);
    if (!file) return;
    copied.push(file);
    done += file.size;
    onProgress({ step: 'data', done, total: Math.max(total, done) });
  });
  return copied;
}

export interface RestoreOptions {
  readonly fromDir: string;
  /** Made when missing; must be empty. */
  readonly dataDir: string;
  /** Where a backup of a server goes; null: the embedded Postgres. A backup of the embedded one needs null. */
  readonly databaseUrl: string | null;
  readonly log: Log;
  readonly onProgress?: OnProgress;
}

/**
 * Puts a backup back, after every file of it has been found unchanged. Until the last step the data directory holds only
 * one directory, which `openDataDir` refuses; a restore that was cut short is never taken for a site.
 *
 * @throws AppError `backup_invalid`, `backup_damaged`, `restore_target_not_empty`, `data_dir_locked`, `restore_failed`
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { fromDir, databaseUrl } = options;
  const manifest = await readManifest(fromDir);
  if (manifest.kind === 'embedded' && databaseUrl !== null)
    throw new AppError(
      'restore_failed',
      'This backup holds an embedded database, which cannot be put into a server: unset DATABASE_URL.',
    );
  const dataDir = await openDataDir(options.dataDir, { restoring: true });
  try {
    const others = (await readdir(dataDir.path)).filter((name) => !isLock(name));
    if (others.length > 0)
      throw new AppError(
        'restore_target_not_empty',
        `${dataDir.path} is not empty: restore into a new data directory, or empty this one.`,
      );
    await restoreInto(manifest, dataDir.path, options);
  } finally {
    await dataDir.release();
  }
  return manifest;
}

async function restoreInto(manifest: Manifest, dataDir: string, options: RestoreOptions): Promise<void> {
  const restoring = path.join(dataDir, dataDirNames.restoring);
  try {
    await mkdir(restoring, { mode: 0o700 });
    await copyBack(manifest, restoring, options);
    if (manifest.kind === 'server') await fillDatabase(manifest, restoring, options);
    await rm(path.join(restoring, 'tables'), { recursive: true, force: true });
    await giveToOwners(dataDir, restoring);
    for (const name of await readdir(restoring)) await rename(path.join(restoring, name), path.join(dataDir, name));
    await syncDir(dataDir);
    await rm(restoring, { recursive: true });
  } catch (cause) {
    for (const name of await readdir(dataDir))
      if (!isLock(name)) await rm(path.join(dataDir, name), { recursive: true, force: true });
    if (cause instanceof AppError) throw cause;
    throw new AppError('restore_failed', `The restore failed: ${errorText(cause)}`, { cause });
  }
}

/** Copies and compares at once: what is put back is what was read. */
async function copyBack(manifest: Manifest, restoring: string, options: RestoreOptions): Promise<void> {
  const total = manifest.files.reduce((sum, { size }) => sum + size, 0);
  let done = 0;
  for (const name of emptyDirectories(manifest))
    await mkdir(path.join(restoring, name), { recursive: true, mode: 0o700 });
  await eachOf(manifest.files, async (file) => {
    const place = path.join(restoring, file.path.replace(/^data\//, ''));
    requireSame(file, await copyFile(path.join(options.fromDir, file.path), place, file.path));
    done += file.size;
    options.onProgress?.({ step: 'data', done, total });
  });
}

/** Postgres does not start without these, and a manifest lists only files. */
function emptyDirectories({ kind }: Manifest): string[] {
  if (kind !== 'embedded') return [];
  const names = [
    'commit_ts',
    'dynshmem',
    'logical/mappings',
    'logical/snapshots',
    'multixact/members',
    'multixact/offsets',
  ];
  names.push('notify', 'replslot', 'serial', 'snapshots', 'stat', 'stat_tmp', 'subtrans', 'tblspc', 'twophase');
  names.push('wal/archive_status', 'wal/summaries', 'xact');
  return names.map((name) => `${dataDirNames.cluster}/pg_${name}`);
}

/** Root copies as root, but the cluster belongs to whom Postgres runs as, and the rest to the owner of the directory. */
async function giveToOwners(dataDir: string, restoring: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const cluster = dataDirNames.cluster;
  const clusterUser = await clusterOwner(path.join(dataDir, cluster));
  const user = await stat(dataDir);
  const { files, directories } = await walk(restoring, () => false);
  await eachOf([...directories, ...files], async (name) => {
    const ofCluster = name === cluster || name.startsWith(`${cluster}/`);
    const owner = ofCluster ? clusterUser : user;
    if (owner) await chown(path.join(restoring, name), owner.uid, owner.gid);
  });
}

/** The embedded cluster, if that is where the tables go, is made inside `restoring` and moved with the rest. */
async function fillDatabase(manifest: Manifest, restoring: string, options: RestoreOptions): Promise<void> {
  const { databaseUrl, log, onProgress = () => {} } = options;
  const database = await openDatabase({ databaseUrl, dataDir: restoring, log });
  try {
    if ((await appliedMigrations(database.pool)).length > 0)
      throw new AppError(
        'restore_target_not_empty',
        'The database that DATABASE_URL names is already in use by a Lodge: restore into an empty one.',
      );
    const applied = await migrate(database.pool, { upTo: manifest.schemaVersion });
    if ((applied.at(-1) ?? 0) < manifest.schemaVersion)
      throw new AppError('database_too_new', 'This backup was made by a newer Lodge: restore it with that version.');
    await fillTables(database.pool, database.connection, restoring, manifest, onProgress);
  } finally {
    await database.close();
  }
}

function isLock(name: string): boolean {
  return name === dataDirNames.lock || name === dataDirNames.lockHolder;
}
