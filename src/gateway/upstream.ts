import dns from 'node:dns';
import net from 'node:net';
import { type Dispatcher, Pool } from 'undici';
import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import type { Channel, GatewaySettings } from './ports.ts';

/**
 * Whether a connection of a channel with this origin may go to an address. Asked for every address that is dialled:
 * names can change their answer.
 */
export type AddressRule = (address: string, origin: string) => boolean;

/** Connections to upstreams, one pool per origin. */
export class Upstreams {
  readonly #timersMs: GatewaySettings['timersMs'];
  readonly #addressAllowed: AddressRule;
  readonly #pools = new Map<string, Pool>();

  constructor(settings: GatewaySettings, addressAllowed: AddressRule) {
    this.#timersMs = settings.timersMs;
    this.#addressAllowed = addressAllowed;
  }

  /** @throws AppError `upstream_address_refused` for a literal address that the rule forbids. */
  pool(channel: Channel): Pool {
    const known = this.#pools.get(channel.origin);
    if (known) return known;
    const host = new URL(channel.origin).hostname.replace(/^\[|\]$/g, '');
    // A literal address is dialled without a look-up, so the rule must be asked here.
    if (net.isIP(host) !== 0 && !this.#addressAllowed(host, channel.origin)) throw refusedAddress();
    const pool = new Pool(channel.origin, {
      connections: limits.channelConnections,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: 30_000,
      keepAliveMaxTimeout: 600_000,
      headersTimeout: this.#timersMs.head,
      bodyTimeout: this.#timersMs.idle,
      // Answers are never held whole, so their size is the client's affair.
      maxResponseSize: -1,
      connect: { timeout: this.#timersMs.connect, lookup: this.#lookupFor(channel.origin), noDelay: true },
    });
    this.#pools.set(channel.origin, pool);
    return pool;
  }

  /** Closes pools that no channel uses any more, once their running calls have ended. */
  keepOnly(origins: ReadonlySet<string>): void {
    for (const [origin, pool] of this.#pools) {
      if (origins.has(origin)) continue;
      this.#pools.delete(origin);
      void pool.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
    this.#pools.clear();
  }

  #lookupFor(origin: string): net.LookupFunction {
    return (host, options, callback) => {
      dns.lookup(host, { ...options, all: true }, (error, addresses) => {
        if (error) return callback(error, '');
        const allowed = addresses.filter(({ address }) => this.#addressAllowed(address, origin));
        const first = allowed[0];
        if (first === undefined) return callback(refusedAddress(), '');
        if (options.all) callback(null, allowed);
        else callback(null, first.address, first.family);
      });
    };
  }
}

function refusedAddress(): AppError {
  return new AppError(
    'upstream_address_refused',
    'The channel points at a loopback or private address, which this site does not allow.',
  );
}

/** How a try failed before any byte reached the client. */
export type FailureKind = 'forbidden' | 'connect' | 'stale' | 'timeout' | 'broken';

/** Sorts what undici reports. `stale`: a kept-alive socket that the upstream closed under the request. */
export function failureKind(error: Error & { code?: string }, gotHead: boolean): FailureKind {
  switch (error.code) {
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'ETIMEDOUT':
      return 'connect';
    case 'upstream_address_refused':
      return 'forbidden';
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'timeout';
    case 'UND_ERR_SOCKET':
    case 'ECONNRESET':
    case 'EPIPE':
      return gotHead ? 'broken' : 'stale';
    default:
      return 'broken';
  }
}

export type { Dispatcher };
