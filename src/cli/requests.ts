import type { Command } from 'commander';
import { parseRequestId } from '../base/request-id.ts';
import { adminPath, type Facts } from './client.ts';
import { type CliContext, type Options, textOption, usageError, wholeNumber } from './context.ts';
import { showRequest } from './explain.ts';
import type { Column } from './output.ts';
import { pastTime } from './times.ts';
import { examples, memberText, when } from './words.ts';

const columns: readonly Column[] = [
  { title: 'REQUEST ID' },
  { title: 'RECEIVED' },
  { title: 'KEY' },
  { title: 'MODEL', flexible: true },
  { title: 'STATUS', align: 'right' },
  { title: 'OUTCOME', flexible: true },
  { title: 'CHARGED USD', align: 'right' },
  { title: 'MS', align: 'right' },
];

export function addRequests(program: Command, context: CliContext): void {
  const requests = program
    .command('requests')
    .summary('find and explain requests')
    .description('Find and explain requests.');
  requests
    .command('show')
    .summary('explain one request by its X-Request-Id')
    .description('Explain one request: what was asked, what happened, who has to act, what it cost and why.')
    .argument('<id>', 'the X-Request-Id of the answer, in any case of letters')
    .addHelpText(
      'after',
      examples('lodge requests show req_01KAJ6Q0G7W8X9Y2Z3A4B5C6D7E8', 'lodge requests show req_… --json'),
    )
    .action(async (id: string, _options: Options, self: Command) => {
      const parsed = parseRequestId(id);
      if (parsed === null)
        throw usageError(
          'This is no request id, or it is mistyped: its check characters do not fit. It begins with req_ and has 28 characters after that.',
        );
      const client = await context.client();
      const facts = await client.facts('GET', adminPath('requests', parsed));
      const output = context.output(self);
      if (output.json) output.value(facts);
      else showRequest(output, facts);
    });
  addList(requests, context);
}

function addList(requests: Command, context: CliContext): void {
  requests
    .command('list')
    .summary('list requests, newest first')
    .option('--key <prefix>', 'public prefix of the key')
    .option('--status <status>', 'HTTP status', wholeNumber('--status', 100, 599))
    .option('--code <code>', 'error code: rate_limited')
    .option('--model <name>', 'as asked for or as served')
    .option('--tool <name>', 'client tool')
    .option('--since <time>', 'ISO date or time, or a span before now: 2h, 7d')
    .option('--until <time>', 'the same')
    .option('--limit <count>', 'most requests to list', wholeNumber('--limit', 1, 1_000_000), 50)
    .addHelpText(
      'after',
      examples(
        'lodge requests list --key sk-lodge-Ab3dEf9h --since 2h',
        'lodge requests list --code rate_limited --limit 200 --json',
      ),
    )
    .action(async (options: Options, self: Command) => {
      const client = await context.client();
      const items = await client.list(adminPath('requests'), queryOf(options), Number(options['limit']));
      const output = context.output(self);
      if (output.json) output.value(items);
      else output.table(columns, items.map(rowOf));
    });
}

function queryOf(options: Options): Record<string, string | number | undefined> {
  return {
    key_prefix: textOption(options, 'key'),
    status: options['status'] as number | undefined,
    code: textOption(options, 'code'),
    model: textOption(options, 'model'),
    tool: textOption(options, 'tool'),
    since: pastTime(textOption(options, 'since')),
    until: pastTime(textOption(options, 'until')),
  };
}

function rowOf(item: Facts): string[] {
  const charge = (item['charge'] ?? {}) as Facts;
  const code = memberText(item, 'error_code');
  return [
    memberText(item, 'id'),
    when(item['received_at']).replace(' UTC', 'Z'),
    memberText(item, 'key_prefix', '-'),
    memberText(item, 'model_asked', '-'),
    memberText(item, 'status', '-'),
    code === '' ? memberText(item, 'outcome') : `${memberText(item, 'outcome')}: ${code}`,
    memberText(charge, 'actual_cost_usd', '0'),
    memberText(item, 'duration_ms', '-'),
  ];
}
