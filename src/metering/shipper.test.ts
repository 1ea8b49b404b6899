import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { newRequestId } from '../base/request-id.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { encodeEntry, type JournalEntry, JournalWriter, type RequestRecord, segmentFile } from '../journal/index.ts';
import { JournalShipper, type ShipperOptions } from './shipper.ts';
import {
  closedRecord,
  entriesOf,
  insertKey,
  openOf,
  someDayMs,
  temporaryDirectory,
  writeBytes,
  writeEntries,
} from './testing.ts';

let site: TestDatabase;
let directory: string;
let shippers: JournalShipper[];

beforeEach(async () => {
  site = await createTestDatabase();
  await insertKey(site.database.pool, 'key_a');
  directory = temporaryDirectory();
  shippers = [];
});

afterEach(async () => {
  await Promise.all(shippers.map((shipper) => shipper.stop()));
  await site.drop();
  fs.rmSync(directory, { recursive: true });
});

function ship(options: Partial<ShipperOptions> = {}): JournalShipper {
  const shipper = new JournalShipper({
    database: site.database,
    directory,
    node: 'node-1',
    log: silentLog,
    ...options,
  });
  shippers.push(shipper);
  shipper.start();
  return shipper;
}

/** Everything that the journal adds up to, and that a replay must not change. */
async function books() {
  const { pool } = site.database;
  const records = await pool.query(
    `select id, outcome, actual_cost, input_tokens, attempts from request_records order by id`,
  );
  const hours = await pool.query('select * from usage_hours order by hour, key_id, model');
  const spend = await pool.query('select * from key_spend order by key_id, span');
  const activity = await pool.query('select * from key_activity order by key_id');
  return { records: records.rows, hours: hours.rows, spend: spend.rows, activity: activity.rows };
}

async function waitUntil(condition: () => Promise<boolean> | boolean, timeoutMs = 15_000): Promise<void> {
  const endMs = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > endMs) throw new Error('The condition did not come true in time.');
    await sleep(10);
  }
}

/** Requests of several keys and hours, every outcome of the journal among them. */
function someRequests(count: number): RequestRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const receivedAtMs = someDayMs + index * 40_000;
    const id = newRequestId(receivedAtMs);
    if (index % 5 === 4) {
      const free = {
        cost: '0',
        actualCost: '0',
        usage: null,
        usageSource: 'none',
        chargeRule: 'vendor_error',
      } as const;
      return closedRecord({
        id,
        outcome: 'vendor_error',
        status: 502,
        errorCode: 'upstream_error',
        fault: 'vendor',
        ...free,
      });
    }
    return closedRecord({ id, modelRouted: index % 2 ? 'gpt-5.1' : 'gpt-5-mini', actualCost: String(1_000 + index) });
  });
}

const sumOf = (records: readonly RequestRecord[]) => records.reduce((sum, r) => sum + BigInt(r.actualCost), 0n);

test('records, sums by hour, spending windows and last use follow from the journal', async () => {
  const requests = someRequests(200);
  writeEntries(directory, 1, requests.flatMap(entriesOf));
  const shipper = ship({ batchEntries: 70 });
  await shipper.flush();

  const { records, hours, spend, activity } = await books();
  expect(records.length).toBe(200);
  expect(records.every((row) => row.outcome !== 'open' && row.attempts.length === 1)).toBe(true);
  expect(hours.reduce((sum, row) => sum + row.requests, 0n)).toBe(200n);
  expect(hours.reduce((sum, row) => sum + row.failures, 0n)).toBe(40n);
  expect(hours.reduce((sum, row) => sum + BigInt(row.actual_cost), 0n)).toBe(sumOf(requests));
  expect(hours.reduce((sum, row) => sum + row.input_tokens, 0n)).toBe(160n * 1_000n);
  // 200 requests, 40 s apart: 2 h 13 min, so every window began with the first of them.
  const first = new Date(someDayMs);
  expect(spend).toEqual([
    { key_id: 'key_a', span: '1d', started_at: first, spent: sumOf(requests) },
    { key_id: 'key_a', span: '5h', started_at: first, spent: sumOf(requests) },
    { key_id: 'key_a', span: '7d', started_at: first, spent: sumOf(requests) },
    { key_id: 'key_a', span: 'total', started_at: new Date(0), spent: sumOf(requests) },
  ]);
  expect(activity).toEqual([{ key_id: 'key_a', last_used_at: new Date(someDayMs + 199 * 40_000) }]);
  expect(await shipper.lag()).toEqual({ bytes: 0, oldestMs: null });
});

test('an open request is seen while it runs, with its tries, and is replaced by its close', async () => {
  const record = closedRecord();
  const [attempt] = record.attempts;
  if (!attempt) throw new Error('The record has no attempt.');
  const failed = { ...attempt, status: 503, failure: 'upstream_overloaded' };
  const shipper = ship();
  const tell = async (...entries: JournalEntry[]) => {
    writeEntries(directory, 1, entries);
    await shipper.flush();
    return (await books()).records[0];
  };
  const { id, receivedAtMs } = record;
  expect(await tell({ kind: 'open', record: openOf(record) })).toMatchObject({ outcome: 'open', attempts: [] });
  expect((await tell({ kind: 'attempt', id, receivedAtMs, attempt: failed })).attempts).toEqual([failed]);
  const second = { ...attempt, number: 2 };
  expect((await tell({ kind: 'attempt', id, receivedAtMs, attempt: second })).attempts).toEqual([failed, second]);
  expect((await tell({ kind: 'attempt', id, receivedAtMs, attempt })).attempts).toEqual([attempt, second]);
  expect((await books()).hours).toEqual([]);
  expect(await tell({ kind: 'close', record })).toMatchObject({ outcome: 'completed', attempts: [attempt] });
  // Late and double tellings change nothing any more.
  const before = await books();
  await tell({ kind: 'open', record: openOf(record) });
  await tell({ kind: 'attempt', id, receivedAtMs, attempt: second });
  await tell({ kind: 'close', record: { ...record, outcome: 'interrupted', actualCost: '0' } });
  expect(await books()).toEqual(before);
});

test('applied again from any cursor, the journal adds nothing', async () => {
  const entries = someRequests(30).flatMap(entriesOf);
  writeEntries(directory, 1, entries.slice(0, 50));
  writeEntries(directory, 2, entries.slice(50));
  const kept = temporaryDirectory();
  fs.cpSync(directory, kept, { recursive: true });
  await ship({ batchEntries: 13 }).flush();
  const applied = await books();

  const fingerprint = (segment: number) => fs.readFileSync(path.join(kept, segmentFile(segment)), 'latin1').slice(0, 8);
  let position = 0;
  for (const [index, entry] of entries.entries()) {
    const segment = index < 50 ? 1 : 2;
    if (index === 50) position = 0;
    position += Buffer.byteLength(encodeEntry(entry));
    if (index % 7 !== 0) continue;
    // As after a crash between the commit and the deletion of the segments, with an older backup of the cursor.
    await site.database.pool.query('update journal_cursors set segment = $1, position = $2, fingerprint = $3', [
      segment,
      position,
      fingerprint(segment),
    ]);
    const copy = temporaryDirectory();
    fs.cpSync(kept, copy, { recursive: true });
    const again = ship({ directory: copy, batchEntries: 11 });
    await again.flush();
    await again.stop();
    expect(await books()).toEqual(applied);
    fs.rmSync(copy, { recursive: true });
  }
  await site.database.pool.query('delete from journal_cursors');
  await ship({ directory: kept }).flush();
  expect(await books()).toEqual(applied);
  fs.rmSync(kept, { recursive: true });
});

test('two shippers of one node at once count everything once', async () => {
  const requests = someRequests(300);
  writeEntries(directory, 1, requests.flatMap(entriesOf));
  const copy = temporaryDirectory();
  fs.cpSync(directory, copy, { recursive: true });
  const both = [ship({ batchEntries: 17 }), ship({ directory: copy, batchEntries: 23 })];
  await Promise.all(both.map((shipper) => shipper.flush()));
  const { hours, spend } = await books();
  expect(hours.reduce((sum, row) => sum + row.requests, 0n)).toBe(300n);
  expect(spend.find((row) => row.span === 'total')?.spent).toBe(sumOf(requests));
  fs.rmSync(copy, { recursive: true });
});

test('a stop in the middle loses nothing, and a new start goes on from there', async () => {
  const requests = someRequests(120);
  const writer = new JournalWriter({ directory, sync: 'timer', segmentBytes: 20_000 });
  for (const record of requests) for (const entry of entriesOf(record)) writer.append(entry);
  writer.close();
  for (let turn = 0; turn < 200; turn++) {
    const shipper = ship({ batchEntries: 9 });
    await waitUntil(() => shipper.counts().appliedEntries > 0 || turn > 100);
    await shipper.stop();
    if ((await shipper.lag()).bytes === 0) break;
  }
  await ship().flush();
  const { records, hours } = await books();
  expect(records.length).toBe(120);
  expect(hours.reduce((sum, row) => sum + BigInt(row.actual_cost), 0n)).toBe(sumOf(requests));
  // Applied segments are gone, the newest is kept.
  expect(fs.readdirSync(directory)).toEqual([segmentFile(writer.segment)]);
});

test('a journal that was begun anew is not taken for the old one', async () => {
  writeEntries(directory, 1, someRequests(10).flatMap(entriesOf));
  const first = ship();
  await first.flush();
  await first.stop();
  fs.rmSync(directory, { recursive: true });
  writeEntries(directory, 1, someRequests(20).flatMap(entriesOf));
  await ship().flush();
  expect((await books()).records.length).toBe(30);
});

test('an entry that the database refuses is set aside, and the others pass', async () => {
  const requests = someRequests(50);
  const entries = requests.map((record): JournalEntry => ({ kind: 'close', record }));
  const poisoned = requests.filter((_, index) => index === 7 || index === 31);
  for (const record of poisoned) Object.assign(record, { actualCost: '99999999999999999999' });
  writeEntries(directory, 1, [...entries, { kind: 'later' } as unknown as JournalEntry]);
  const shipper = ship();
  await shipper.flush();
  expect((await books()).records.length).toBe(48);
  expect(shipper.counts().deadLetters).toBe(3);
  const file = path.join(directory, 'dead-letters.jsonl');
  const letters = fs
    .readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(letters.map((letter) => letter.entry.record?.id)).toEqual([...poisoned.map(({ id }) => id), undefined]);
  expect(letters[0].reason).toMatch(/^refused by the database 22/);
  await shipper.stop();

  // Once the database would take them, the next start applies them.
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('99999999999999999999', '5'));
  const next = ship();
  await next.flush();
  expect((await books()).records.length).toBe(50);
  expect(next.counts().deadLetters).toBe(1);
});

test('damaged lines are counted and passed over, and their segment is kept for people', async () => {
  const entries = someRequests(6).map((record): JournalEntry => ({ kind: 'close', record }));
  writeEntries(directory, 1, entries.slice(0, 3));
  writeBytes(directory, 1, 'deadbeef {"kind":"close"}\n');
  writeEntries(directory, 1, entries.slice(3, 5));
  writeBytes(directory, 1, encodeEntry(entries[5] as JournalEntry).slice(0, 100));
  writeBytes(directory, 2, '');
  const shipper = ship();
  await shipper.flush();
  await waitUntil(() => !fs.existsSync(path.join(directory, segmentFile(1))));
  expect((await books()).records.length).toBe(5);
  expect(shipper.counts().damagedLines).toBe(2);
  expect(fs.readdirSync(directory).sort()).toEqual(['000000000001.damaged', segmentFile(2)]);
});

test('names that Postgres cannot store are cleaned, times are whole milliseconds', async () => {
  const modelAsked = 'gpt\0-\ud800x';
  writeEntries(directory, 1, entriesOf(closedRecord({ modelAsked, durationMs: 812.6, headMs: 1e12 })));
  const shipper = ship();
  await shipper.flush();
  expect(shipper.counts().deadLetters).toBe(0);
  const { rows } = await site.database.pool.query('select model_asked, duration_ms, head_ms from request_records');
  expect(rows).toEqual([{ model_asked: 'gpt\ufffd-\ufffdx', duration_ms: 813, head_ms: 2_147_483_647 }]);
});

test('spending of a deleted key’s row is left out without stopping anything', async () => {
  writeEntries(directory, 1, entriesOf(closedRecord({ keyId: 'key_gone' })));
  await ship().flush();
  const { records, spend, activity } = await books();
  expect([records.length, spend.length, activity.length]).toEqual([1, 0, 0]);
});

test('a partition that retention has dropped meanwhile is made again', async () => {
  const shipper = ship();
  writeEntries(directory, 1, entriesOf(closedRecord()));
  await shipper.flush();
  const { rows } = await site.database.pool.query<{ name: string }>(
    "select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where c.relkind = 'r'",
  );
  for (const { name } of rows) await site.database.pool.query(`drop table ${name}`);
  writeEntries(directory, 1, entriesOf(closedRecord()));
  await shipper.flush();
  expect((await books()).records.length).toBe(1);
});

test('20,000 entries: how fast they are applied', async () => {
  const requests = Array.from({ length: 10_000 }, (_, index) => {
    return closedRecord({ id: newRequestId(someDayMs + index * 5), actualCost: '1000' });
  });
  writeEntries(
    directory,
    1,
    requests.flatMap(entriesOf).filter(({ kind }) => kind !== 'attempt'),
  );
  const startMs = performance.now();
  const cpuStart = process.cpuUsage();
  await ship().flush();
  const seconds = (performance.now() - startMs) / 1_000;
  const { user, system } = process.cpuUsage(cpuStart);
  console.info(
    `20,000 entries (10,000 records) in ${seconds.toFixed(2)} s: ${Math.round(10_000 / seconds)} records/s, ` +
      `${((user + system) / 20_000).toFixed(1)} µs of this process per entry`,
  );
  expect((await books()).hours.reduce((sum, row) => sum + row.requests, 0n)).toBe(10_000n);
});
