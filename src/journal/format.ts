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
  const json = JSON.stringify(entry.kind === 'open' ? { kind: 'open', record: openFacts(entry.record) } : entry);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

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
