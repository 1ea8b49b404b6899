import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { errorText } from '../src/base/errors.ts';
import { silentLog } from '../src/base/log.ts';
import { openDatabase, openDataDir } from '../src/db/index.ts';
import { type Case, cases, type Site, type Viewer } from './console/cases.ts';
import { cpuUs, descendants } from './cpu.ts';
import { quantile } from './statistics.ts';

/** node bench/console-queries.ts: how long the console waits for its lists and reports, on what console-seed.ts has made. */

const usage = `node bench/console-queries.ts [options]

Runs every list, look-up and report of the console against a database that console-seed.ts has filled.

  --data-dir <dir>     as for the seed (data-console-bench)
  --database-url <url> another Postgres instead
  --runs <n>           runs of each query, each by another viewer (40)
  --only <text>        only queries whose name holds it
  --json               the figures as JSON on standard output
`;

const budgetMs = 100;
/** Runs as the largest organization alone. */
const largestRuns = 5;

interface Figures {
  readonly name: string;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** What node and the embedded Postgres worked for it: what it takes when nobody else is at work. */
  readonly p95CpuMs: number;
  /** The same of the largest organization, which has a tenth of everything: the median. */
  readonly largestCpuMs: number;
  readonly passes: boolean;
  /** The work for it would be done in time, if others let it. */
  readonly passesAlone: boolean;
}

async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string', default: 'data-console-bench' },
      'database-url': { type: 'string' },
      runs: { type: 'string', default: '40' },
      only: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1 || runs > 10_000)
    throw new Error(`--runs must be a whole number from 1 to 10000, not "${values.runs}".`);
  const databaseUrl = values['database-url'] ?? null;
  const dir = databaseUrl === null ? await openDataDir(path.resolve(values['data-dir'])) : null;
  const database = await openDatabase({ databaseUrl, dataDir: dir?.path ?? '', log: silentLog });
  try {
    const [loadBefore = 0] = loadavg();
    const { site, records, keys } = await lookAround(database.pool);
    const chosen = cases.filter(({ name }) => name.includes(values.only));
    const figures: Figures[] = [];
    for (const one of chosen) {
      figures.push(await measure(one, site, runs));
      console.error(lineOf(figures.at(-1)));
    }
    const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}, ${database.kind} Postgres ${database.serverVersion}`;
    const circumstances = { date: new Date().toISOString().slice(0, 10), machine, records, keys, runs, loadBefore };
    process.stdout.write(
      values.json ? `${JSON.stringify({ circumstances, figures }, null, 2)}\n` : markdownOf(circumstances, figures),
    );
    return figures.every(({ passes }) => passes) ? 0 : 1;
  } finally {
    await database.close();
    await dir?.release();
  }
}

async function lookAround(pool: Pool): Promise<{ site: Site; records: number; keys: number }> {
  const { rows } = await pool.query<{ newest: Date | null; records: string; keys: bigint }>(
    `select (select max(received_at) from request_records) as newest,
       (select sum(requests) from usage_organization_hours) as records, (select count(*) from keys) as keys`,
  );
  const [row] = rows;
  if (!row?.newest) throw new Error('There are no records here: run bench/console-seed.ts first.');
  return { site: { pool, nowMs: row.newest.getTime() }, records: Number(row.records), keys: Number(row.keys) };
}

/** Somebody of an organization; `share` from 0 to 1 names which, by how much each uses. */
async function viewerAt(pool: Pool, share: number, turn: number): Promise<Viewer> {
  const { rows } = await pool.query<{ id: string; first_key: number; keys: number }>(
    'select id, first_key, keys from bench_organizations where share_from <= $1 and keys > 0 order by share_from desc limit 1',
    [share],
  );
  const organization = rows[0];
  if (!organization) throw new Error('The seed has left no organizations.');
  const pick = async (sql: string): Promise<string> => {
    const found = await pool.query<{ id: string }>(sql, [organization.id, (turn * 7) % organization.keys]);
    return found.rows[0]?.id ?? 'none';
  };
  const key = `from keys where organization_id = $1`;
  const requestId = await pick(
    'select id from request_records where organization_id = $1 order by received_at desc limit 1 offset $2',
  );
  return {
    organizationId: organization.id,
    keyId: await pick(`select id ${key} order by id offset $2 limit 1`),
    projectId: await pick(
      `select coalesce(max(project_id), 'none') as id ${key} and length(id) + $2 > 0 and project_id is not null`,
    ),
    accountId: await pick(
      `select coalesce(max(account_id), 'none') as id ${key} and length(id) + $2 > 0 and account_id is not null`,
    ),
    model: await pick(
      'select model as id from usage_organization_hours where organization_id = $1 order by hour desc offset $2 % 7 limit 1',
    ),
    requestId,
  };
}

async function measure(one: Case, site: Site, runs: number): Promise<Figures> {
  const timed = async (share: number, turn: number): Promise<Timing> => {
    const viewer = await viewerAt(site.pool, share, turn);
    const pids = [process.pid, ...descendants(process.pid)];
    const workedUs = cpuUs(pids);
    const began = performance.now();
    await one.run(site, viewer);
    return { ms: performance.now() - began, cpuMs: (cpuUs(pids) - workedUs) / 1_000 };
  };
  const timings: Timing[] = [];
  const largest: Timing[] = [];
  for (let turn = 0; turn < runs; turn++) timings.push(await timed((turn + 0.5) / runs, turn));
  for (let turn = 0; turn < largestRuns; turn++) largest.push(await timed(0, turn));
  const at = (values: readonly number[], share: number) =>
    quantile(
      values.toSorted((a, b) => a - b),
      share,
    );
  const times = timings.map(({ ms }) => ms);
  const p95Ms = at(times, 0.95);
  const p95CpuMs = at(
    timings.map(({ cpuMs }) => cpuMs),
    0.95,
  );
  return {
    name: one.name,
    p50Ms: at(times, 0.5),
    p95Ms,
    maxMs: at(times, 1),
    p95CpuMs,
    largestCpuMs: at(
      largest.map(({ cpuMs }) => cpuMs),
      0.5,
    ),
    passes: p95Ms <= budgetMs,
    passesAlone: p95CpuMs <= budgetMs,
  };
}

interface Timing {
  readonly ms: number;
  readonly cpuMs: number;
}

interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly records: number;
  readonly keys: number;
  readonly runs: number;
  readonly loadBefore: number;
}

function markdownOf({ date, machine, records, keys, runs, loadBefore }: Circumstances, figures: readonly Figures[]) {
  const count = (value: number) => value.toLocaleString('en');
  const lines = [
    `Measured on ${date}, on ${machine}, load average ${loadBefore.toFixed(1)} before; ${count(records)} records, ${count(keys)} keys, ${runs} runs each, budget p95 ≤ ${budgetMs} ms.`,
    '',
    '| query | p50 ms | p95 ms | max ms | CPU p95 ms | CPU of the largest, ms | verdict |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...figures.map(
      ({ name, p50Ms, p95Ms, maxMs, p95CpuMs, largestCpuMs, passes, passesAlone }) =>
        `| ${name} | ${[p50Ms, p95Ms, maxMs, p95CpuMs, largestCpuMs].map((ms) => ms.toFixed(ms < 10 ? 1 : 0)).join(' | ')} | ${passes ? 'pass' : passesAlone ? 'passes by its CPU' : '**fail**'} |`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function lineOf(figures: Figures | undefined): string {
  if (figures === undefined) return '';
  const { name, p50Ms, p95Ms, maxMs, p95CpuMs, largestCpuMs, passes } = figures;
  const columns = [p50Ms, p95Ms, maxMs, p95CpuMs, largestCpuMs].map((ms) => ms.toFixed(1).padStart(8)).join(' ');
  return `${passes ? '  ' : '! '}${name.padEnd(52)} ${columns}`;
}

try {
  process.exitCode = await bench(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${errorText(error)}\n`);
  process.exitCode = 2;
}
