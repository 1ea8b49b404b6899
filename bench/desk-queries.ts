import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { errorText } from '../src/base/errors.ts';
import { silentLog } from '../src/base/log.ts';
import { migrate, openDatabase, openDataDir } from '../src/db/index.ts';
import { cases } from './desk/cases.ts';
import { seedDesk } from './desk/seed.ts';
import { quantile } from './statistics.ts';

/** node bench/desk-queries.ts: how long staff wait for their lists and searches on a desk of a million messages. */

const usage = `node bench/desk-queries.ts [options]

Fills a desk, once, and runs every list, search and look-up of it.

  --data-dir <dir>     where the desk is kept between runs (data-desk-bench)
  --database-url <url> another Postgres instead
  --messages <n>       messages on the desk (1000000)
  --runs <n>           runs of each query, each for something else (40)
  --only <text>        only queries whose name holds it
`;

async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string', default: 'data-desk-bench' },
      'database-url': { type: 'string' },
      messages: { type: 'string', default: '1000000' },
      runs: { type: 'string', default: '40' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const runs = wholeNumber('--runs', values.runs, 1_000);
  const messages = wholeNumber('--messages', values.messages, 20_000_000);
  const databaseUrl = values['database-url'] ?? null;
  const dir = databaseUrl === null ? await openDataDir(path.resolve(values['data-dir'])) : null;
  const database = await openDatabase({ databaseUrl, dataDir: dir?.path ?? '', log: silentLog });
  try {
    await migrate(database.pool);
    const desk = await seedDesk(database.pool, messages, (done) => console.error(`${done} messages`));
    const machine = `${availableParallelism()} processors, ${database.kind} Postgres ${database.serverVersion}`;
    process.stdout.write(`${desk.messages} messages on ${desk.tickets} tickets; ${runs} runs; ${machine}\n\n`);
    process.stdout.write(
      '| query | p50 ms | p95 ms | most ms | budget ms | |\n| --- | ---: | ---: | ---: | ---: | --- |\n',
    );
    let good = true;
    for (const one of cases.filter(({ name }) => name.includes(values.only))) {
      const times: number[] = [];
      for (let run = 0; run < runs; run++) {
        const startedMs = performance.now();
        await one.run(database.pool, run, desk.tickets);
        times.push(performance.now() - startedMs);
      }
      times.sort((a, b) => a - b);
      const p95 = quantile(times, 0.95);
      const passes = p95 <= one.budgetMs;
      good &&= passes;
      const figures = [quantile(times, 0.5), p95, Math.max(...times)].map((ms) => ms.toFixed(1)).join(' | ');
      process.stdout.write(`| ${one.name} | ${figures} | ${one.budgetMs} | ${passes ? '' : 'too slow'} |\n`);
    }
    return good ? 0 : 1;
  } finally {
    await database.close();
    await dir?.release();
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new Error(`${name} must be a whole number from 1 to ${most}, not "${text}".`);
}

bench(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(errorText(error));
    process.exitCode = 2;
  },
);
