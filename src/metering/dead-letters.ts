import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { JournalEntry } from '../journal/index.ts';

/** An entry that the database refuses whatever is tried. */
export interface DeadLetter {
  readonly reason: string;
  readonly entry: JournalEntry;
}

const fileName = 'dead-letters.jsonl';

/**
 * Keeps entries that cannot be applied in a file beside the journal, one JSON line each, until a later version of the
 * program or a repaired database takes them. Nothing is ever dropped from it that has not been applied.
 */
export class DeadLetters {
  readonly #file: string;
  #lines: Set<string> | null = null;
  /** A crash has cut the last line: the next one must not be joined to it. */
  #cut = false;

  constructor(directory: string) {
    this.#file = path.join(directory, fileName);
  }

  /** Forced to the disk before it returns: the journal's cursor moves on afterwards. The same letter is kept once. */
  async add(letter: DeadLetter): Promise<void> {
    const lines = await this.#load();
    const line = JSON.stringify(letter);
    if (lines.has(line)) return;
    const file = await open(this.#file, 'a', 0o600);
    try {
      await file.write(`${this.#cut ? '\n' : ''}${line}\n`);
      this.#cut = false;
      await file.datasync();
    } finally {
      await file.close();
    }
    lines.add(line);
  }

  async all(): Promise<DeadLetter[]> {
    return [...(await this.#load())].map((line) => JSON.parse(line) as DeadLetter);
  }

  /** Replaces the file as a whole, or leaves it as it was. */
  async keepOnly(letters: readonly DeadLetter[]): Promise<void> {
    const lines = letters.map((letter) => JSON.stringify(letter));
    const temporary = `${this.#file}.new`;
    const file = await open(temporary, 'w', 0o600);
    try {
      await file.write(lines.map((line) => `${line}\n`).join(''));
      await file.datasync();
    } finally {
      await file.close();
    }
    await rename(temporary, this.#file);
    this.#lines = new Set(lines);
    this.#cut = false;
  }

  async #load(): Promise<Set<string>> {
    if (this.#lines !== null) return this.#lines;
    let content = '';
    try {
      content = await readFile(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    this.#cut = content !== '' && !content.endsWith('\n');
    const lines = content.split('\n').filter(isWhole);
    this.#lines = new Set(lines);
    return this.#lines;
  }
}

/** A crash may cut the last line; its entry is then still in the journal and comes again. */
function isWhole(line: string): boolean {
  if (line === '') return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
