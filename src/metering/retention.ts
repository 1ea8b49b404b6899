import { type Clock, systemClock } from '../base/clock.ts';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { type Database, dropExpiredPartitions, ensurePartitions } from '../db/index.ts';

const dayMs = 86_400_000;
/** A few minutes into the day, when the nodes' clocks agree that it has begun. */
const afterMidnightMs = 5 * 60_000;
const retryMs = 10 * 60_000;

export interface RetentionOptions {
  readonly database: Pick<Database, 'pool'>;
  /** Whole days that records are kept. Sums by hour are kept for ever. */
  readonly retentionDays: number;
  readonly log: Log;
  readonly clock?: Clock;
}

/** Makes the partitions of the days ahead and drops those whose retention has passed. */
export async function runRetention(options: RetentionOptions): Promise<void> {
  const { database, retentionDays, log } = options;
  const nowMs = (options.clock ?? systemClock).now();
  await ensurePartitions(database.pool, nowMs);
  const dropped = await dropExpiredPartitions(database.pool, nowMs, retentionDays);
  if (dropped.length > 0) log.info({ partitions: dropped, retentionDays }, 'records past their retention were dropped');
}

/** Runs it now and every day; after a failure again in ten minutes. Returns what ends it. */
export function startRetention(options: RetentionOptions): { stop(): Promise<void> } {
  const clock = options.clock ?? systemClock;
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let running = turn();
  async function turn(): Promise<void> {
    let waitMs = dayMs - (clock.now() % dayMs) + afterMidnightMs;
    try {
      await runRetention(options);
    } catch (error) {
      options.log.warn(
        { reason: errorText(error) },
        'partitions and retention could not be seen to; trying again later',
      );
      waitMs = retryMs;
    }
    if (stopped) return;
    timer = setTimeout(() => {
      running = turn();
    }, waitMs);
    timer.unref();
  }
  return {
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
