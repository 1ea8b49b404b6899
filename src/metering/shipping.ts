import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ClientConfig } from 'pg';
import { AppError, errorText } from '../base/errors.ts';
import type { Log, LogLevel } from '../base/log.ts';
import type { Database } from '../db/index.ts';

/** What the thread is given. Plain data: it is copied. */
export interface ShippingData {
  readonly kind: Database['kind'];
  readonly connection: ClientConfig;
  /** Of this node: `<dataDir>/journal/<node>`. */
  readonly directory: string;
  readonly node: string;
  readonly logLevel: LogLevel;
}

export type ShippingRequest = { readonly do: 'flush' | 'lag' | 'stop'; readonly number: number };
/** `oldestMs`: to a question for the lag. */
export type ShippingReply = { readonly number: number; readonly oldestMs?: number | null };

export interface ShippingOptions {
  readonly database: Pick<Database, 'kind' | 'connection'>;
  readonly directory: string;
  readonly node: string;
  readonly log: Log;
  readonly logLevel: LogLevel;
}

/** The road from the journal to the database, as the rest of the program sees it. */
export interface Shipping {
  /** As `JournalShipper.flush`: waits as long as the database is away. @throws AppError `shipper_stopped` */
  flush(): Promise<void>;
  /** Age of the oldest entry that is not applied yet; 0 when all are. Null when the thread cannot say in time. */
  lagMs(): Promise<number | null>;
  /** Ends after the batch under way; what is not applied stays in the journal. */
  stop(): Promise<void>;
}

const restartMs = 1_000;
const lagWaitMs = 1_000;

/**
 * Applies a node's journal in a thread of its own: parsing entries and making rows costs as much as relaying the calls
 * they tell of, and must not stand in their way. Should the thread die, another one takes over where the database says.
 */
export function startShipping(options: ShippingOptions): Shipping {
  return new ShippingThread(options);
}

class ShippingThread implements Shipping {
  readonly #options: ShippingOptions;
  readonly #flushes = new Map<number, PromiseWithResolvers<void>>();
  readonly #lags = new Map<number, (lagMs: number | null) => void>();
  #number = 0;
  #stopped = false;
  #worker: Worker;
  #restart: NodeJS.Timeout | null = null;

  constructor(options: ShippingOptions) {
    this.#options = options;
    this.#worker = this.#spawn();
  }

  flush(): Promise<void> {
    if (this.#stopped) return Promise.reject(stopped());
    const number = ++this.#number;
    const done = Promise.withResolvers<void>();
    this.#flushes.set(number, done);
    this.#ask({ do: 'flush', number });
    return done.promise;
  }

  lagMs(): Promise<number | null> {
    if (this.#stopped) return Promise.resolve(null);
    const number = ++this.#number;
    return new Promise((resolve) => {
      const tell = (lagMs: number | null): void => {
        clearTimeout(timeout);
        this.#lags.delete(number);
        resolve(lagMs);
      };
      // While the database is away the thread answers nothing.
      const timeout = setTimeout(() => tell(null), lagWaitMs);
      this.#lags.set(number, tell);
      this.#ask({ do: 'lag', number });
    });
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    for (const { reject } of this.#flushes.values()) reject(stopped());
    this.#flushes.clear();
    if (this.#restart !== null) {
      clearTimeout(this.#restart);
      return;
    }
    const exited = once(this.#worker, 'exit');
    this.#ask({ do: 'stop', number: 0 });
    await exited;
  }

  #ask(request: ShippingRequest): void {
    this.#worker.postMessage(request);
  }

  #spawn(): Worker {
    const { database, directory, node, logLevel, log } = this.#options;
    // The parsers of column types are functions, which no thread can be given; it sets its own.
    const { types: _, ...connection } = database.connection;
    const workerData: ShippingData = { kind: database.kind, connection, directory, node, logLevel };
    const worker = new Worker(new URL('./shipping-thread.ts', import.meta.url), { workerData, name: 'shipping' });
    worker.on('message', ({ number, oldestMs }: ShippingReply) => {
      this.#flushes.get(number)?.resolve();
      this.#flushes.delete(number);
      this.#lags.get(number)?.(oldestMs ?? 0);
    });
    worker.on('error', (error) => log.error({ node, reason: errorText(error) }, 'the thread of the journal failed'));
    worker.on('exit', () => {
      if (!this.#stopped) this.#restart = setTimeout(() => this.#respawn(), restartMs);
    });
    return worker;
  }

  #respawn(): void {
    this.#restart = null;
    this.#worker = this.#spawn();
    for (const number of this.#flushes.keys()) this.#ask({ do: 'flush', number });
  }
}

function stopped(): AppError {
  return new AppError('shipper_stopped', 'The journal is no longer being applied.');
}
