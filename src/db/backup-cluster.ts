import { randomBytes } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { AppError } from '../base/errors.ts';
import { type BackupFile, copyFile, eachOf, newFile, type OnProgress, walk } from './backup-files.ts';
import { dataDirNames } from './data-dir.ts';

/** What a running server makes anew at its start; the directories themselves must be there. */
const emptied = /^(pg_wal|pg_replslot|pg_dynshmem|pg_notify|pg_serial|pg_snapshots|pg_stat_tmp|pg_subtrans)\/./;
const skipped =
  /(^|\/)(postmaster\.(pid|opts)|pgsql_tmp[^/]*|pg_internal\.init[^/]*|\.s\.PGSQL\.[^/]*|backup_label\.old)$/;
const controlFile = 'global/pg_control';

/**
 * Copies the files of the running embedded cluster: a base backup as Postgres' manual describes it for the low-level
 * interface. Pages that change under the copy are made whole at the first start, from the write-ahead log that is
 * copied last.
 */
export async function copyCluster(
  connection: pg.ClientConfig,
  dataDir: string,
  toDir: string,
  onProgress: OnProgress,
): Promise<BackupFile[]> {
  const client = new pg.Client({ ...connection, statement_timeout: 0 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // The temporary slot keeps the log of the whole backup from being recycled, however long it takes.
    await client.query('select pg_create_physical_replication_slot($1, true, true)', [
      `lodge_backup_${randomBytes(6).toString('hex')}`,
    ]);
    await client.query("select pg_backup_start('lodge', true)");
    const copy = new ClusterCopy(path.join(dataDir, dataDirNames.cluster), toDir, onProgress);
    await copy.dataFiles();
    const { rows } = await client.query<BackupStop>(
      `select labelfile, spcmapfile, pg_walfile_name(lsn) as "lastSegment" from pg_backup_stop(false)`,
    );
    const stop = rows[0];
    if (!stop) throw new AppError('backup_failed', 'Postgres did not end the backup.');
    await copy.finish(stop);
    return copy.files;
  } finally {
    await client.end();
  }
}

interface BackupStop {
  readonly labelfile: string;
  readonly spcmapfile: string;
  readonly lastSegment: string;
}

class ClusterCopy {
  readonly files: BackupFile[] = [];
  readonly #from: string;
  readonly #to: string;
  readonly #onProgress: OnProgress;
  #done = 0;
  #total = 0;

  constructor(from: string, to: string, onProgress: OnProgress) {
    this.#from = from;
    this.#to = to;
    this.#onProgress = onProgress;
  }

  async dataFiles(): Promise<void> {
    const { files, directories } = await walk(this.#from, (name) => emptied.test(name) || skipped.test(name));
    for (const directory of directories) await mkdir(this.#place(directory), { recursive: true, mode: 0o700 });
    await eachOf(files, async (name) => {
      this.#total += (await stat(path.join(this.#from, name)).catch(() => null))?.size ?? 0;
    });
    await eachOf(files, async (name) => {
      if (name !== controlFile) await this.#copy(name);
    });
    // The one file whose torn copy no log repairs.
    await this.#write(controlFile, await readUnchanged(path.join(this.#from, controlFile)));
  }

  async finish({ labelfile, spcmapfile, lastSegment }: BackupStop): Promise<void> {
    const firstSegment = /START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)/.exec(labelfile)?.[1];
    if (!firstSegment) throw new AppError('backup_failed', 'Postgres told no beginning of the backup.');
    await this.#write('backup_label', Buffer.from(labelfile));
    if (spcmapfile) await this.#write('tablespace_map', Buffer.from(spcmapfile));
    const log = await walk(path.join(this.#from, 'pg_wal'), () => false);
    const needed = log.files.filter(
      (name) =>
        name.endsWith('.history') || (/^[0-9A-F]{24}$/.test(name) && name >= firstSegment && name <= lastSegment),
    );
    await eachOf(needed, (name) => this.#copy(`pg_wal/${name}`));
    for (const segment of [firstSegment, lastSegment]) {
      if (!needed.includes(segment)) throw new AppError('backup_failed', `The log segment ${segment} is gone.`);
    }
  }

  async #copy(name: string): Promise<void> {
    this.#add(await copyFile(path.join(this.#from, name), this.#place(name), this.#name(name)));
  }

  async #write(name: string, bytes: Buffer): Promise<void> {
    const file = await newFile(this.#place(name), this.#name(name));
    await file.write(bytes);
    await file.close();
    this.#add(file.result());
  }

  /** A file that vanished in between belonged to a dropped table; the log says so too. */
  #add(file: BackupFile | null): void {
    if (!file) return;
    this.files.push(file);
    this.#done += file.size;
    this.#total = Math.max(this.#total, this.#done);
    this.#onProgress({ step: 'database', done: this.#done, total: this.#total });
  }

  #place(name: string): string {
    return path.join(this.#to, dataDirNames.cluster, name);
  }

  #name(name: string): string {
    return `${dataDirNames.cluster}/${name}`;
  }
}

async function readUnchanged(file: string): Promise<Buffer> {
  let before = await readFile(file);
  for (let tries = 0; tries < 100; tries++) {
    const again = await readFile(file);
    if (again.equals(before)) return again;
    before = again;
  }
  throw new AppError('backup_failed', `${file} would not hold still.`);
}
