import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { JournalWriter } from '../journal/index.ts';
import type { Catalogue, Counters, GatewaySettings, KeyDirectory, Pages, UsageReader, Wallet } from './ports.ts';
import type { RelayContext } from './relay.ts';
import type { SettleContext } from './settle.ts';
import type { SpendBook } from './spend-book.ts';

/** What the phases share: the ports and the state of one running gateway. */
export interface GatewayContext {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: GatewaySettings;
  readonly catalogue: () => Catalogue;
  readonly keys: KeyDirectory;
  readonly counters: Counters;
  readonly wallet: Wallet;
  readonly usage: UsageReader;
  readonly pages: Pages;
  readonly journal: JournalWriter;
  readonly spendBook: SpendBook;
  readonly relay: RelayContext;
  readonly settle: SettleContext;
  /** Calls running now. */
  running: number;
  /** True after SIGTERM: no new work. */
  draining: boolean;
  /** Called whenever the last running call has ended. */
  onIdle(): void;
}
