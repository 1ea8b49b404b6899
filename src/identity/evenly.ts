import { setTimeout as after } from 'node:timers/promises';

/**
 * Answers no earlier than `floorMs` after the call, so that what was done (a mail, an account, nothing) does not show in
 * the time. The floor lies above what the longest of the ways takes on a machine that is not overloaded.
 */
export async function evenly<T>(floorMs: number, work: () => Promise<T>): Promise<T> {
  const floor = after(floorMs);
  try {
    return await work();
  } finally {
    await floor;
  }
}
