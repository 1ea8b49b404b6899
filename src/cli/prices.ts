import type { Command } from 'commander';
import { adminPath, type Facts } from './client.ts';
import { type CliContext, type Options, textOption, usageError } from './context.ts';
import { addList, addRemove, addShow, type Noun } from './nouns.ts';
import type { Output } from './output.ts';
import { timeOf } from './times.ts';
import { examples, memberText, when } from './words.ts';

/** Flag → member of the rates, in the order of the help. */
const rateFlags = [
  ['input', 'input'],
  ['output', 'output'],
  ['cache-read', 'cache_read'],
  ['cache-write-5m', 'cache_write_5m'],
  ['cache-write-1h', 'cache_write_1h'],
  ['audio-input', 'audio_input'],
  ['image-input', 'image_input'],
  ['audio-output', 'audio_output'],
  ['image-output', 'image_output'],
  ['per-request', 'per_request'],
  ['per-image', 'per_image'],
] as const;

const members = new Set<string>(rateFlags.map(([, member]) => member));

const prices: Noun = {
  name: 'prices',
  one: 'a price',
  reference: ['price'],
  path: ([price = '']) => adminPath('prices', price),
  list: {
    path: () => adminPath('prices'),
    filters: [
      ['vendor', 'only of this vendor'],
      ['model', 'only of this model'],
    ],
    columns: [
      { title: 'VENDOR' },
      { title: 'MODEL', flexible: true },
      { title: 'VALID FROM' },
      { title: 'INPUT', align: 'right' },
      { title: 'OUTPUT', align: 'right' },
      { title: 'CACHE READ', align: 'right' },
      { title: 'TIERS', align: 'right' },
      { title: 'SOURCE', flexible: true },
    ],
    row: (item) => [
      memberText(item, 'vendor'),
      memberText(item, 'model'),
      when(item['valid_from']).replace(' 00:00:00 UTC', ''),
      memberText(item['rates'] as Facts, 'input', '-'),
      memberText(item['rates'] as Facts, 'output', '-'),
      memberText(item['rates'] as Facts, 'cache_read', '-'),
      String((item['tiers'] as readonly unknown[]).length),
      memberText(item, 'source'),
    ],
  },
  options: (command) => command,
  body: async () => ({}),
  shows: true,
  examples: {
    list: 'lodge prices list --vendor openai --model gpt-5.5',
    remove: 'lodge prices remove openai:gpt-5.5:2027-01-01',
  },
};

/** A price is never changed, only followed by a newer version: `set` and `add` do the same. */
export function addPrices(program: Command, context: CliContext): void {
  const parent = program.command('prices').summary('manage prices').description('Manage prices, in USD.');
  addList(parent, context, prices);
  addShow(parent, context, prices);
  for (const verb of ['add', 'set'] as const) {
    const command = parent
      .command(verb)
      .summary('add a version of a price; earlier ones stay for the records that name them')
      .description('Add a version of a model’s price, in USD per million tokens, per request or per image.')
      .argument('<vendor>')
      .argument('<model>');
    for (const [flag] of rateFlags) command.option(`--${flag} <usd>`);
    command
      .option(
        '--tier <rates>',
        'over:<tokens>,input:<usd>,output:<usd>… for longer inputs; repeatable',
        (text, before: string[] = []) => [...before, text],
      )
      .option('--valid-from <time>', 'ISO date (its begin, UTC) or time, or a span from now: 30d; without: now')
      .addHelpText(
        'after',
        examples(
          `lodge prices ${verb} openai gpt-5.5 --input 5 --output 30 --cache-read 0.50`,
          `lodge prices ${verb} gemini gemini-2.5-pro --input 1.25 --output 10 --tier over:200000,input:2.50,output:15`,
        ),
      )
      .action(async (vendor: string, model: string, options: Options, self: Command) => {
        const body = { vendor, model, ...priceBody(options) };
        const client = await context.client();
        const facts = await client.facts('POST', adminPath('prices'), { body });
        const output = context.output(self);
        if (output.json) output.value(facts);
        else output.line(`price ${memberText(facts, 'id')} is valid from ${when(facts['valid_from'])}.`);
      });
  }
  addRemove(parent, context, prices);
  addRefresh(parent, context);
}

function addRefresh(parent: Command, context: CliContext): void {
  parent
    .command('refresh')
    .summary('follow the vendors’ prices that this version of Lodge knows')
    .description('Add versions where the vendors’ prices differ from the stored ones. Prices set by the operator stay.')
    .option('--dry-run', 'say what would change, and change nothing')
    .addHelpText('after', examples('lodge prices refresh --dry-run'))
    .action(async (options: Options, self: Command) => {
      const client = await context.client();
      const body = { dry_run: options['dryRun'] === true };
      const facts = await client.facts('POST', adminPath('prices', 'refresh'), { body });
      const output = context.output(self);
      if (output.json) output.value(facts);
      else showRefresh(output, facts);
    });
}

function showRefresh(output: Output, facts: Facts): void {
  const changes = facts['changes'] as readonly Facts[];
  const missing = facts['models_not_in_catalogue'] as readonly string[];
  const columns = [
    { title: 'CHANGE' },
    { title: 'VENDOR' },
    { title: 'MODEL', flexible: true },
    { title: 'VALID FROM' },
    { title: 'BEFORE', flexible: true },
    { title: 'AFTER', flexible: true },
  ];
  const rows = changes.map((change) => [
    memberText(change, 'kind').replaceAll('_', ' '),
    memberText(change, 'vendor'),
    memberText(change, 'model'),
    when(change['valid_from']),
    ratesText(change['before']),
    ratesText(change['after']),
  ]);
  if (rows.length > 0) output.table(columns, rows);
  const would = facts['dry_run'] === true ? ' Nothing was changed.' : '';
  output.note(`${rows.length} changes, ${memberText(facts, 'unchanged_models')} models as they were.${would}`);
  if (missing.length > 0)
    output.note(`${missing.length} models with known prices are not in the catalogue; --json lists them.`);
}

function ratesText(rates: unknown): string {
  if (rates === null || typeof rates !== 'object') return 'none';
  return Object.entries(rates)
    .map(([name, usd]) => `${name} ${String(usd)}`)
    .join(', ');
}

function priceBody(options: Options): Facts {
  const rates: Record<string, string> = {};
  for (const [flag, member] of rateFlags) {
    const usd = textOption(
      options,
      flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
    );
    if (usd !== undefined) rates[member] = usd;
  }
  if (Object.keys(rates).length === 0) throw usageError('Give at least one rate, such as --input 5 --output 30.');
  const tiers = (options['tier'] ?? []) as readonly string[];
  const from = textOption(options, 'validFrom');
  return {
    rates,
    ...(tiers.length > 0 ? { tiers: tiers.map(tierOf) } : {}),
    ...(from === undefined
      ? {}
      : { valid_from: timeOf(/^\d{4}-\d{2}-\d{2}$/.test(from) ? `${from}T00:00:00Z` : from, Date.now()) }),
  };
}

/** `over:200000,input:2.50,output:15`. */
function tierOf(text: string): Facts {
  const wrong = (why: string) => usageError(`--tier ${text}: ${why}; write over:200000,input:2.50,output:15.`);
  const rates: Record<string, string> = {};
  let over: number | undefined;
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.trim().split(':');
    const member = name.replaceAll('-', '_');
    if (name === 'over' && /^\d+$/.test(value)) over = Number(value);
    else if (members.has(member)) rates[member] = value;
    else throw wrong(`"${part}" is no rate`);
  }
  if (over === undefined) throw wrong('it does not say over how many tokens it applies');
  return { over_input_tokens: over, rates };
}
