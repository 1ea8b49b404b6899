import { createReadStream } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { AppError } from '../base/errors.ts';
import { type BackupFile, type BackupTable, type Manifest, newFile, type OnProgress } from './backup-files.ts';
import { ensureDayPartition, partitionNames, partitionTimeMs } from './partitions.ts';

/** Rows that are fetched or inserted at once: a record is about 1 kB. */
const batchRows = 1_000;

/** Text forms that any later server reads back exactly. */
const exactText = `set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set timezone = 'UTC';
  set extra_float_digits = 1; set bytea_output = 'hex'; set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0`;

export interface TablesCopy {
  readonly files: BackupFile[];
  readonly tables: BackupTable[];
  readonly partitions: string[];
}

/**
 * Copies every table of the schema as it stood at one moment, while others write. A file holds one row per line: the
 * row's own text form in Postgres, as a JSON string. So no value passes through a type of JavaScript.
 */
export async function copyTables(
  connection: pg.ClientConfig,
  toDir: string,
  onProgress: OnProgress,
): Promise<TablesCopy> {
  return withClient(connection, async (client) => {
    await client.query('begin transaction isolation level repeatable read, read only');
    const found = await listTables(client);
    const total = found.reduce((sum, { bytes }) => sum + Number(bytes), 0);
    const copy: TablesCopy = { files: [], tables: [], partitions: await partitionNames(client) };
    let done = 0;
    for (const { name, columns } of found) {
      const place = `tables/${name}.jsonl`;
      const file = await newFile(path.join(toDir, place), place);
      let rows = 0;
      await client.query(`declare rows no scroll cursor for select t::text as row from ${quote(name)} t`);
      for (;;) {
        const batch = await client.query<{ row: string }>(`fetch ${batchRows} from rows`);
        if (batch.rows.length === 0) break;
        const bytes = Buffer.from(batch.rows.map(({ row }) => `${JSON.stringify(row)}\n`).join(''));
        await file.write(bytes);
        rows += batch.rows.length;
        done += bytes.length;
        onProgress({ step: 'database', done, total: Math.max(total, done) });
      }
      await client.query('close rows');
      await file.close();
      copy.files.push(file.result());
      copy.tables.push({ name, columns, rows, sequences: await readSequences(client, name) });
    }
    await client.query('commit');
    return copy;
  });
}

/**
 * Fills the tables of a database that has been migrated to the backup's own schema version, all or nothing.
 *
 * @throws AppError `backup_invalid` when the tables are not those of the backup
 */
export async function fillTables(
  pool: pg.Pool,
  connection: pg.ClientConfig,
  fromDir: string,
  manifest: Manifest,
  onProgress: OnProgress,
): Promise<void> {
  for (const name of manifest.partitions ?? []) await ensureDayPartition(pool, partitionTimeMs(name));
  await withClient(connection, async (client) => {
    await client.query('begin');
    const tables = await listTables(client);
    requireSameTables(manifest.tables ?? [], tables);
    const names = tables.map(({ name }) => quote(name));
    // Triggers tell running nodes of changes; here there are none, and the list of changes is in the backup itself.
    for (const name of names) await client.query(`alter table ${name} disable trigger user`);
    await client.query(`truncate ${names.join(', ')}`);
    const total = manifest.files.reduce((sum, file) => sum + (file.path.startsWith('tables/') ? file.size : 0), 0);
    let done = 0;
    for (const table of tables) {
      await fillTable(client, path.join(fromDir, 'tables', `${table.name}.jsonl`), table, (bytes) => {
        done += bytes;
        onProgress({ step: 'database', done, total });
      });
    }
    for (const { name, sequences } of manifest.tables ?? []) {
      for (const { column, lastValue, isCalled } of sequences)
        await client.query('select setval(pg_get_serial_sequence($1, $2), $3, $4)', [
          quote(name),
          column,
          lastValue,
          isCalled,
        ]);
    }
    for (const name of names) await client.query(`alter table ${name} enable trigger user`);
    await client.query('commit');
  });
}

interface Table {
  readonly name: string;
  readonly columns: string[];
  /** Those that may be written. */
  readonly writable: string[];
  readonly bytes: bigint;
}

/** Tables of the schema, each after those that it refers to. Partitions stand for themselves in their parent. */
async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows: tables } = await client.query<Table>(
    `select c.relname as name,
            array_agg(a.attname::text order by a.attnum) as columns,
            array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as writable,
            (select coalesce(sum(pg_relation_size(relid)), 0)::int8 from pg_partition_tree(c.oid)) as bytes
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and c.relname <> 'schema_migrations'
      group by c.oid, c.relname order by c.relname`,
  );
  const { rows: references } = await client.query<{ from: string; to: string }>(
    `select f.relname as "from", t.relname as "to" from pg_constraint x
       join pg_class f on f.oid = x.conrelid join pg_class t on t.oid = x.confrelid
      where x.contype = 'f' and x.connamespace = current_schema()::regnamespace and f.oid <> t.oid
        and not f.relispartition and not t.relispartition`,
  );
  const waiting = new Map(tables.map((table) => [table.name, table]));
  const ordered: Table[] = [];
  while (waiting.size > 0) {
    const free = [...waiting.values()].filter(
      ({ name }) => !references.some(({ from, to }) => from === name && waiting.has(to)),
    );
    if (free.length === 0) throw new AppError('backup_failed', 'The tables refer to each other in a circle.');
    for (const table of free) waiting.delete(table.name);
    ordered.push(...free);
  }
  return ordered;
}

async function fillTable(
  client: pg.Client,
  file: string,
  { name, writable }: Table,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const columns = writable.map(quote).join(', ');
  const insert = `insert into ${quote(name)} (${columns}) overriding system value select ${columns} from unnest($1::${quote(name)}[])`;
  let batch: string[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await client.query(insert, [batch]);
    onBytes(bytes);
    batch = [];
    bytes = 0;
  };
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    batch.push(String(JSON.parse(line)));
    bytes += Buffer.byteLength(line) + 1;
    if (batch.length === batchRows) await flush();
  }
  await flush();
}

async function readSequences(client: pg.Client, table: string): Promise<BackupTable['sequences']> {
  const { rows } = await client.query<{ column: string; sequence: string }>(
    `select a.attname as "column", pg_get_serial_sequence($1, a.attname) as sequence from pg_attribute a
      where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
        and pg_get_serial_sequence($1, a.attname) is not null`,
    [quote(table)],
  );
  const sequences: BackupTable['sequences'][number][] = [];
  for (const { column, sequence } of rows) {
    const state = await client.query<{ lastValue: bigint; isCalled: boolean }>(
      `select last_value as "lastValue", is_called as "isCalled" from ${sequence}`,
    );
    for (const { lastValue, isCalled } of state.rows)
      sequences.push({ column, lastValue: String(lastValue), isCalled });
  }
  return sequences;
}

function requireSameTables(expected: readonly BackupTable[], actual: readonly Table[]): void {
  const text = (tables: readonly { readonly name: string; readonly columns: readonly string[] }[]) =>
    tables.map(({ name, columns }) => `${name}(${columns.join()})`).sort();
  if (text(expected).join() !== text(actual).join())
    throw new AppError(
      'backup_invalid',
      'The tables of the backup are not those of this database: it must be an empty one.',
    );
}

async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(exactText);
    return await work(client);
  } finally {
    await client.end();
  }
}

const quote = (name: string): string => pg.escapeIdentifier(name);
