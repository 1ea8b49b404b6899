import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeLine, segmentFile } from './format.ts';
import type { JournalEntry } from './record.ts';
import { JournalWriter } from './writer.ts';

let directory: string;
beforeEach(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lodge-journal-'));
});
afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

function entry(number: number): JournalEntry {
  const attempt = {
    number,
    channelId: 'ch',
    startedMs: 0,
    headMs: null,
    endedMs: null,
    status: null,
    vendorRequestId: null,
    failure: 'ü\n"',
  };
  return { kind: 'attempt', id: 'req_1', receivedAtMs: 1, attempt };
}

function read(segment: number): (JournalEntry | null)[] {
  const text = fs.readFileSync(path.join(directory, segmentFile(segment)));
  return text
    .toString('latin1')
    .split('\n')
    .slice(0, -1)
    .map((line) => decodeLine(Buffer.from(line, 'latin1')));
}

test('what append has taken can be read back, in order, at once', () => {
  const writer = new JournalWriter({ directory, sync: 'timer' });
  writer.append(entry(1), entry(2));
  writer.append(entry(3));
  expect(read(1)).toEqual([entry(1), entry(2), entry(3)]);
  writer.close();
});

test('each start opens a new segment, and so does a full one', () => {
  new JournalWriter({ directory, sync: 'timer' }).close();
  const writer = new JournalWriter({ directory, sync: 'always', segmentBytes: 200 });
  for (let i = 0; i < 4; i++) writer.append(entry(i));
  expect(writer.segment).toBeGreaterThan(2);
  const all = fs
    .readdirSync(directory)
    .sort()
    .flatMap((_, i) => read(i + 1));
  expect(all).toEqual([0, 1, 2, 3].map(entry));
  writer.close();
});

test('files and directory belong to their owner alone', () => {
  const inside = path.join(directory, 'node-1');
  const writer = new JournalWriter({ directory: inside, sync: 'timer' });
  expect(fs.statSync(inside).mode & 0o777).toBe(0o700);
  expect(fs.statSync(path.join(inside, segmentFile(1))).mode & 0o777).toBe(0o600);
  writer.close();
});

test('a full disk refuses new work, keeps what had begun, and writes it when there is room again', async () => {
  // A file that can only grow to 64 kB, made by the kernel's own limit, would need another process; /dev/full says no to
  // every write with the same ENOSPC.
  const writer = new JournalWriter({ directory, sync: 'timer', segmentBytes: 1 });
  writer.append(entry(1));
  fs.symlinkSync('/dev/full', path.join(directory, segmentFile(2)));
  expect(() => writer.append(entry(2))).toThrow(expect.objectContaining({ code: 'journal_unavailable' }));
  writer.appendOrHold(entry(3));
  expect(writer.holding).toBe(true);
  fs.unlinkSync(path.join(directory, segmentFile(2)));
  writer.append(entry(4));
  expect(writer.holding).toBe(false);
  writer.close();
  const all = fs
    .readdirSync(directory)
    .sort()
    .flatMap((name) => read(Number(name.slice(0, 12))));
  expect(all).toEqual([entry(1), entry(3), entry(4)]);
});
