import type { Command } from 'commander';
import { adminPath, type Facts } from './client.ts';
import { type CliContext, collect, type Options, usageError, wholeNumber } from './context.ts';
import type { Column, Output } from './output.ts';
import { timeOf } from './times.ts';
import { examples, memberText, when } from './words.ts';

const listColumns: readonly Column[] = [
  { title: 'PREFIX' },
  { title: 'NAME', flexible: true },
  { title: 'GROUP', flexible: true },
  { title: 'STATE' },
  { title: 'RPM', align: 'right' },
  { title: 'SPENT USD', align: 'right' },
  { title: 'EXPIRES' },
  { title: 'LAST USED' },
];

const spendFlags = [
  ['spendTotal', 'total'],
  ['spend5h', '5h'],
  ['spend1d', '1d'],
  ['spend7d', '7d'],
] as const;

export function addKeys(program: Command, context: CliContext): void {
  const keys = program.command('keys').summary('make and manage keys').description('Make and manage keys.');
  addCreate(keys, context);
  addList(keys, context);
  const reference = 'id or public prefix of the key';
  keys
    .command('show')
    .summary('show a key with its limits and what it has spent')
    .argument('<key>', reference)
    .addHelpText('after', examples('lodge keys show sk-lodge-Ab3dEf9h'))
    .action(async (key: string, _options: Options, command: Command) => {
      const client = await context.client();
      showKey(context.output(command), await client.facts('GET', adminPath('keys', key)));
    });
  const set = keys.command('set').summary('change a key').argument('<key>', reference).option('--name <name>');
  limitOptions(set)
    .description('Change a key. What is not named stays; "none" takes a limit, an expiry or the model list away.')
    .addHelpText(
      'after',
      examples(
        'lodge keys set sk-lodge-Ab3dEf9h --rpm 120 --spend-1d 5',
        'lodge keys set sk-lodge-Ab3dEf9h --expires none',
      ),
    )
    .action(async (key: string, options: Options, command: Command) => {
      const body = changeBody(options);
      if (Object.keys(body).length === 0) throw usageError('Name at least one thing to change; --help lists them.');
      const client = await context.client();
      showKey(context.output(command), await client.facts('PATCH', adminPath('keys', key), { body }));
    });
  const acts = [
    ['disable', 'POST', 'put a key out of use, from its next request on'],
    ['enable', 'POST', 'put a disabled key back into use'],
    ['delete', 'DELETE', 'delete a key, which is final'],
  ] as const;
  for (const [verb, method, summary] of acts) {
    keys
      .command(verb)
      .summary(summary)
      .argument('<key>', reference)
      .addHelpText('after', examples(`lodge keys ${verb} sk-lodge-Ab3dEf9h`))
      .action(async (key: string, _options: Options, command: Command) => {
        const client = await context.client();
        const path = verb === 'delete' ? adminPath('keys', key) : adminPath('keys', key, verb);
        const facts = await client.facts(method, path);
        const output = context.output(command);
        if (output.json) {
          output.value(facts);
          return;
        }
        output.line(
          `${memberText(facts, 'prefix')} (${memberText(facts, 'name')}) is now ${memberText(facts, 'state')}.`,
        );
      });
  }
}

function addCreate(keys: Command, context: CliContext): void {
  const create = keys
    .command('create')
    .summary('make a key; its secret is shown once')
    .requiredOption('--group <group>', 'decides the vendor, for as long as the key lives')
    .requiredOption('--name <name>', 'what it is for');
  limitOptions(create)
    .description('Make a key. The secret alone goes to standard output, once; the rest to standard error.')
    .addHelpText(
      'after',
      examples(
        'lodge keys create --group openai-standard --name backend',
        'KEY=$(lodge keys create --group anthropic-standard --name ci --expires 30d --spend-1d 5)',
      ),
    )
    .action(async (options: Options, command: Command) => {
      const body = { group: options['group'], ...changeBody(options) };
      const client = await context.client();
      const created = await client.facts('POST', adminPath('keys'), { body });
      const output = context.output(command);
      if (output.json) {
        output.value(created);
        return;
      }
      const key = created['key'] as Facts;
      output.note(
        `The key ${memberText(key, 'prefix')}… of the group ${memberText(key, 'group')}, shown now and never again:`,
      );
      output.line(String(created['secret']));
    });
}

function addList(keys: Command, context: CliContext): void {
  keys
    .command('list')
    .summary('list keys, newest first')
    .option('--group <group>', 'only of this group')
    .option('--state <state>', 'enabled, disabled, deleted, expired or all; without: not deleted')
    .option('--search <text>', 'part of a name, note or prefix')
    .option('--limit <count>', 'most keys to list', wholeNumber('--limit', 1, 1_000_000))
    .addHelpText(
      'after',
      examples('lodge keys list', 'lodge keys list --group openai-standard --state disabled --json'),
    )
    .action(async (options: Options, command: Command) => {
      const { group, state, search, limit } = options as Record<string, string | undefined> & { limit?: number };
      const client = await context.client();
      const items = await client.list(adminPath('keys'), { group, state, search }, limit);
      const output = context.output(command);
      if (output.json) {
        output.value(items);
        return;
      }
      const rows = items.map((key) => [
        memberText(key, 'prefix'),
        memberText(key, 'name'),
        memberText(key, 'group'),
        key['expired'] === true ? 'expired' : memberText(key, 'state'),
        memberText(key['limits'] as Facts, 'requests_per_minute'),
        totalSpent(key),
        when(key['expires_at']),
        when(key['last_used_at']),
      ]);
      output.table(listColumns, rows);
    });
}

function limitOptions(command: Command): Command {
  return command
    .option('--note <text>')
    .option('--expires <when>', 'ISO date or time, or a span from now: 12h, 30d; "none"')
    .option('--model <names>', 'allowed models or aliases, repeatable or parted by commas; "none" for all', collect)
    .option('--rpm <count>', 'requests per minute')
    .option('--counts-per-minute <count>', 'token counting and other free calls per minute')
    .option('--tpm <count>', 'tokens per minute; "none"')
    .option('--concurrency <count>', 'calls at the same time; "none"')
    .option('--spend-total <usd>', 'USD in all; "none"')
    .option('--spend-5h <usd>', 'USD within 5 hours; "none"')
    .option('--spend-1d <usd>', 'USD within a day; "none"')
    .option('--spend-7d <usd>', 'USD within 7 days; "none"');
}

function changeBody(options: Options): Facts {
  const spend: Record<string, string | null> = {};
  for (const [flag, span] of spendFlags) {
    const text = options[flag];
    if (typeof text === 'string') spend[span] = text === 'none' ? null : text;
  }
  const limits = {
    ...limitOf(options, 'rpm', 'requests_per_minute', '--rpm'),
    ...limitOf(options, 'countsPerMinute', 'counts_per_minute', '--counts-per-minute'),
    ...limitOf(options, 'tpm', 'tokens_per_minute', '--tpm'),
    ...limitOf(options, 'concurrency', 'concurrency', '--concurrency'),
    ...(Object.keys(spend).length > 0 ? { spend_usd: spend } : {}),
  };
  const models = options['model'] as readonly string[] | undefined;
  const expires = options['expires'];
  return {
    ...(options['name'] === undefined ? {} : { name: options['name'] }),
    ...(options['note'] === undefined ? {} : { note: options['note'] }),
    ...(typeof expires === 'string' ? { expires_at: expires === 'none' ? null : timeOf(expires, Date.now()) } : {}),
    ...(models === undefined ? {} : { allowed_models: models.join() === 'none' ? null : models }),
    ...(Object.keys(limits).length > 0 ? { limits } : {}),
  };
}

function limitOf(options: Options, option: string, member: string, flag: string): Record<string, number | null> {
  const text = options[option];
  if (typeof text !== 'string') return {};
  return { [member]: text === 'none' ? null : wholeNumber(flag, 1, Number.MAX_SAFE_INTEGER)(text) };
}

function showKey(output: Output, key: Facts): void {
  if (output.json) {
    output.value(key);
    return;
  }
  const limits = key['limits'] as Facts;
  const models = key['allowed_models'];
  output.line(output.style('bold', `${memberText(key, 'prefix')}…  ${memberText(key, 'name')}`));
  output.facts([
    ['id', memberText(key, 'id')],
    ['state', key['expired'] === true ? 'expired' : memberText(key, 'state')],
    ['group', `${memberText(key, 'group')} (${memberText(key, 'vendor')}, × ${memberText(key, 'multiplier')})`],
    ['models', Array.isArray(models) ? models.join(', ') : 'all of the group'],
    ['expires', when(key['expires_at'])],
    ['requests per minute', memberText(limits, 'requests_per_minute')],
    ['counts per minute', memberText(limits, 'counts_per_minute')],
    ['tokens per minute', memberText(limits, 'tokens_per_minute', 'no limit')],
    ['concurrency', memberText(limits, 'concurrency', 'no limit')],
    ...spendLines(key),
    ['note', memberText(key, 'note', 'none')],
    ['made', when(key['created_at'])],
    ['last used', when(key['last_used_at'])],
  ]);
}

function spendLines(key: Facts): [string, string][] {
  const windows = (key['spend'] ?? []) as readonly Facts[];
  return windows.map((window) => {
    const limit = window['limit_usd'];
    const reset = window['reset_at'] === null ? '' : `, reset ${when(window['reset_at'])}`;
    const bound = limit === null ? '' : ` of ${String(limit)} USD${reset}`;
    return [`spent, ${memberText(window, 'window')}`, `${memberText(window, 'used_usd')} USD${bound}`];
  });
}

function totalSpent(key: Facts): string {
  const windows = (key['spend'] ?? []) as readonly Facts[];
  const total = windows.find((window) => window['window'] === 'total');
  return total === undefined ? '0' : memberText(total, 'used_usd');
}
