import { readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { AppError, errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Binaries } from './binaries.ts';
import { asNobody, type Launcher, runToEnd } from './launch.ts';

export interface NewCluster {
  /** Holds the cluster; made when missing. Its parent must exist and be locked by the caller. */
  readonly dir: string;
  /** Read when the cluster is made. */
  readonly passwordFile: string;
  readonly binaries: Binaries;
  readonly log: Log;
  /** Further arguments of initdb, for tests. */
  readonly initArgs?: readonly string[];
}

/**
 * Makes the cluster, unless it is there: beside its place, and then moved there whole, so that a half-made one never
 * counts.
 *
 * @throws AppError `database_start_failed`, also when another version of Postgres made it
 */
export async function ensureCluster(options: NewCluster, launcher: Launcher): Promise<void> {
  const { dir, binaries, log } = options;
  if (await readFile(path.join(dir, 'PG_VERSION'), 'utf8').catch(() => null)) return checkVersion(dir, binaries);
  const parent = path.dirname(dir);
  const prefix = `${path.basename(dir)}.new-`;
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  const fresh = path.join(parent, `${prefix}${process.pid}`);
  const startedAt = performance.now();
  const locale =
    binaries.majorVersion >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C'];
  const identity = ['--username=lodge', '--auth=scram-sha-256', `--pwfile=${options.passwordFile}`];
  const args = ['-D', fresh, ...identity, '--encoding=UTF8', ...locale, '--no-instructions'];
  try {
    await runInitdb(launcher, path.join(binaries.directory, 'initdb'), [...args, ...(options.initArgs ?? [])]);
    await rename(fresh, dir);
  } catch (cause) {
    await rm(fresh, { recursive: true, force: true });
    throw new AppError(
      'database_start_failed',
      `The embedded Postgres could not make its files in ${parent}: ${errorText(cause)}`,
      { cause },
    );
  }
  log.info({ ms: Math.round(performance.now() - startedAt) }, 'made the embedded database');
}

async function runInitdb(launcher: Launcher, command: string, args: readonly string[]): Promise<void> {
  try {
    await runToEnd(launcher, command, args);
  } catch (error) {
    if (!/user does not exist/.test(errorText(error))) throw error;
    await runToEnd(asNobody(launcher), command, args).catch(() => {
      throw new Error(`${errorText(error)}: add the user to /etc/passwd, or set DATABASE_URL.`);
    });
  }
}

async function checkVersion(dir: string, binaries: Binaries): Promise<void> {
  const version = Number((await readFile(path.join(dir, 'PG_VERSION'), 'utf8')).trim());
  if (version === binaries.majorVersion) return;
  throw new AppError(
    'database_start_failed',
    `The database in ${dir} was made by Postgres ${version}, but Postgres ${binaries.majorVersion} is installed: restore a backup into a new data directory, or install the Lodge that made it.`,
  );
}
