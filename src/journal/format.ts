import { crc32 } from 'node:zlib';
import { type OpenFacts, openedRecord, openFacts } from './open-facts.ts';
import type { JournalEntry } from './record.ts';

/**
 * How an entry stands in a segment: one line, `<crc32 in 8 hex digits> <JSON>\n`. A line that a crash cut short, or that
 * the disk spoilt, fails its checksum and is known for what it is.
 *
 * Segments of a node are files `<directory>/<12 digits>.log`, written in order of their number.
 */
export function encodeEntry(entry: JournalEntry): string {
  const line = Buffer.allocUnsafe(longestLineBytes);
  return line.toString('utf8', 0, writeEntry(entry, line, 0));
}

/** An entry has 1 to 4 kB: its names are bounded, and so are its tries. */
export const longestLineBytes = 64 * 1024;

/**
 * Writes an entry's line into a buffer and returns where it ends. It runs twice for every call, so the text is made once
 * and copied once.
 *
 * @throws RangeError when fewer than `longestLineBytes` are left in the buffer and the line does not fit
 */
export function writeEntry(entry: JournalEntry, target: Buffer, at: number): number {
  const json = JSON.stringify(entry.kind === 'open' ? { kind: 'open', record: openFacts(entry.record) } : entry);
  const from = at + checksumLength + 1;
  // Three bytes for each UTF-16 unit is the most that UTF-8 takes.
  if (from + json.length * 3 + 1 > target.length && from + Buffer.byteLength(json) + 1 > target.length)
    throw new RangeError('The entry is longer than a line may be.');
  const end = from + target.write(json, from, 'utf8');
  let checksum = crc32(target.subarray(from, end));
  for (let i = from - 2; i >= at; i--) {
    target[i] = hexDigits[checksum & 15] as number;
    checksum >>>= 4;
  }
  target[from - 1] = space;
  target[end] = lineFeed;
  return end + 1;
}

const checksumLength = 8;
const space = 0x20;
const lineFeed = 0x0a;
const hexDigits = Buffer.from('0123456789abcdef');

/** The entry of a line without its line feed, or null when the line is not whole. */
export function decodeLine(line: Buffer): JournalEntry | null {
  if (line.length < 11 || line[8] !== 0x20) return null;
  const json = line.subarray(9);
  if (Number.parseInt(line.toString('latin1', 0, 8), 16) !== crc32(json)) return null;
  try {
    const entry = JSON.parse(json.toString('utf8')) as JournalEntry;
    return entry.kind === 'open' ? { kind: 'open', record: openedRecord(entry.record as OpenFacts) } : entry;
  } catch {
    return null;
  }
}

const segmentName = /^(\d{12})\.log$/;

export function segmentFile(number: number): string {
  return `${String(number).padStart(12, '0')}.log`;
}

/** The number of a segment's file name, or null for any other file. */
export function segmentNumber(fileName: string): number | null {
  const digits = segmentName.exec(fileName)?.[1];
  return digits === undefined ? null : Number(digits);
}
