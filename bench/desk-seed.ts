import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { errorText } from '../src/base/errors.ts';
import { silentLog } from '../src/base/log.ts';
import { newRequestId } from '../src/base/request-id.ts';
import { type Database, inTransaction, migrate, openDatabase, openDataDir } from '../src/db/index.ts';
import { ensureDefaults } from '../src/desk/settings/defaults.ts';
import { makeSentences } from './desk/vocabulary.ts';

/**
 * node bench/desk-seed.ts: fills a desk as a large site has it after two years, for `desk-queries.ts`. A batch that stands
 * is passed over, so that a run that was cut short goes on.
 */

const usage = `node bench/desk-seed.ts [options]

Fills a database with the tickets of two years, what was said on them, and what was read out of it.

  --data-dir <dir>     where its own Postgres keeps it (data-desk-bench)
  --database-url <url> another Postgres instead
  --messages <n>       messages in all, on a quarter as many tickets (1000000)
`;

const requesters = 20_000;
const organizations = 2_000;
const messagesPerTicket = 4;
const sentencesPerLanguage = 30_000;
const ticketsPerBatch = 5_000;
/** Transactions at once: making the words of the index takes a core each. */
const lanes = 2;
const dayMs = 86_400_000;

interface SeedOptions {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly tickets: number;
}

function readOptions(args: readonly string[]): SeedOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string', default: 'data-desk-bench' },
      'database-url': { type: 'string' },
      messages: { type: 'string', default: '1000000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const messages = Number(values.messages);
  if (!Number.isInteger(messages) || messages < 1_000 || messages > 50_000_000)
    throw new Error(`--messages must be a whole number from 1000 to 50000000, not "${values.messages}".`);
  return {
    dataDir: path.resolve(values['data-dir']),
    databaseUrl: values['database-url'] ?? null,
    tickets: Math.ceil(messages / messagesPerTicket),
  };
}

function say(line: string): void {
  console.error(`${(performance.now() / 1_000).toFixed(0).padStart(4)} s  ${line}`);
}

async function seed(options: SeedOptions): Promise<void> {
  const dir = options.databaseUrl === null ? await openDataDir(options.dataDir) : null;
  const database = await openDatabase({ databaseUrl: options.databaseUrl, dataDir: dir?.path ?? '', log: silentLog });
  try {
    await migrate(database.pool);
    await fill(database, options);
  } finally {
    await database.close();
    await dir?.release();
  }
}

async function fill({ pool }: Database, { tickets }: SeedOptions): Promise<void> {
  const values = await seedPeople(pool, tickets);
  const index = await withoutSearchIndex(pool);
  const first = Array.from({ length: Math.ceil(tickets / ticketsPerBatch) }, (_, batch) => batch * ticketsPerBatch);
  const waiting = first.values();
  const lane = async (): Promise<void> => {
    for (const from of waiting) {
      const { rowCount: stands } = await pool.query('select 1 from tickets where number = $1', [1_001 + from]);
      if (stands !== 0) continue;
      const count = Math.min(ticketsPerBatch, tickets - from);
      const sql = statements('tickets.sql', { ...values, FROM: String(from), COUNT: String(count) });
      await inTransaction(pool, (client) => unhurried(client, sql));
      say(`${from + count} tickets`);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  await inTransaction(pool, (client) => unhurried(client, index));
  await pool.query(`select setval('ticket_numbers', greatest($1, nextval('ticket_numbers')))`, [1_001 + tickets]);
  say('index of words');
  await tidy(pool);
  say('done');
}

/** @returns what the statements of all batches have in common */
async function seedPeople(pool: pg.Pool, tickets: number): Promise<Record<string, string>> {
  const { rowCount: made } = await pool.query(`select 1 from pg_class where relname = 'bench_settings'`);
  const facts = { REQUESTERS: String(requesters), ORGANIZATIONS: String(organizations) };
  if (made === 0) {
    await ensureDefaults(pool);
    const now = new Date();
    await inTransaction(pool, async (client) => {
      await unhurried(client, statements('people.sql', facts));
      await seedSentences(client);
      await seedRequestIds(client, tickets, now.getTime());
      await client.query('create table bench_settings as select $1::timestamptz as now, $2::int as tickets', [
        now,
        tickets,
      ]);
    });
    say(`${requesters} people of ${organizations} organizations`);
  }
  const { rows } = await pool.query<{ now: Date; tickets: number }>('select now, tickets from bench_settings');
  if (rows[0]?.tickets !== tickets)
    throw new Error(`This database was begun with another number of messages: ${(rows[0]?.tickets ?? 0) * 4}.`);
  const SENTENCES = String(sentencesPerLanguage);
  return { ...facts, SENTENCES, TICKETS: String(tickets), NOW: rows[0].now.toISOString() };
}

async function seedSentences(client: pg.PoolClient): Promise<void> {
  await client.query('create table bench_sentences (chinese boolean, number int, text text)');
  const { en, zh } = makeSentences(sentencesPerLanguage);
  for (const [chinese, texts] of [
    [false, en],
    [true, zh],
  ])
    await client.query(
      'insert into bench_sentences select $1, number, text from unnest($2::text[]) with ordinality as t (text, number)',
      [chinese, texts],
    );
  await client.query('create unique index on bench_sentences (chinese, number); analyze bench_sentences');
}

/** Each of the time of its ticket, as those who write of a call have just made it. */
async function seedRequestIds(client: pg.PoolClient, tickets: number, nowMs: number): Promise<void> {
  await client.query('create table bench_request_ids (number bigint, id text)');
  for (let from = 0; from < tickets; from += 50_000) {
    const ids = Array.from({ length: Math.min(50_000, tickets - from) }, (_, index) =>
      newRequestId(Math.round(nowMs - 730 * dayMs * (1 - (from + index) / tickets))),
    );
    await client.query(
      'insert into bench_request_ids select $1::bigint + place, id from unnest($2::text[]) with ordinality as t (id, place)',
      [1_000 + from, ids],
    );
  }
  await client.query('create unique index on bench_request_ids (number); analyze bench_request_ids');
}

/** An index over words is made ten times faster at the end. @returns how to make it */
async function withoutSearchIndex(pool: pg.Pool): Promise<string> {
  const name = 'ticket_messages_search';
  const { rows } = await pool.query<{ made_by: string }>(
    `select indexdef as made_by from pg_indexes where schemaname = 'public' and indexname = $1`,
    [name],
  );
  if (rows[0] !== undefined) {
    await pool.query(`create table if not exists bench_index as select $1::text as made_by`, [rows[0].made_by]);
    await pool.query(`drop index ${name}`);
  }
  const kept = await pool.query<{ made_by: string }>('select made_by from bench_index');
  const madeBy = kept.rows[0]?.made_by;
  if (madeBy === undefined) throw new Error(`${name} is gone, and nobody knows how it was made.`);
  return madeBy.replace('CREATE INDEX', 'create index if not exists');
}

/** As after years of daily work. */
async function tidy(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('vacuum (analyze)');
  } finally {
    client.release(true);
  }
}

function statements(file: string, values: Readonly<Record<string, string>>): string {
  const text = readFileSync(new URL(`desk/${file}`, import.meta.url), 'utf8');
  return text.replaceAll(/\$([A-Z_]+)/g, (whole, name: string) => values[name] ?? whole);
}

async function unhurried(client: pg.PoolClient, sql: string): Promise<void> {
  await client.query(`set local statement_timeout = 0; set local synchronous_commit = off;
    set local maintenance_work_mem = '512MB'; set local work_mem = '256MB'`);
  await client.query(sql);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === null) process.stdout.write(usage);
  else await seed(options);
} catch (error) {
  process.stderr.write(`${errorText(error)}\n`);
  process.exitCode = 2;
}
