import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../base/log.ts';

export interface PidFile {
  readonly pid: number;
  readonly port: number;
  readonly socketDir: string;
  /** `starting`, `ready`, `stopping`; empty while it is being written. */
  readonly status: string;
}

/** Reads `postmaster.pid` of a cluster, null when there is none. */
export async function readPidFile(dir: string): Promise<PidFile | null> {
  const text = await readFile(path.join(dir, 'postmaster.pid'), 'utf8').catch(() => null);
  const lines = text?.split('\n');
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid === 0) return null;
  return { pid, port: Number(lines[3]), socketDir: lines[4]?.trim() ?? '', status: lines[7]?.trim() ?? '' };
}

/** How long a server of the previous run may take to end by itself before it is asked to. */
const patienceMs = 3_000;

/**
 * Gets an earlier server of this cluster out of the way. The caller holds the lock of the data directory, so whatever
 * still runs here is an orphan of a killed Lodge: it is asked to stop. When nothing runs here and the file is about a
 * process that has nothing to do with us (numbers are used again after a reboot or in a container), the file goes.
 *
 * The file is the guard against two servers on one cluster, therefore it only goes when no process at all stands in the
 * directory: every Postgres process, also a backend that outlived its postmaster, does.
 */
export async function clearStaleServer(dir: string, ageMs: number, log: Log): Promise<void> {
  if (process.platform !== 'linux') return;
  const file = await readPidFile(dir);
  if (!file) return;
  const residents = await processesIn(dir);
  if (residents.length === 0) {
    if (ageMs < 500 || (await isZombie(file.pid))) return;
    log.warn({ pid: file.pid }, 'removed the pid file of a postgres that is gone');
    await rm(path.join(dir, 'postmaster.pid'), { force: true });
  } else if (ageMs > patienceMs && residents.includes(file.pid)) {
    log.warn({ pid: file.pid }, 'stopping the postgres that an earlier run left behind');
    try {
      process.kill(file.pid, 'SIGINT');
    } catch {
      // It has just ended.
    }
  }
}

async function processesIn(dir: string): Promise<number[]> {
  const found: number[] = [];
  const home = await realpath(dir);
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const place = await readlink(`/proc/${name}/cwd`).catch(() => null);
    if (place === home) found.push(Number(name));
  }
  return found;
}

async function isZombie(pid: number): Promise<boolean> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return text.slice(text.lastIndexOf(')') + 2).startsWith('Z');
}
