import { chmod, mkdir, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError, errorText } from '../base/errors.ts';

/** Names inside the data directory. Nothing else is written there by this module. */
export const dataDirNames = {
  lock: 'lock',
  lockHolder: 'lock.pid',
  cluster: 'postgres',
  password: 'postgres-password',
  journal: 'journal',
  restoring: 'restoring',
} as const;

/** A data directory that belongs to this process until `release`, or until it ends in whatever way. */
export interface DataDir {
  /** Absolute, with symbolic links resolved. */
  readonly path: string;
  release(): Promise<void>;
}

/**
 * Makes the directory (mode 700) when it is missing, checks that it can be written, and locks it.
 *
 * @throws AppError `data_dir_not_writable`, `data_dir_locked`, `restore_incomplete`
 */
export async function openDataDir(dir: string, options: { restoring?: boolean } = {}): Promise<DataDir> {
  const place = await prepare(dir);
  const unlock = await lock(place);
  if (!options.restoring && (await readdir(place)).includes(dataDirNames.restoring)) {
    unlock();
    throw new AppError(
      'restore_incomplete',
      `A restore into ${place} did not finish: empty the directory and run lodge restore again.`,
    );
  }
  return {
    path: place,
    release: async () => {
      await rm(path.join(place, dataDirNames.lockHolder), { force: true });
      unlock();
    },
  };
}

async function prepare(dir: string): Promise<string> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const place = await realpath(dir);
    // A directory that was made by hand may be open to others; secrets lie here. One of a foreign owner stays as it is.
    await chmod(place, 0o700).catch(() => undefined);
    const probe = path.join(place, `.probe-${process.pid}`);
    await writeFile(probe, '', { mode: 0o600 });
    await rm(probe);
    return place;
  } catch (cause) {
    throw new AppError(
      'data_dir_not_writable',
      `The data directory ${dir} cannot be written (${errorText(cause)}): give it to the user that runs Lodge, or set LODGE_DATA_DIR.`,
      { cause },
    );
  }
}

/**
 * Node has no file locks of its own, SQLite does: its exclusive transaction holds an `fcntl` lock, which the kernel
 * drops when the process ends, also by SIGKILL, and which holds between containers that share a volume, where process
 * numbers and sockets do not tell. The file itself stays empty.
 */
async function lock(place: string): Promise<() => void> {
  const holder = path.join(place, dataDirNames.lockHolder);
  const file = path.join(place, dataDirNames.lock);
  // SQLite would make it for all to read. An existing file must not be opened here: closing it would drop the lock.
  await writeFile(file, '', { flag: 'wx', mode: 0o600 }).catch(() => undefined);
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec('pragma journal_mode = memory; begin exclusive');
  } catch (cause) {
    database.close();
    const pid = (await readFile(holder, 'utf8').catch(() => '')).trim();
    throw new AppError(
      'data_dir_locked',
      `The data directory ${place} is in use${pid ? ` by process ${pid}` : ''}: stop that Lodge first, or choose another LODGE_DATA_DIR.`,
      { cause },
    );
  }
  await writeFile(holder, `${process.pid}\n`, { mode: 0o600 });
  return () => database.close();
}
