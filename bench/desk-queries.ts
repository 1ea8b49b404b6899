import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorText } from '../src/base/errors.ts';
import { silentLog } from '../src/base/log.ts';
import { openDatabase, openDataDir } from '../src/db/index.ts';
import { cpuUs, descendants } from './cpu.ts';
import { cases, type DeskCase } from './desk/cases.ts';
import { type DrawnDesk, draw, lookAround } from './desk/draw.ts';
import { quantile } from './statistics.ts';

/** node bench/desk-queries.ts: how long staff and customers wait for lists, tickets and searches, on what desk-seed.ts made. */

const usage = `node bench/desk-queries.ts [options]

Runs every list, page, search, look-up and report of the desk against a database that desk-seed.ts has filled.

  --data-dir <dir>     as for the seed (data-desk-bench)
  --database-url <url> another Postgres instead
  --runs <n>           runs of each query, each for something else (40)
  --only <text>        only queries whose name holds it
  --json               the figures as JSON on standard output
`;

interface Figures {
  readonly name: string;
  readonly budgetMs: number | null;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly maxMs: number;
  /** What node and the embedded Postgres worked for it: what it takes when nobody else is at work. */
  readonly p95CpuMs: number;
}

async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string', default: 'data-desk-bench' },
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
    const desk = await lookAround(database.pool);
    const [loadBefore = 0] = loadavg();
    const figures: Figures[] = [];
    for (const one of cases.filter(({ name }) => name.includes(values.only))) {
      figures.push(await measure(one, desk, runs));
      console.error(lineOf(figures.at(-1)));
    }
    const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.versions.node}, ${database.kind} Postgres ${database.serverVersion}`;
    const [loadAfter = 0] = loadavg();
    const { messages, tickets } = desk;
    const date = new Date().toISOString().slice(0, 10);
    const circumstances = { date, machine, messages, tickets, runs, loadBefore, loadAfter };
    process.stdout.write(
      values.json ? `${JSON.stringify({ circumstances, figures }, null, 2)}\n` : markdownOf(circumstances, figures),
    );
    return figures.every(({ budgetMs, p95Ms }) => budgetMs === null || p95Ms <= budgetMs) ? 0 : 1;
  } finally {
    await database.close();
    await dir?.release();
  }
}

async function measure(one: DeskCase, desk: DrawnDesk, runs: number): Promise<Figures> {
  const times: number[] = [];
  const cpuTimes: number[] = [];
  for (let run = 0; run < runs; run++) {
    const drawn = await draw(desk, run);
    const pids = [process.pid, ...descendants(process.pid)];
    const workedUs = cpuUs(pids);
    const began = performance.now();
    await one.run(desk, drawn);
    times.push(performance.now() - began);
    cpuTimes.push((cpuUs(pids) - workedUs) / 1_000);
  }
  times.sort((a, b) => a - b);
  cpuTimes.sort((a, b) => a - b);
  return {
    name: one.name,
    budgetMs: one.budgetMs,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    maxMs: quantile(times, 1),
    p95CpuMs: quantile(cpuTimes, 0.95),
  };
}

interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly messages: number;
  readonly tickets: number;
  readonly runs: number;
  readonly loadBefore: number;
  readonly loadAfter: number;
}

function markdownOf(circumstances: Circumstances, figures: readonly Figures[]): string {
  const { date, machine, messages, tickets, runs, loadBefore, loadAfter } = circumstances;
  const count = (value: number) => value.toLocaleString('en');
  const lines = [
    `Measured on ${date}, on ${machine}, load average ${loadBefore.toFixed(1)} before and ${loadAfter.toFixed(1)} after; ${count(messages)} messages on ${count(tickets)} tickets, ${runs} runs each.`,
    '',
    '| query | p50 ms | p95 ms | max ms | CPU p95 ms | budget ms | verdict |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...figures.map((figure) => {
      const { name, p50Ms, p95Ms, maxMs, p95CpuMs, budgetMs } = figure;
      const times = [p50Ms, p95Ms, maxMs, p95CpuMs].map((ms) => ms.toFixed(ms < 10 ? 1 : 0)).join(' | ');
      return `| ${name} | ${times} | ${budgetMs ?? '–'} | ${verdictOf(figure)} |`;
    }),
  ];
  return `${lines.join('\n')}\n`;
}

function verdictOf({ budgetMs, p95Ms, p95CpuMs }: Figures): string {
  if (budgetMs === null) return '–';
  if (p95Ms <= budgetMs) return 'pass';
  return p95CpuMs <= budgetMs ? 'passes by its CPU' : '**fail**';
}

function lineOf(figures: Figures | undefined): string {
  if (figures === undefined) return '';
  const { name, p50Ms, p95Ms, maxMs, p95CpuMs } = figures;
  const columns = [p50Ms, p95Ms, maxMs, p95CpuMs].map((ms) => ms.toFixed(1).padStart(8)).join(' ');
  const verdict = verdictOf(figures);
  return `${verdict === 'pass' || verdict === '–' ? ' ' : verdict === '**fail**' ? '!' : '?'} ${name.padEnd(46)} ${columns}`;
}

try {
  process.exitCode = await bench(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${errorText(error)}\n`);
  process.exitCode = 2;
}
