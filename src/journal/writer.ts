import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../base/errors.ts';
import { limits } from '../base/limits.ts';
import { longestLineBytes, segmentFile, segmentNumber, writeEntry } from './format.ts';
import type { JournalEntry } from './record.ts';

/** When written entries are forced to the disk: a second later at most, or before `append` returns. */
export type JournalSync = 'timer' | 'always';

const syncEveryMs = 1_000;
const retryHeldEveryMs = 250;

/**
 * Appends entries to the newest segment. `append` is one `write(2)`: when it has returned, the entry survives the death
 * of this process. A start always opens a new segment, so a tail torn by a crash is never written behind.
 */
export class JournalWriter {
  readonly #directory: string;
  readonly #sync: JournalSync;
  readonly #segmentBytes: number;
  #lines: Buffer = Buffer.allocUnsafeSlow(2 * longestLineBytes);
  #fd = -1;
  #segment = 0;
  #length = 0;
  #unsynced = false;
  #syncing = false;
  /** Closes that the disk would not take: the answer had begun, so they must not be lost while this process lives. */
  #held: JournalEntry[] = [];
  readonly #timer: NodeJS.Timeout;
  #sinceSyncMs = 0;

  /** @throws AppError `journal_unavailable` when the directory cannot be written. */
  constructor(options: { directory: string; sync: JournalSync; segmentBytes?: number }) {
    this.#directory = options.directory;
    this.#sync = options.sync;
    this.#segmentBytes = options.segmentBytes ?? limits.journalSegmentBytes;
    fs.mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    const numbers = fs.readdirSync(this.#directory).map(segmentNumber);
    this.#segment = Math.max(0, ...numbers.filter((number) => number !== null));
    this.#openNext();
    this.#timer = setInterval(() => this.#tick(), retryHeldEveryMs);
    this.#timer.unref();
  }

  /** The segment being written; older ones are finished. */
  get segment(): number {
    return this.#segment;
  }

  /** True while entries wait for the disk: new work must be refused. */
  get holding(): boolean {
    return this.#held.length > 0;
  }

  /** Writes entries in one call. @throws AppError `journal_unavailable`; then nothing of them is in the journal. */
  append(...entries: readonly JournalEntry[]): void {
    if (this.#held.length > 0) this.#writeHeld();
    this.#write(entries);
  }

  /** As `append`, but keeps the entries in memory when the disk refuses them and tries again until it takes them. */
  appendOrHold(...entries: readonly JournalEntry[]): void {
    try {
      this.append(...entries);
    } catch {
      this.#held.push(...entries);
    }
  }

  /**
   * Forces everything to the disk and closes the segment.
   *
   * @throws AppError `journal_unavailable` when held entries could not be written: their requests have an open record,
   *   and the next start closes them as interrupted
   */
  close(): void {
    clearInterval(this.#timer);
    try {
      if (this.#held.length > 0) this.#writeHeld();
    } finally {
      fs.fdatasyncSync(this.#fd);
      fs.closeSync(this.#fd);
    }
  }

  #write(entries: readonly JournalEntry[]): void {
    try {
      if (this.#length >= this.#segmentBytes) this.#openNext();
      this.#writeWhole(this.#encode(entries));
      if (this.#sync === 'always') fs.fdatasyncSync(this.#fd);
    } catch (cause) {
      throw new AppError('journal_unavailable', 'The journal cannot be written.', { cause });
    }
    this.#unsynced = true;
  }

  /** The lines of the entries, in a buffer that the next call uses again. */
  #encode(entries: readonly JournalEntry[]): Buffer {
    let end = 0;
    for (const entry of entries) {
      if (this.#lines.length - end < longestLineBytes)
        this.#lines = Buffer.concat([this.#lines], this.#lines.length * 2);
      end = writeEntry(entry, this.#lines, end);
    }
    return this.#lines.subarray(0, end);
  }

  /** A write that fails half-way is taken back, so that the next entry begins on a line of its own. */
  #writeWhole(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) written += fs.writeSync(this.#fd, bytes, written, bytes.length - written);
    } catch (error) {
      if (written > 0) fs.ftruncateSync(this.#fd, this.#length);
      throw error;
    }
    this.#length += written;
  }

  #openNext(): void {
    const number = this.#segment + 1;
    const fd = fs.openSync(path.join(this.#directory, segmentFile(number)), 'ax', 0o600);
    if (this.#fd >= 0) this.#finish(this.#fd);
    this.#fd = fd;
    this.#segment = number;
    this.#length = 0;
  }

  /** In the background: forcing 16 MB to the disk takes ten milliseconds, in which nothing would be relayed. */
  #finish(fd: number): void {
    fs.fdatasync(fd, () => fs.close(fd, () => {}));
  }

  #writeHeld(): void {
    const held = this.#held;
    this.#write(held);
    this.#held = [];
  }

  #tick(): void {
    if (this.#held.length > 0) {
      try {
        this.#writeHeld();
      } catch {
        // The disk is still full or gone: `holding` says so, and the next tick tries again.
      }
    }
    this.#sinceSyncMs += retryHeldEveryMs;
    if (this.#sinceSyncMs < syncEveryMs || !this.#unsynced || this.#syncing) return;
    this.#sinceSyncMs = 0;
    this.#unsynced = false;
    this.#syncing = true;
    fs.fdatasync(this.#fd, (error) => {
      this.#syncing = false;
      // EBADF: the segment was rotated meanwhile, which forced it to the disk.
      if (error && error.code !== 'EBADF') this.#unsynced = true;
    });
  }
}
