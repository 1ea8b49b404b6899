import { Console } from 'node:console';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { compare } from './comparison.ts';
import { type Options, readOptions, usage } from './options.ts';
import { stopAll } from './processes.ts';
import { profileLodge } from './profile.ts';
import { markdownOf, reportOf } from './report.ts';
import { withFigures } from './write-docs.ts';

/** npm run bench: arguments → measurements → table, JSON or document → exit code 1 when a budget is exceeded. */

const startedMs = performance.now();
const document = new URL('../docs/performance.md', import.meta.url);

// Standard output is for the result alone; installers that say what they do say it here.
globalThis.console = new Console(process.stderr, process.stderr);

function say(line: string): void {
  console.error(`${((performance.now() - startedMs) / 1_000).toFixed(0).padStart(4)} s  ${line}`);
}

async function bench(options: Options): Promise<number> {
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (process.platform !== 'linux') throw new Error('The bench reads /proc and runs on Linux only.');
  if (options.profile) {
    process.stdout.write(await profileLodge(options.plan, say));
    return 0;
  }
  const [loadBefore = 0] = loadavg();
  const report = reportOf(await compare(options.plan, say), loadBefore);
  const markdown = markdownOf(report);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : `${markdown}\n`);
  if (options.writeDocs) {
    writeFileSync(document, withFigures(readFileSync(document, 'utf8'), markdown));
    say('docs/performance.md has the figures');
  }
  say(report.passes ? 'all within budget' : 'not all within budget');
  return report.passes ? 0 : 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void stopAll().finally(() => process.exit(130)));

try {
  process.exitCode = await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
