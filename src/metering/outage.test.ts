import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { newRequestId } from '../base/request-id.ts';
import { type Database, migrate, openDatabase, openDataDir } from '../db/index.ts';
import { createTestDatabase } from '../db/testing.ts';
import { JournalWriter, type RequestRecord } from '../journal/index.ts';
import { JournalShipper } from './shipper.ts';
import { closedRecord, entriesOf, insertKey, someDayMs, temporaryDirectory } from './testing.ts';

let directory: string;

beforeEach(() => {
  directory = temporaryDirectory();
});

afterEach(() => fs.rmSync(directory, { recursive: true, force: true }));

function shipperFor(database: Database): JournalShipper {
  const journal = path.join(directory, 'journal', 'node-1');
  return new JournalShipper({ database, directory: journal, node: 'node-1', log: silentLog, batchEntries: 50 });
}

function openWriter(): JournalWriter {
  return new JournalWriter({
    directory: path.join(directory, 'journal', 'node-1'),
    sync: 'timer',
    segmentBytes: 100_000,
  });
}

/** Writes requests for as long as `during` runs. */
async function writeWhile(writer: JournalWriter, during: () => Promise<void>): Promise<RequestRecord[]> {
  const written: RequestRecord[] = [];
  let going = true;
  const writing = (async () => {
    while (going && written.length < 4_000) {
      for (let count = 0; count < 5; count++) {
        const record = closedRecord({ id: newRequestId(someDayMs + written.length), actualCost: '1000' });
        writer.append(...entriesOf(record));
        written.push(record);
      }
      await sleep(4);
    }
  })();
  await during();
  going = false;
  await writing;
  return written;
}

async function expectBooksOf(database: Database, written: readonly RequestRecord[]): Promise<void> {
  const due = BigInt(written.length) * 1_000n;
  const { rows } = await database.pool.query(
    `select (select count(*) from request_records where outcome = 'completed') as records,
            (select sum(requests)::bigint from usage_hours) as requests,
            (select sum(actual_cost)::bigint from usage_hours) as charged,
            (select spent from key_spend where span = 'total') as spent`,
  );
  expect(rows).toEqual([
    { records: BigInt(written.length), requests: BigInt(written.length), charged: due, spent: due },
  ]);
}

/** A road to the database that can be cut at any moment, also between a commit and the news of it. */
async function startRoad(url: string) {
  const target = new URL(url);
  const host = target.searchParams.get('host');
  const socketPath = host ? `${host}/.s.PGSQL.${target.port || 5432}` : null;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = socketPath ? net.connect(socketPath) : net.connect(Number(target.port || 5432), target.hostname);
    for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
      sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen(0);
  const { port } = server.address() as net.AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `postgres://${target.username}:${target.password}@127.0.0.1:${port}${target.pathname}`,
    cut,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        cut();
      }),
    reopen: () => listen(port),
  };
}

test('connections cut at any moment, and a database that is away for a while, cost and double nothing', async () => {
  const site = await createTestDatabase();
  await insertKey(site.database.pool, 'key_a');
  const road = await startRoad(site.url);
  const database = await openDatabase({ databaseUrl: road.url, dataDir: '', log: silentLog });
  const writer = openWriter();
  const shipper = shipperFor(database);
  shipper.start();
  const written = await writeWhile(writer, async () => {
    for (let turn = 0; turn < 12; turn++) {
      await sleep(40 + turn * 7);
      road.cut();
    }
    await road.close();
    const away = shipper.flush().then(() => 'applied');
    expect(await Promise.race([away, sleep(300, 'waiting')])).toBe('waiting');
    expect(shipper.counts().waiting).toBe(true);
    await road.reopen();
    await away;
  });
  await shipper.flush();
  writer.close();
  await shipper.stop();
  await expectBooksOf(site.database, written);
  await database.close();
  await road.close();
  await site.drop();
});

test('a database that is killed comes back, and the books are whole', async () => {
  const dataDir = await openDataDir(path.join(directory, 'data'));
  const database = await openDatabase({ databaseUrl: null, dataDir: path.join(directory, 'data'), log: silentLog });
  await migrate(database.pool);
  await insertKey(database.pool, 'key_a');
  const { rows } = await database.pool.query<{ file: string }>(`select current_setting('data_directory') as file`);
  const pidFile = path.join(rows[0]?.file ?? '', 'postmaster.pid');
  const writer = openWriter();
  const shipper = shipperFor(database);
  shipper.start();
  const written = await writeWhile(writer, async () => {
    for (let turn = 0; turn < 2; turn++) {
      await shipper.flush();
      process.kill(Number.parseInt(fs.readFileSync(pidFile, 'utf8'), 10), 'SIGKILL');
    }
    await shipper.flush();
  });
  await shipper.flush();
  writer.close();
  await shipper.stop();
  await expectBooksOf(database, written);
  await database.close();
  await dataDir.release();
});
