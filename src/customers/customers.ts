import type { DeviceWords } from '../audit/index.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { ChannelState } from '../gateway/ports.ts';
import { type ChannelHealth, readChannelHealth } from './channel-health.ts';
import { Figures } from './figures.ts';
import { Kept } from './kept.ts';
import { readCounts, type SiteCounts } from './overview.ts';
import type { Suspending } from './suspension.ts';
import { readTraffic, type Traffic } from './traffic.ts';

export interface CustomersOptions extends Suspending {
  readonly log: Log;
  readonly clock: Clock;
  readonly deviceWords: DeviceWords;
  /** What this node's gateway knows of channels that fail. */
  readonly channelStates: () => readonly ChannelState[];
  /** Calls that run on this node. */
  readonly runningCalls: () => number;
  /** How old the oldest journal entry is that the database does not have yet, in milliseconds; null: not known. */
  readonly journalLagMs?: () => Promise<number | null>;
}

export interface Overview {
  readonly traffic: Traffic;
  readonly counts: SiteCounts;
  readonly runningCalls: number;
  readonly journalLagMs: number | null;
  /** Those that fail or rest. */
  readonly failingChannels: readonly ChannelHealth[];
}

/** What the staff's routes read from. Whatever reads the whole site is kept for some seconds: many look, it is read once. */
export interface Customers extends Pick<CustomersOptions, 'pool' | 'clock' | 'deviceWords' | 'keys'> {
  readonly figures: Figures;
  overview(): Promise<Overview>;
  channelHealth(): Promise<{ readonly traffic: Traffic; readonly channels: readonly ChannelHealth[] }>;
}

/** An open start page asks about this often. */
const trafficKeptMs = 5_000;
const countsKeptMs = 15_000;

export function createCustomers(options: CustomersOptions): Customers {
  const { pool, log, clock, deviceWords, keys } = options;
  const traffic = new Kept(clock, trafficKeptMs, () => readTraffic(pool, clock.now()));
  const counts = new Kept(clock, countsKeptMs, () => readCounts(pool, clock.now()));
  const channelHealth = async () => {
    const seen = await traffic.read();
    return { traffic: seen, channels: await readChannelHealth(pool, options.channelStates(), seen) };
  };
  return {
    pool,
    clock,
    deviceWords,
    keys,
    figures: new Figures(pool, log, clock),
    channelHealth,
    async overview() {
      const [health, sums, journalLagMs] = await Promise.all([
        channelHealth(),
        counts.read(),
        options.journalLagMs?.() ?? null,
      ]);
      return {
        traffic: health.traffic,
        counts: sums,
        runningCalls: options.runningCalls(),
        journalLagMs,
        failingChannels: health.channels.filter(({ condition }) => condition === 'failing' || condition === 'resting'),
      };
    },
  };
}
