import fs from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { newRequestId } from '../base/request-id.ts';
import { createTestDatabase, type TestDatabase } from '../db/testing.ts';
import { encodeEntry, type JournalEntry, JournalWriter, type RequestRecord } from '../journal/index.ts';
import { recoverInterrupted } from './recovery.ts';
import { JournalShipper } from './shipper.ts';
import { closedRecord, entriesOf, insertKey, openOf, someDayMs, temporaryDirectory, writeBytes } from './testing.ts';

let site: TestDatabase;
let directory: string;
let stops: (() => Promise<void> | void)[];

beforeEach(async () => {
  site = await createTestDatabase();
  await insertKey(site.database.pool, 'key_a');
  directory = temporaryDirectory();
  stops = [];
});

afterEach(async () => {
  for (const stop of stops) await stop();
  await site.drop();
  fs.rmSync(directory, { recursive: true });
});

const startedAtMs = someDayMs + 3_600_000;
const open = (record: RequestRecord): JournalEntry => ({ kind: 'open', record: openOf(record) });

/** One run of the program up to the opening of its gateway; `kill` leaves everything as a SIGKILL would. */
async function run(startMs = startedAtMs) {
  const writer = new JournalWriter({ directory, sync: 'timer' });
  const shipper = new JournalShipper({ database: site.database, directory, node: 'node-1', log: silentLog });
  shipper.start();
  const recovery = await recoverInterrupted({
    database: site.database,
    directory,
    node: 'node-1',
    ownSegment: writer.segment,
    startedAtMs: startMs,
    append: (...entries) => writer.append(...entries),
    flush: () => shipper.flush(),
    log: silentLog,
    signal: new AbortController().signal,
  });
  const kill = async () => {
    await shipper.stop();
    writer.close();
  };
  stops.push(kill);
  return { writer, shipper, recovery, kill: async () => stops.splice(stops.indexOf(kill), 1)[0]?.() };
}

async function outcomes(): Promise<Record<string, string>> {
  const { rows } = await site.database.pool.query<{ id: string; outcome: string }>(
    'select id, outcome from request_records',
  );
  return Object.fromEntries(rows.map(({ id, outcome }) => [id, outcome]));
}

test('what a crash left open in the journal is closed as interrupted, with its tries and without a charge', async () => {
  const cut = closedRecord();
  const done = closedRecord();
  const [first] = cut.attempts;
  if (!first) throw new Error('The record has no attempt.');
  const before = new JournalWriter({ directory, sync: 'timer' });
  const { id, receivedAtMs } = cut;
  before.append(open(cut), { kind: 'attempt', id, receivedAtMs, attempt: { ...first, endedMs: null } });
  before.append(...entriesOf(done));
  before.close();
  writeBytes(directory, before.segment, encodeEntry(open(closedRecord())).slice(0, -1));

  const { shipper, recovery } = await run();
  expect(recovery.interrupted).toBe(1);
  expect(await recovery.inDatabase).toBe(0);
  await shipper.flush();
  expect(await outcomes()).toEqual({ [cut.id]: 'interrupted', [done.id]: 'completed' });
  const { rows } = await site.database.pool.query('select * from request_records where id = $1', [cut.id]);
  expect(rows[0]).toMatchObject({
    charge_rule: 'interrupted',
    error_code: 'gateway_interrupted',
    fault: 'us',
    actual_cost: 0n,
    input_tokens: null,
    usage_source: 'unknown',
    attempts: [{ ...first, endedMs: null }],
  });
});

test('what only the database still knows as open is found there, requests of this run are left alone', async () => {
  const cut = closedRecord();
  const first = await run(someDayMs - 1);
  first.writer.append(open(cut));
  await first.shipper.flush();
  await first.kill();
  // Its segment is applied and deleted.
  fs.rmSync(directory, { recursive: true });

  const mine = closedRecord({ id: newRequestId(startedAtMs + 5) });
  const other = closedRecord({ node: 'node-2' });
  await site.database.pool.query(
    `insert into request_records (received_at, id, organization_id, region, node, endpoint, method, mode, bytes_in, bytes_out,
       usage_source, cost, actual_cost, estimate, retries, outcome)
     select $1, $2, 'org_site', region, 'node-2', endpoint, method, mode, 0, 0, 'none', 0, 0, 0, 0, 'open'
     from request_records limit 1`,
    [new Date(other.receivedAtMs), other.id],
  );
  const second = await run();
  second.writer.append(open(mine));
  expect(second.recovery.interrupted).toBe(0);
  expect(await second.recovery.inDatabase).toBe(1);
  await second.shipper.flush();
  expect(await outcomes()).toEqual({ [cut.id]: 'interrupted', [mine.id]: 'open', [other.id]: 'open' });
});

test('a crash in the middle of the recovery is recovered by the next start', async () => {
  const cut = [closedRecord(), closedRecord(), closedRecord()];
  const before = new JournalWriter({ directory, sync: 'timer' });
  before.append(...cut.map(open));
  before.close();
  const half = new JournalWriter({ directory, sync: 'timer' });
  const told = recoverInterrupted({
    database: site.database,
    directory,
    node: 'node-1',
    ownSegment: half.segment,
    startedAtMs,
    append: (entry) => {
      if (entry) half.append(entry);
      throw new Error('killed');
    },
    flush: () => new Promise(() => {}),
    log: silentLog,
    signal: new AbortController().signal,
  });
  await expect(told).rejects.toThrow('killed');
  half.close();
  const { shipper, recovery } = await run();
  // One had been closed before the crash.
  expect(recovery.interrupted).toBe(2);
  await shipper.flush();
  expect(Object.values(await outcomes())).toEqual(['interrupted', 'interrupted', 'interrupted']);
});
