import { type FileHandle, open, readdir } from 'node:fs/promises';
import path from 'node:path';
import { decodeLine, segmentFile, segmentNumber } from './format.ts';
import type { JournalEntry } from './record.ts';

/** A place in a node's journal: `position` bytes into `segment`. `{ segment: 0, position: 0 }` is the very beginning. */
export interface JournalPosition {
  readonly segment: number;
  readonly position: number;
}

export const journalStart: JournalPosition = { segment: 0, position: 0 };

export interface ReadEntry {
  readonly entry: JournalEntry;
  /** Just behind its line feed. */
  readonly end: JournalPosition;
}

/** A line that is no entry. */
export interface DamagedLine extends JournalPosition {
  readonly bytes: number;
  /** The last line of a finished segment, cut short by a crash. Otherwise a spoilt line in the middle. */
  readonly torn: boolean;
}

export interface JournalRead {
  readonly entries: readonly ReadEntry[];
  /** Where to read on. */
  readonly next: JournalPosition;
  /** Lines that were skipped: `damage.length`. */
  readonly damaged: number;
  readonly damage: readonly DamagedLine[];
  /** Nothing more stood in the journal when this was read. */
  readonly caughtUp: boolean;
}

/** Far above any entry (about 2 kB): a longer line is not one, and is passed over in pieces. */
const longestLineBytes = 1024 * 1024;

const lineFeed = 0x0a;

/** Segments of a directory in ascending order; none when it does not exist. */
export async function listSegments(directory: string): Promise<number[]> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .map(segmentNumber)
    .filter((number) => number !== null)
    .sort((a, b) => a - b);
}

/**
 * Reads one node's journal while it is being written. Holds no place of its own and no open file: the caller says from
 * where, and gets where to read on. Reads pieces, never a whole segment.
 */
export class JournalReader {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /**
   * Reads at most `maxEntries` whole entries out of about `maxBytes` bytes of one segment, moving on to the next when
   * one is read to its end. A last line without its line feed is left alone while its segment may still grow. A place
   * that is not the beginning of a line (the segment was replaced or cut) is read again from the segment's beginning:
   * applying an entry twice changes nothing, missing one would.
   */
  async read(from: JournalPosition, maxEntries: number, maxBytes: number): Promise<JournalRead> {
    let at = from;
    const damage: DamagedLine[] = [];
    for (;;) {
      const piece = await this.#readPiece(at, maxEntries, maxBytes, false);
      if (piece !== null) {
        damage.push(...piece.damage);
        at = piece.next;
        if (piece.entries.length > 0 || !piece.atEnd) return result(piece.entries, at, damage, false);
      }
      // Only at the end of a segment does it matter whether it may grow: listing the directory costs as much as reading.
      const later = (await listSegments(this.#directory)).find((number) => number > at.segment) ?? null;
      if (later === null) return result([], at, damage, true);
      // Once a later segment exists nothing is appended to this one, but something may have been since it was read.
      const rest = await this.#readPiece(at, maxEntries, maxBytes, true);
      if (rest !== null) {
        damage.push(...rest.damage);
        if (rest.entries.length > 0 || !rest.atEnd) return result(rest.entries, rest.next, damage, false);
      }
      at = { segment: later, position: 0 };
    }
  }

  /** Null when there is no such segment. */
  async #readPiece(at: JournalPosition, maxEntries: number, maxBytes: number, finished: boolean) {
    let file: FileHandle;
    try {
      file = await open(path.join(this.#directory, segmentFile(at.segment)), 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    try {
      const start = (await beginsLine(file, at.position)) ? at.position : 0;
      return await readLines(file, { segment: at.segment, position: start }, maxEntries, maxBytes, finished);
    } finally {
      await file.close();
    }
  }
}

async function beginsLine(file: FileHandle, position: number): Promise<boolean> {
  if (position === 0) return true;
  const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, position - 1);
  return bytesRead === 1 && buffer[0] === lineFeed;
}

interface Piece {
  readonly entries: readonly ReadEntry[];
  readonly damage: readonly DamagedLine[];
  readonly next: JournalPosition;
  /** No whole line stands behind `next`. */
  readonly atEnd: boolean;
}

async function readLines(
  file: FileHandle,
  from: JournalPosition,
  maxEntries: number,
  maxBytes: number,
  finished: boolean,
): Promise<Piece> {
  const { segment } = from;
  const entries: ReadEntry[] = [];
  const damage: DamagedLine[] = [];
  const { bytes, fileEnded } = await readToLineFeed(file, from.position, maxBytes);
  let used = 0;
  while (entries.length < maxEntries) {
    const feed = bytes.indexOf(lineFeed, used);
    if (feed < 0) break;
    const entry = decodeLine(bytes.subarray(used, feed));
    const end = { segment, position: from.position + feed + 1 };
    if (entry === null) damage.push({ segment, position: from.position + used, bytes: feed - used, torn: false });
    else entries.push({ entry, end });
    used = feed + 1;
  }
  const rest = bytes.length - used;
  let position = from.position + used;
  const wholeLinesLeft = entries.length === maxEntries && bytes.indexOf(lineFeed, used) >= 0;
  if (used === 0 && !fileEnded) {
    const lineEnd = await findLineFeed(file, position);
    if (lineEnd !== null) {
      damage.push({ segment, position, bytes: lineEnd - position, torn: false });
      return { entries, damage, next: { segment, position: lineEnd + 1 }, atEnd: false };
    }
    if (!finished) return { entries, damage, next: { segment, position }, atEnd: true };
    const { size } = await file.stat();
    damage.push({ segment, position, bytes: size - position, torn: true });
    return { entries, damage, next: { segment, position: size }, atEnd: true };
  }
  if (finished && fileEnded && rest > 0 && !wholeLinesLeft) {
    damage.push({ segment, position, bytes: rest, torn: true });
    position += rest;
  }
  return { entries, damage, next: { segment, position }, atEnd: fileEnded && !wholeLinesLeft };
}

/** About `maxBytes` from a position on, more where the first line is longer, up to the longest that can be an entry. */
async function readToLineFeed(file: FileHandle, position: number, maxBytes: number) {
  for (let size = Math.max(maxBytes, 1); ; size = Math.min(size * 4, longestLineBytes)) {
    const bytes = await readExactly(file, position, size);
    const fileEnded = bytes.length < size;
    if (fileEnded || size >= longestLineBytes || bytes.includes(lineFeed)) return { bytes, fileEnded };
  }
}

/** Up to `size` bytes; fewer only at the end of the file. */
async function readExactly(file: FileHandle, position: number, size: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const { bytesRead } = await file.read(buffer, length, size - length, position + length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** Where the next line feed stands, however far. Null when none does. */
async function findLineFeed(file: FileHandle, from: number): Promise<number | null> {
  for (let position = from; ; position += longestLineBytes) {
    const bytes = await readExactly(file, position, longestLineBytes);
    const feed = bytes.indexOf(lineFeed);
    if (feed >= 0) return position + feed;
    if (bytes.length < longestLineBytes) return null;
  }
}

function result(
  entries: readonly ReadEntry[],
  next: JournalPosition,
  damage: readonly DamagedLine[],
  caughtUp: boolean,
): JournalRead {
  return { entries, next, damaged: damage.length, damage, caughtUp };
}
