import { Worker } from 'node:worker_threads';
import { errorText } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { type Reading, ReadingError, type ReadJob } from './reading/reading.ts';
import type { FromThread, ToThread } from './reading/thread.ts';
import type { Resolver } from './resolver.ts';

export interface ReaderOptions {
  readonly resolver: Resolver;
  /** How many mails are read at once. */
  readonly threads: number;
  readonly readMs?: number;
  readonly dnsMs?: number;
}

interface Task {
  readonly job: ReadJob;
  readonly done: PromiseWithResolvers<Reading>;
}

/** A thread's heap: a mail of 25 MB takes 150 MB on its way. */
const threadMemoryMb = 512;

/**
 * Reads mails in threads: a hostile one may hang or exhaust its thread, which is then ended and replaced, and nothing
 * else of the program waits for it.
 */
export class Reader {
  readonly #options: ReaderOptions;
  readonly #waiting: Task[] = [];
  readonly #threads = new Set<ReadingThread>();
  #stopped = false;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** @throws ReadingError when the mail is beyond reading */
  read(job: ReadJob): Promise<Reading> {
    if (this.#stopped) return Promise.reject(new Error('The reader has stopped.'));
    const done = Promise.withResolvers<Reading>();
    this.#waiting.push({ job, done });
    this.#next();
    return done.promise;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const { done } of this.#waiting.splice(0)) done.reject(new Error('The reader has stopped.'));
    await Promise.all([...this.#threads].map((thread) => thread.end(new Error('The reader has stopped.'))));
  }

  #next(): void {
    const [task] = this.#waiting;
    if (task === undefined || this.#stopped) return;
    let thread = [...this.#threads].find((one) => one.idle);
    if (thread === undefined) {
      if (this.#threads.size >= this.#options.threads) return;
      thread = new ReadingThread(this.#options, (ended) => {
        this.#threads.delete(ended);
        this.#next();
      });
      this.#threads.add(thread);
    }
    this.#waiting.shift();
    const read = thread.read(task.job);
    read.then(task.done.resolve, task.done.reject).finally(() => this.#next());
  }
}

class ReadingThread {
  readonly #options: ReaderOptions;
  readonly #worker: Worker;
  readonly #onEnd: (thread: ReadingThread) => void;
  #task: PromiseWithResolvers<Reading> | null = null;
  #deadline: NodeJS.Timeout | null = null;
  #dnsUntilMs = 0;
  #ended: Promise<unknown> | null = null;

  constructor(options: ReaderOptions, onEnd: (thread: ReadingThread) => void) {
    this.#options = options;
    this.#onEnd = onEnd;
    this.#worker = new Worker(new URL('./reading/thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: threadMemoryMb },
    });
    this.#worker.unref();
    this.#worker.on('message', (message: FromThread) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(died(errorText(error))));
    this.#worker.on('exit', () => this.#fail(died('it ended')));
  }

  get idle(): boolean {
    return this.#task === null && this.#ended === null;
  }

  read(job: ReadJob): Promise<Reading> {
    const task = Promise.withResolvers<Reading>();
    this.#task = task;
    const { dnsMs = limits.mailDnsMs, readMs = limits.mailReadMs } = this.#options;
    this.#dnsUntilMs = performance.now() + dnsMs;
    // While a mail is read, the program must not end; while none is, it may.
    this.#worker.ref();
    this.#limit(dnsMs + readMs);
    // Copied: the mail is needed again, should this thread die of it.
    this.#post({ do: 'read', job });
    return task.promise;
  }

  end(reason: Error): Promise<unknown> {
    this.#fail(reason);
    return this.#ended ?? Promise.resolve();
  }

  #hear(message: FromThread): void {
    if (message.tells === 'question') this.#ask(message.question, message.name, message.type);
    else if (message.tells === 'parsing') this.#limit(this.#options.readMs ?? limits.mailReadMs);
    else if (message.tells === 'read') this.#settle()?.resolve(message.reading);
    else if (message.tells === 'beyond-reading')
      this.#settle()?.reject(new ReadingError(message.problem, message.message));
    else this.#settle()?.reject(new Error(message.message));
  }

  #ask(question: number, name: string, type: string): void {
    const leftMs = this.#dnsUntilMs - performance.now();
    // The time for questions is its own: it does not count as reading.
    this.#limit(Math.max(0, leftMs) + (this.#options.readMs ?? limits.mailReadMs));
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject({ code: 'ETIMEOUT' }), Math.max(0, leftMs));
    const asked = Promise.race([this.#options.resolver(name, type, Math.max(0, leftMs)), late.promise]);
    asked
      .finally(() => clearTimeout(timer))
      .then(
        (records) => this.#post({ do: 'answer', question, records, code: '' }),
        (error: unknown) => {
          const code = String((error as { code?: unknown }).code ?? 'ESERVFAIL');
          this.#post({ do: 'answer', question, records: null, code });
        },
      );
  }

  #post(message: ToThread): void {
    if (this.#ended === null) this.#worker.postMessage(message);
  }

  #limit(ms: number): void {
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    const late = new ReadingError('took_too_long', `Reading it takes longer than ${Math.ceil(ms)} ms.`);
    this.#deadline = setTimeout(() => this.#fail(late), ms);
  }

  #settle(): PromiseWithResolvers<Reading> | null {
    const task = this.#task;
    this.#task = null;
    if (this.#deadline !== null) clearTimeout(this.#deadline);
    if (this.#ended === null) this.#worker.unref();
    return task;
  }

  /** A thread that failed once is not used again. */
  #fail(error: Error): void {
    if (this.#ended !== null) return;
    const task = this.#settle();
    this.#ended = this.#worker.terminate();
    this.#onEnd(this);
    task?.reject(error);
  }
}

function died(reason: string): ReadingError {
  return new ReadingError('reader_died', `The thread that read it ended: ${reason}`);
}
