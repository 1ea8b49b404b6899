import type http from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { JournalWriter } from '../journal/index.ts';
import type { GatewayContext } from './context.ts';
import { refusal } from './errors.ts';
import { refuse } from './handle.ts';
import { ChannelBreakers } from './health.ts';
import type {
  Catalogue,
  Channel,
  ChannelState,
  Counters,
  GatewaySettings,
  KeyDirectory,
  Pages,
  ProbeResult,
  UsageReader,
  Wallet,
} from './ports.ts';
import { probe } from './probe.ts';
import { createServer, type Elsewhere } from './server.ts';
import { settle } from './settle.ts';
import { SpendBook } from './spend-book.ts';
import { type AddressRule, Upstreams } from './upstream.ts';
import { Watch } from './watch.ts';

/** Everything that a gateway is built from. */
export interface GatewayPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: GatewaySettings;
  readonly catalogue: () => Catalogue;
  readonly keys: KeyDirectory;
  readonly counters: Counters;
  /** Null until accounts pay from a balance: every call may pass. */
  readonly wallet: Wallet | null;
  readonly usage: UsageReader;
  readonly pages: Pages;
  readonly journal: JournalWriter;
  readonly addressAllowed: AddressRule;
  readonly elsewhere: Elsewhere;
}

export interface Gateway {
  readonly server: http.Server;
  /** Calls running now. */
  readonly running: number;
  readonly channels: readonly ChannelState[];
  /** Asks a channel, also one that is not in use, for its list of models. Leaves its health as it is. */
  probe(channel: Channel): Promise<ProbeResult>;
  /** Takes no new work and waits for running calls, at most `timeoutMs`; then cuts what is left. Returns how many. */
  drain(timeoutMs: number): Promise<number>;
}

/** What is cut at the end of a drain hears of it within this. */
const cutMs = 100;

const noWallet: Wallet = { reserve: () => ({ settle: () => {} }) };

export function createGateway(ports: GatewayPorts): Gateway {
  const { clock, settings, journal, counters } = ports;
  const watch = new Watch(clock);
  const upstreams = new Upstreams(settings, ports.addressAllowed);
  const breakers = new ChannelBreakers(clock);
  const spendBook = new SpendBook();
  let idle = (): void => {};
  const settleContext = { clock, settings, journal, counters, spendBook };
  const context: GatewayContext = {
    ...ports,
    wallet: ports.wallet ?? noWallet,
    spendBook,
    running: 0,
    draining: false,
    settle: settleContext,
    onIdle: () => idle(),
    relay: {
      clock,
      settings,
      watch,
      upstreams,
      breakers,
      settle: (call, ending) => settle(call, ending, settleContext),
      journalAttempt: (call, attempt) =>
        journal.appendOrHold({ kind: 'attempt', id: call.id, receivedAtMs: call.receivedAtMs, attempt }),
      refuse: (call, refused) => refuse(call, refused, context),
    },
  };
  let prunedVersion = -1;
  const prune = setInterval(() => {
    const catalogue = ports.catalogue();
    if (catalogue.version === prunedVersion) return;
    prunedVersion = catalogue.version;
    const origins = [...catalogue.groups.values()].flatMap((group) => group.channels.map((channel) => channel.origin));
    upstreams.keepOnly(new Set(origins));
  }, 10_000);
  prune.unref();
  const server = createServer(context, ports.elsewhere);
  return {
    server,
    get running() {
      return context.running;
    },
    get channels() {
      return breakers.state();
    },
    probe: (channel) => probe(channel, upstreams, clock),
    async drain(timeoutMs) {
      context.draining = true;
      clearInterval(prune);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const whenIdle = (limitMs: number): Promise<void> =>
        new Promise((resolve) => {
          if (context.running === 0) return resolve();
          const timer = setTimeout(resolve, limitMs);
          idle = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      await whenIdle(timeoutMs);
      const cut = context.running;
      if (cut > 0) {
        watch.cutAll(refusal('shutting_down', {}, 1));
        await whenIdle(cutMs);
        // The last words of what was cut are still on their way out.
        await new Promise((resolve) => setTimeout(resolve, cutMs));
      }
      server.closeAllConnections();
      await closed;
      await upstreams.close();
      return cut;
    },
  };
}
