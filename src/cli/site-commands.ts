import { type Command, InvalidArgumentError } from 'commander';
import { adminPath, type Facts } from './client.ts';
import { type CliContext, type ReportProgress, readSecret, usageError, wholeNumber } from './context.ts';
import { diagnose, type Finding } from './doctor.ts';
import { exitCodes } from './exit.ts';
import type { Output } from './output.ts';
import { pastTime } from './times.ts';
import { examples, flatten, memberText } from './words.ts';

/** start, sandbox, audit, backup, restore, version. */
export function addSiteCommands(program: Command, context: CliContext): void {
  const { hooks } = context;
  program
    .command('start')
    .summary('start the site')
    .description('Start the site on LODGE_HOST and LODGE_PORT. SIGTERM lets running requests finish.')
    .action(async () => context.exitWith(await hooks.start()));
  program
    .command('sandbox')
    .summary('start the sandbox vendor alone')
    .description('Start the sandbox vendor alone: it answers in all wires, from no model.')
    .option('--port <port>', 'port on 127.0.0.1; 0 takes a free one', wholeNumber('--port', 0, 65_535), 0)
    .addHelpText('after', examples('lodge sandbox --port 9000'))
    .action(async (options: { port: number }) => context.exitWith(await hooks.sandbox({ port: options.port })));
  program
    .command('audit')
    .summary('compare journal, records and the sandbox’s own count')
    .description(
      'Compare journal, request records and, where there is one, the sandbox’s own count. Exit 1 if they differ.',
    )
    .addHelpText('after', examples('lodge audit', 'lodge audit --json'))
    .option('--since <time>', 'only requests from then on: ISO date or time, or a span before now: 2h, 7d')
    .action(async (options: { since?: string }, command: Command) =>
      audit(context, context.output(command), options.since),
    );
  for (const [name, summary, run] of [
    ['backup', 'write a backup into a new directory', hooks.backup.bind(hooks)],
    ['restore', 'restore a backup; the site must not run', hooks.restore.bind(hooks)],
  ] as const) {
    program
      .command(name)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`)
      .argument(
        '<directory>',
        name === 'backup' ? 'where it goes; must not exist yet' : 'what `lodge backup` has written',
      )
      .addHelpText('after', examples(`lodge ${name} ./backups/monday`))
      .action(async (directory: string, _options: unknown, command: Command) =>
        longWork(context.output(command), name, directory, run),
      );
  }
  program
    .command('version')
    .summary('print the version')
    .action((_options: unknown, command: Command) => {
      const output = context.output(command);
      if (output.json) output.value({ version: hooks.version, node: process.version });
      else output.line(`lodge ${hooks.version} (node ${process.version})`);
    });
}

export function addDoctor(program: Command, context: CliContext): void {
  const vendors = ['openai', 'anthropic', 'gemini'] as const;
  program
    .command('doctor')
    .summary('say in one line why calls fail')
    .description(
      'Check base URL, network, key, vendor and model by real calls that cost nothing. Needs no running site here.',
    )
    .requiredOption('--base-url <url>', 'as it stands in the tool')
    .option('--key <key>', 'as it stands in the tool; other users of this machine can read it')
    .option(
      '--key-env <name>',
      'environment variable that holds the key; without either, it is read from standard input',
    )
    .option('--model <name>', 'model that the tool asks for')
    .option('--vendor <vendor>', `whose tools use it: ${vendors.join(', ')}`, (text: string) => {
      const vendor = vendors.find((each) => each === text);
      if (!vendor) throw new InvalidArgumentError(`It is one of ${vendors.join(', ')}.`);
      return vendor;
    })
    .addHelpText(
      'after',
      examples(
        'lodge doctor --base-url https://api.example.com/v1 --key-env OPENAI_API_KEY --vendor openai',
        'lodge doctor --base-url http://127.0.0.1:8080 --key-env KEY --model claude-opus-4-8 --json',
      ),
    )
    .action(async (options: DoctorFlags, command: Command) => doctor(context, context.output(command), options));
}

interface DoctorFlags {
  readonly baseUrl: string;
  readonly key?: string;
  readonly keyEnv?: string;
  readonly model?: string;
  readonly vendor?: 'openai' | 'anthropic' | 'gemini';
}

async function doctor(context: CliContext, output: Output, flags: DoctorFlags): Promise<void> {
  if (flags.key !== undefined && flags.keyEnv !== undefined) throw usageError('Give --key or --key-env, not both.');
  // Not trimmed where the doctor is to find white space; what is piped in ends with a line feed that is no fault.
  const named = flags.keyEnv === undefined ? undefined : context.terminal.environment[flags.keyEnv];
  const key = flags.key ?? named ?? (await readSecret(context, flags.keyEnv, 'key'));
  const options = { baseUrl: flags.baseUrl, key, model: flags.model ?? null, vendor: flags.vendor ?? null };
  const diagnosis = await diagnose(options, context.terminal.environment);
  context.exitWith(diagnosis.ok ? exitCodes.ok : exitCodes.failed);
  if (output.json) {
    const findings = diagnosis.findings.map(({ requestId, ...rest }: Finding) => ({ ...rest, request_id: requestId }));
    output.value({ ok: diagnosis.ok, summary: diagnosis.summary, request_id: diagnosis.requestId, findings });
    return;
  }
  const mark = diagnosis.ok ? output.style('green', '✓') : output.style('red', '✗');
  const id = diagnosis.requestId;
  const shown = id === null || diagnosis.summary.includes(id) ? '' : ` (request id ${id})`;
  output.line(`${mark} ${diagnosis.summary}${shown}`);
}

async function audit(context: CliContext, output: Output, since: string | undefined): Promise<void> {
  const client = await context.client();
  const result = await client.facts('GET', adminPath('audit'), { query: { since: pastTime(since) } });
  context.exitWith(result['ok'] === true ? exitCodes.ok : exitCodes.failed);
  if (output.json) {
    output.value(result);
    return;
  }
  const { ok, mismatches, ...rest } = result;
  output.line(ok === true ? output.style('green', '✓ The books agree.') : output.style('red', '✗ The books differ.'));
  output.facts(flatten(rest));
  const rows = ((mismatches ?? []) as readonly Facts[]).map((each) => [
    memberText(each, 'check'),
    memberText(each, 'subject'),
    memberText(each, 'detail'),
  ]);
  if (rows.length > 0)
    output.table([{ title: 'CHECK' }, { title: 'SUBJECT' }, { title: 'DETAIL', flexible: true }], rows);
}

async function longWork(
  output: Output,
  name: string,
  directory: string,
  run: (directory: string, report: ReportProgress) => Promise<Facts>,
): Promise<void> {
  const bar = output.progress(name);
  let result: Facts;
  try {
    result = await run(directory, bar.update);
  } finally {
    bar.end();
  }
  if (output.json) {
    output.value({ ok: true, directory, ...result });
    return;
  }
  output.line(output.style('green', `✓ ${name} of ${directory} is done.`));
  output.facts(flatten(result));
}
