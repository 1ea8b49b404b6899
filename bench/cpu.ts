import { readdirSync, readFileSync } from 'node:fs';

/**
 * What processes have used, as Linux counts it. CPU comes from `schedstat`, in nanoseconds: the ten-millisecond ticks of
 * `stat` would be a tenth of what nginx needs for a whole round.
 */

/** A tick of the clock in `stat`, where children that have ended are counted. Linux has 100 a second for every program. */
const tickUs = 10_000;
const pageBytes = 4096;

/** User and system time of the processes' threads in microseconds, with that of children that they have buried. */
export function cpuUs(pids: readonly number[]): number {
  let sumUs = 0;
  for (const pid of pids) {
    for (const thread of list(`/proc/${pid}/task`)) {
      sumUs += threadCpuUs(pid, Number(thread));
    }
    const fields = statFields(pid);
    sumUs += (Number(fields[13] ?? 0) + Number(fields[14] ?? 0)) * tickUs;
  }
  return sumUs;
}

/** The same of one thread. The main thread has the number of its process. */
export function threadCpuUs(pid: number, thread = pid): number {
  return Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0] ?? 0) / 1_000;
}

/** Resident memory in bytes. */
export function residentBytes(pid: number): number {
  return Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * pageBytes;
}

/** All processes below one, itself left out. */
export function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of list('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid)) parents.set(pid, Number(statFields(pid)[1] ?? 0));
  }
  const found: number[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const [pid, parent] of parents) {
      if (parent !== next) continue;
      found.push(pid);
      open.push(pid);
    }
  }
  return found;
}

/** Fields of `stat` from the state on: the name before it may hold spaces and brackets. */
function statFields(pid: number): string[] {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
