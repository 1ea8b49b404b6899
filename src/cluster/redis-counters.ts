import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { Counters, Occupancy, RateWindow } from '../gateway/ports.ts';
import { LocalCounters, minuteMs } from './local-counters.ts';
import { acquireScript, beatScript, renewScript, takeScript, tokensScript } from './redis-scripts.ts';

export interface RedisCountersOptions {
  /** `redis://` or `rediss://`. */
  readonly url: string;
  /** Name of this node, unlike that of any other. */
  readonly node: string;
  readonly log: Log;
  /** Before every name in Redis. `lodge` when absent. */
  readonly prefix?: string;
  /** The following differ only in tests. */
  readonly windowMs?: number;
  readonly leaseMs?: number;
  readonly beatMs?: number;
}

/** A command that takes longer counts as failed: a limit is not worth more of a call's time. */
const commandTimeoutMs = 250;
const connectTimeoutMs = 2_000;
const retryMs = { step: 50, most: 1_000 };
/** A node that is silent for so many beats counts as gone. */
const beatsUntilGone = 5;
const leasesPerCommand = 500;

interface Scripts {
  lodgeTake(key: string, limit: string, windowMs: number): Promise<[number, number, number]>;
  lodgeAcquire(key: string, limit: string, leaseMs: number, lease: string): Promise<[number, number]>;
  lodgeRenew(key: string, leaseMs: number, ...leases: string[]): Promise<number>;
  lodgeTokens(key: string, seconds: number, added: number): Promise<number>;
  lodgeBeat(key: string, node: string, untilGoneMs: number): Promise<number>;
}

/**
 * Counts in Redis or Valkey, for nodes that serve the same keys: one script for each question. What this node counts is
 * counted in process as well; while Redis does not answer, that alone decides, with the limit divided by the number of
 * nodes last seen, and `mode` says so. It goes back to sharing by itself.
 *
 * What is held about a key stands under `<prefix>:{<key id>}:…`, in one slot of a cluster. A running call is a lease
 * that the node renews: the leases of a node that died run out.
 */
export class RedisCounters implements Counters {
  readonly #options: RedisCountersOptions;
  readonly #prefix: string;
  readonly #windowMs: number;
  readonly #seconds: number;
  readonly #leaseMs: number;
  readonly #beatMs: number;
  readonly #local: LocalCounters;
  readonly #redis: Redis & Scripts;
  /** Tells this process's leases from those that a former one of the same name has left. */
  readonly #run = randomBytes(6).toString('hex');
  readonly #leases = new Map<string, string[]>();
  #leaseNumber = 0;
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #mode: 'local' | 'shared' = 'local';
  #nodes = 1;
  #beating = false;
  #closed = false;
  #everShared = false;
  #lastProblem = '';
  readonly #timer: NodeJS.Timeout;

  constructor(options: RedisCountersOptions) {
    this.#options = options;
    this.#prefix = options.prefix ?? 'lodge';
    this.#windowMs = options.windowMs ?? minuteMs;
    this.#seconds = Math.ceil(this.#windowMs / 1000);
    this.#leaseMs = options.leaseMs ?? 30_000;
    this.#beatMs = options.beatMs ?? 1_000;
    this.#local = new LocalCounters(this.#windowMs);
    this.#redis = connect(options.url);
    this.#redis.on('ready', () => void this.#beat());
    this.#redis.on('error', (error) => this.#fail(error));
    this.#redis.on('close', () => this.#fail(new Error('the connection was closed')));
    this.#timer = setInterval(() => void this.#beat(), this.#beatMs);
    this.#timer.unref();
  }

  /** `shared`: all nodes count together. `local`: this one counts alone, with its part of each limit. */
  get mode(): 'local' | 'shared' {
    return this.#mode;
  }

  /** Nodes that were alive at the last contact, this one included. */
  get nodes(): number {
    return this.#nodes;
  }

  take(keyId: string, limitClass: string, limit: number, nowMs: number): RateWindow | Promise<RateWindow> {
    if (this.#mode === 'local') return this.#local.take(keyId, limitClass, this.#part(limit), nowMs);
    return this.#redis.lodgeTake(this.#name(keyId, limitClass), limitText(limit), this.#windowMs).then(
      ([allowed, used, resetMs]) => {
        // So that this node's own calls are known when Redis goes away.
        if (allowed === 1) this.#local.take(keyId, limitClass, limit, nowMs);
        const remaining = Math.max(limit - used, 0);
        return { allowed: allowed === 1, limit, used, remaining, resetAtMs: nowMs + resetMs };
      },
      (error) => {
        this.#fail(error);
        return this.#local.take(keyId, limitClass, this.#part(limit), nowMs);
      },
    );
  }

  acquire(keyId: string, limit: number, _nowMs?: number): Occupancy | Promise<Occupancy> {
    const lease = `${this.#options.node}:${this.#run}:${++this.#leaseNumber}`;
    if (this.#mode === 'local') return this.#acquireLocally(keyId, limit, lease);
    return this.#redis.lodgeAcquire(this.#name(keyId, 'running'), limitText(limit), this.#leaseMs, lease).then(
      ([allowed, running]) => {
        if (allowed === 1) {
          this.#local.acquire(keyId, Number.POSITIVE_INFINITY);
          this.#hold(keyId, lease);
        }
        return { allowed: allowed === 1, running };
      },
      (error) => {
        this.#fail(error);
        return this.#acquireLocally(keyId, limit, lease);
      },
    );
  }

  release(keyId: string): void {
    this.#local.release(keyId);
    const leases = this.#leases.get(keyId);
    // Calls of one key are alike: any of its leases will do.
    const lease = leases?.pop();
    if (leases?.length === 0) this.#leases.delete(keyId);
    if (lease === undefined || this.#mode === 'local') return;
    this.#redis.zrem(this.#name(keyId, 'running'), lease).catch((error) => this.#fail(error));
  }

  tokensUsed(keyId: string, nowMs: number): number | Promise<number> {
    // Compared with the whole limit: as many times as there are nodes is the same as the limit divided by them.
    if (this.#mode === 'local') return this.#local.tokensUsed(keyId, nowMs) * this.#nodes;
    return this.#redis.lodgeTokens(this.#name(keyId, 'tokens'), this.#seconds, 0).catch((error) => {
      this.#fail(error);
      return this.#local.tokensUsed(keyId, nowMs) * this.#nodes;
    });
  }

  addTokens(keyId: string, tokens: number, nowMs: number): void {
    if (!(tokens > 0)) return;
    this.#local.addTokens(keyId, tokens, nowMs);
    if (this.#mode === 'local') return;
    this.#redis
      .lodgeTokens(this.#name(keyId, 'tokens'), this.#seconds, Math.ceil(tokens))
      .catch((error) => this.#fail(error));
  }

  /** Leaves: the other nodes share the limits among themselves from now on. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closed = true;
    if (this.#mode === 'shared') {
      this.#mode = 'local';
      await this.#redis.zrem(`${this.#prefix}:nodes`, this.#options.node).catch(() => undefined);
    }
    this.#redis.disconnect();
  }

  #acquireLocally(keyId: string, limit: number, lease: string): Occupancy {
    const occupancy = this.#local.acquire(keyId, this.#part(limit));
    if (occupancy.allowed) this.#hold(keyId, lease);
    return occupancy;
  }

  #hold(keyId: string, lease: string): void {
    const leases = this.#leases.get(keyId);
    if (leases) leases.push(lease);
    else this.#leases.set(keyId, [lease]);
  }

  /** At least one: a limit that lets a node do nothing would be an outage. */
  #part(limit: number): number {
    return limit <= 0 ? limit : Math.max(1, Math.floor(limit / this.#nodes));
  }

  #name(keyId: string, what: string): string {
    return `${this.#prefix}:{${keyId}}:${what}`;
  }

  /** Says that this node lives, hears how many do, and renews its leases. Success is what ends `local`. */
  async #beat(): Promise<void> {
    if (this.#beating || this.#closed || this.#redis.status !== 'ready') return;
    this.#beating = true;
    try {
      const untilGoneMs = beatsUntilGone * this.#beatMs;
      this.#nodes = await this.#redis.lodgeBeat(`${this.#prefix}:nodes`, this.#options.node, untilGoneMs);
      await this.#renew();
      if (this.#mode === 'local' && this.#everShared) this.#options.log.info('limits are shared between nodes again');
      this.#mode = 'shared';
      this.#everShared = true;
      this.#lastProblem = '';
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#beating = false;
    }
  }

  async #renew(): Promise<void> {
    const nowMs = performance.now();
    // After a time apart at once, since Redis does not know what began meanwhile.
    if (this.#mode === 'shared' && nowMs - this.#renewedAtMs < this.#leaseMs / 3) return;
    this.#renewedAtMs = nowMs;
    const renewals: Promise<unknown>[] = [];
    for (const [keyId, leases] of this.#leases) {
      for (let start = 0; start < leases.length; start += leasesPerCommand) {
        const some = leases.slice(start, start + leasesPerCommand);
        renewals.push(this.#redis.lodgeRenew(this.#name(keyId, 'running'), this.#leaseMs, ...some));
      }
    }
    await Promise.all(renewals);
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    const reason = errorText(error);
    if (this.#mode === 'shared' || this.#lastProblem === '') {
      const { nodes } = this;
      this.#options.log.warn(
        { reason, nodes },
        'Redis does not answer: this node counts limits alone, its part of each',
      );
    }
    this.#lastProblem = reason;
    this.#mode = 'local';
  }
}

function connect(url: string): Redis & Scripts {
  const redis = new Redis(url, {
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    // A call must not wait for a connection: it is decided in process instead.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(times * retryMs.step, retryMs.most),
  });
  redis.defineCommand('lodgeTake', { numberOfKeys: 1, lua: takeScript });
  redis.defineCommand('lodgeAcquire', { numberOfKeys: 1, lua: acquireScript });
  redis.defineCommand('lodgeRenew', { numberOfKeys: 1, lua: renewScript });
  redis.defineCommand('lodgeTokens', { numberOfKeys: 1, lua: tokensScript });
  redis.defineCommand('lodgeBeat', { numberOfKeys: 1, lua: beatScript });
  // The commands that were just defined; the client's type cannot know them.
  return redis as Redis & Scripts;
}

/** Lua reads no "Infinity". */
function limitText(limit: number): string {
  return limit === Number.POSITIVE_INFINITY ? '9007199254740991' : String(limit);
}
