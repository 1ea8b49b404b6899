import { closeSync, createReadStream, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Token classes that do not overlap: `input` is what was neither read from nor written to a cache and is neither audio
 * nor image; `output` includes `reasoning`, but not audio and images. `images` counts generated images.
 */
export interface TokenClasses {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly audioInput: number;
  readonly imageInput: number;
  readonly output: number;
  readonly reasoning: number;
  readonly audioOutput: number;
  readonly imageOutput: number;
  readonly images: number;
}

export const noTokens: TokenClasses = {
  input: 0,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  audioInput: 0,
  imageInput: 0,
  output: 0,
  reasoning: 0,
  audioOutput: 0,
  imageOutput: 0,
  images: 0,
};

/**
 * `finished`: all bytes were handed to the socket; `aborted`: the caller went away before; `cut`: the sandbox broke the
 * connection because a fault said so.
 */
export type CallOutcome = 'finished' | 'aborted' | 'cut';

/** One call as the sandbox saw it. Never text of a prompt or an answer. */
export interface CallCount {
  /** Number of the call since the sandbox was started. */
  readonly n: number;
  readonly atMs: number;
  readonly durationMs: number;
  /** As sent in `x-request-id`, `request-id` or `x-goog-request-id`. */
  readonly requestId: string;
  readonly vendor: 'openai' | 'anthropic' | 'gemini';
  readonly method: string;
  readonly path: string;
  readonly model: string | null;
  readonly stream: boolean;
  /** Null when the caller left before a head was sent. */
  readonly status: number | null;
  readonly outcome: CallOutcome;
  /** The vendor's own error type or code. */
  readonly error: string | null;
  readonly fault: string | null;
  /** What the call made the vendor produce: of a broken stream only the part that was sent. */
  readonly produced: TokenClasses;
  /** What the answer said in the part that was sent; null when it said nothing. */
  readonly reported: TokenClasses | null;
  readonly events: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/** Sums since the sandbox was started. */
export interface Counts {
  readonly startedAtMs: number;
  readonly calls: number;
  readonly inFlight: number;
  readonly finished: number;
  readonly aborted: number;
  readonly cut: number;
  /** Calls answered with a status of 400 or more. */
  readonly refused: number;
  readonly produced: TokenClasses;
  readonly reported: TokenClasses;
}

type Sums = { -readonly [K in keyof TokenClasses]: number };
const classes = Object.keys(noTokens) as (keyof TokenClasses)[];

/** A file of counts is turned over once: at most twice this is kept, about 1.2 million calls. */
const maxFileBytes = 256 * 1024 * 1024;
const maxRecent = 10_000;

/** Owns the count: one line per call in the file, sums in memory. */
export class CountBook {
  readonly #file: string | null;
  readonly #startedAtMs = Date.now();
  #descriptor: number | null = null;
  #fileBytes = 0;
  #pending = '';
  #flushing: NodeJS.Immediate | null = null;
  readonly #recent: string[] = [];
  #next = 0;
  #begun = 0;
  readonly #byOutcome = { finished: 0, aborted: 0, cut: 0 };
  #refused = 0;
  readonly #produced: Sums = { ...noTokens };
  readonly #reported: Sums = { ...noTokens };

  constructor(file: string | null) {
    this.#file = file;
    if (file !== null) {
      mkdirSync(dirname(file), { recursive: true });
      this.#open(file);
    }
  }

  get file(): string | null {
    return this.#file;
  }

  begin(): number {
    return ++this.#begun;
  }

  add(call: CallCount): void {
    this.#byOutcome[call.outcome]++;
    if (call.status !== null && call.status >= 400) this.#refused++;
    for (const name of classes) {
      this.#produced[name] += call.produced[name];
      if (call.reported !== null) this.#reported[name] += call.reported[name];
    }
    const line = `${JSON.stringify(call)}\n`;
    if (this.#file === null) {
      this.#recent[this.#next] = line;
      this.#next = (this.#next + 1) % maxRecent;
      return;
    }
    // One write per turn of the loop: before the peer, even one in this process, can have read the answer.
    this.#pending += line;
    this.#flushing ??= setImmediate(() => this.flush());
  }

  flush(): void {
    if (this.#flushing !== null) clearImmediate(this.#flushing);
    this.#flushing = null;
    if (this.#descriptor === null || this.#pending === '') return;
    const bytes = Buffer.from(this.#pending);
    this.#pending = '';
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#descriptor, bytes, at);
    this.#fileBytes += bytes.length;
    if (this.#fileBytes > maxFileBytes) this.#turnOver();
  }

  /** The latest calls, oldest first, when there is no file. */
  recent(): string[] {
    return [...this.#recent.slice(this.#next), ...this.#recent.slice(0, this.#next)];
  }

  counts(): Counts {
    const { finished, aborted, cut } = this.#byOutcome;
    const calls = finished + aborted + cut;
    return {
      startedAtMs: this.#startedAtMs,
      calls,
      inFlight: this.#begun - calls,
      finished,
      aborted,
      cut,
      refused: this.#refused,
      produced: { ...this.#produced },
      reported: { ...this.#reported },
    };
  }

  close(): void {
    this.flush();
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #open(file: string): void {
    this.#descriptor = openSync(file, 'a', 0o600);
    this.#fileBytes = statSync(file).size;
  }

  #turnOver(): void {
    if (this.#file === null || this.#descriptor === null) return;
    closeSync(this.#descriptor);
    renameSync(this.#file, `${this.#file}.1`);
    this.#open(this.#file);
  }
}

/** The calls of a file of counts that began at or after `sinceMs`, oldest first; a line cut short by a crash is left out. */
export async function* readCounts(file: string, sinceMs = 0): AsyncGenerator<CallCount> {
  for (const path of [`${file}.1`, file]) {
    if (!existsSync(path)) continue;
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      const call = parseCount(line);
      if (call !== null && call.atMs >= sinceMs) yield call;
    }
  }
}

function parseCount(line: string): CallCount | null {
  try {
    return JSON.parse(line) as CallCount;
  } catch {
    return null;
  }
}
