import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newRequestId } from '../base/request-id.ts';
import { encodeEntry, segmentFile } from './format.ts';
import { type DamagedLine, type JournalPosition, JournalReader, journalStart } from './reader.ts';
import type { JournalEntry } from './record.ts';
import { JournalWriter } from './writer.ts';

let directory: string;

beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lodge-reader-'));
});

afterEach(() => fs.rmSync(directory, { recursive: true }));

function entry(number: number): JournalEntry {
  const attempt = {
    number,
    channelId: 'channel-Ä',
    startedMs: 1,
    headMs: 2,
    endedMs: 3,
    status: 200,
    vendorRequestId: null,
    failure: null,
  };
  return { kind: 'attempt', id: newRequestId(1_790_000_000_000 + number), receivedAtMs: 1_790_000_000_000, attempt };
}

function write(segment: number, bytes: string | Buffer): void {
  fs.appendFileSync(path.join(directory, segmentFile(segment)), bytes);
}

/** Reads to the end in pieces of a given size. */
async function readAll(from: JournalPosition, maxEntries = 7, maxBytes = 700) {
  const reader = new JournalReader(directory);
  const numbers: number[] = [];
  const damage: DamagedLine[] = [];
  let at = from;
  for (let turn = 0; turn < 10_000; turn++) {
    const read = await reader.read(at, maxEntries, maxBytes);
    expect(read.entries.length).toBeLessThanOrEqual(maxEntries);
    for (const { entry } of read.entries) if (entry.kind === 'attempt') numbers.push(entry.attempt.number);
    damage.push(...read.damage);
    at = read.next;
    if (read.caughtUp) return { numbers, damage, at };
  }
  throw new Error('The reader never caught up.');
}

test('what the writer appends comes out in order, across segments, from any place an entry ended', async () => {
  const writer = new JournalWriter({ directory, sync: 'timer', segmentBytes: 1_000 });
  const count = 40;
  for (let number = 1; number <= count; number++) writer.append(entry(number));
  writer.close();
  const all = Array.from({ length: count }, (_, index) => index + 1);
  for (const maxBytes of [1, 100, 1_000, 1_000_000]) {
    expect((await readAll(journalStart, 7, maxBytes)).numbers).toEqual(all);
  }
  const reader = new JournalReader(directory);
  let at = journalStart;
  for (let done = 0; done < count; ) {
    const read = await reader.read(at, 5, 1_000_000);
    for (const { end } of read.entries) {
      done++;
      expect((await readAll(end)).numbers).toEqual(all.slice(done));
    }
    at = read.next;
  }
});

test('a growing segment is followed, and half a line is waited for', async () => {
  const line = encodeEntry(entry(2));
  write(1, encodeEntry(entry(1)));
  write(1, line.slice(0, 20));
  const first = await readAll(journalStart);
  expect(first.numbers).toEqual([1]);
  expect(first.damage).toEqual([]);
  write(1, line.slice(20));
  write(1, encodeEntry(entry(3)));
  expect((await readAll(first.at)).numbers).toEqual([2, 3]);
});

test('a tail torn at any byte of a finished segment costs that one entry and is counted', async () => {
  const before = encodeEntry(entry(1));
  const torn = Buffer.from(encodeEntry(entry(2)));
  write(2, encodeEntry(entry(3)));
  for (let length = 1; length < torn.length; length++) {
    fs.rmSync(path.join(directory, segmentFile(1)), { force: true });
    write(1, before);
    write(1, torn.subarray(0, length));
    const { numbers, damage } = await readAll(journalStart);
    expect(numbers).toEqual([1, 3]);
    expect(damage).toEqual([{ segment: 1, position: Buffer.byteLength(before), bytes: length, torn: true }]);
  }
});

test('a spoilt byte anywhere in the middle costs that one entry and is counted', async () => {
  const lines = [1, 2, 3].map((number) => Buffer.from(encodeEntry(entry(number))));
  const whole = Buffer.concat(lines);
  const from = lines[0]?.length ?? 0;
  const to = from + (lines[1]?.length ?? 0) - 1;
  for (let place = from; place < to; place++) {
    const spoilt = Buffer.from(whole);
    spoilt[place] = (spoilt[place] ?? 0) ^ 0x41;
    // A byte that turns into a line feed makes two damaged lines of one.
    const pieces = spoilt[place] === 0x0a ? 2 : 1;
    fs.writeFileSync(path.join(directory, segmentFile(1)), spoilt);
    const { numbers, damage } = await readAll(journalStart);
    expect(numbers).toEqual([1, 3]);
    expect(damage.length).toBe(pieces);
    expect(damage.every((line) => !line.torn)).toBe(true);
  }
});

test('megabytes without a line feed are passed over, in the middle and at the end', async () => {
  write(1, encodeEntry(entry(1)));
  write(1, Buffer.alloc(2_500_000, 0x78));
  write(1, '\n');
  write(1, encodeEntry(entry(2)));
  write(1, Buffer.alloc(2_500_000, 0x78));
  expect(await readAll(journalStart)).toMatchObject({ numbers: [1, 2], damage: [{ bytes: 2_500_000, torn: false }] });
  write(2, encodeEntry(entry(3)));
  const { numbers, damage } = await readAll(journalStart);
  expect(numbers).toEqual([1, 2, 3]);
  expect(damage.map(({ bytes, torn }) => [bytes, torn])).toEqual([
    [2_500_000, false],
    [2_500_000, true],
  ]);
});

test('missing directories, missing and empty segments are no error', async () => {
  const reader = new JournalReader(path.join(directory, 'none'));
  expect(await reader.read(journalStart, 10, 1_000)).toMatchObject({ entries: [], caughtUp: true });
  write(3, '');
  write(7, encodeEntry(entry(1)));
  write(9, '');
  expect(await readAll(journalStart)).toEqual({ numbers: [1], damage: [], at: { segment: 9, position: 0 } });
});

test('a place that is no beginning of a line is read again from the beginning of its segment', async () => {
  write(1, encodeEntry(entry(1)));
  write(1, encodeEntry(entry(2)));
  const size = fs.statSync(path.join(directory, segmentFile(1))).size;
  for (const position of [1, 50, size - 1, size + 1, size + 5_000])
    expect((await readAll({ segment: 1, position })).numbers).toEqual([1, 2]);
});
