import type { Command } from 'commander';
import { adminPath, type Facts } from './client.ts';
import { type CliContext, type Options, textOption, usageError, wholeNumber } from './context.ts';
import { type Column, type Output, printable } from './output.ts';
import { examples, memberText, when } from './words.ts';

const columns: readonly Column[] = [
  { title: 'TICKET' },
  { title: 'STATE' },
  { title: 'QUEUE' },
  { title: 'PRIORITY' },
  { title: 'FROM', flexible: true },
  { title: 'SUBJECT', flexible: true },
  { title: 'LAST MESSAGE' },
  { title: 'DUE' },
];

const views = 'inbox, mine, unassigned, breaching, waiting_for_us, waiting, snoozed, solved, closed, all';
const states = ['open', 'waiting', 'solved', 'closed'];
/** What is typed or piped for a reply; the API takes no more. */
const textMax = 100_000;

export function addTickets(program: Command, context: CliContext): void {
  const tickets = program
    .command('tickets')
    .summary('read and answer support tickets')
    .description('Read and answer support tickets.');
  addList(tickets, context);
  tickets
    .command('show')
    .summary('show a ticket with its messages')
    .argument('<ticket>', 'T-1001')
    .addHelpText('after', examples('lodge tickets show T-1001', 'lodge tickets show T-1001 --json'))
    .action(async (ticket: string, _options: Options, self: Command) => {
      const client = await context.client();
      const facts = await client.facts('GET', adminPath('tickets', ticket));
      const output = context.output(self);
      if (output.json) output.value(facts);
      else showTicket(output, facts);
    });
  addReply(tickets, context);
}

function addList(tickets: Command, context: CliContext): void {
  tickets
    .command('list')
    .summary('list tickets, the last that was written to first')
    .option('--view <view>', views, 'inbox')
    .option('--queue <queue>', 'general, bug, billing, enterprise, vulnerability or spam')
    .option('--search <text>', 'words, a ticket, request id, key prefix, address or order; instead of a view')
    .option('--limit <count>', 'most tickets to list', wholeNumber('--limit', 1, 10_000), 50)
    .addHelpText(
      'after',
      examples(
        'lodge tickets list --view waiting_for_us',
        'lodge tickets list --search req_01KAJ6Q0G7W8X9Y2Z3A4B5C6D7E8',
      ),
    )
    .action(async (options: Options, self: Command) => {
      const client = await context.client();
      const limit = Number(options['limit']);
      const q = textOption(options, 'search');
      const items =
        q === undefined
          ? await client.list(
              adminPath('tickets'),
              { view: textOption(options, 'view'), queue: textOption(options, 'queue') },
              limit,
            )
          : ((await client.facts('GET', adminPath('tickets', 'search'), { query: { q, limit: Math.min(limit, 100) } }))[
              'data'
            ] as Facts[]);
      const output = context.output(self);
      if (output.json) output.value(items);
      else output.table(columns, items.map(rowOf));
    });
}

function addReply(tickets: Command, context: CliContext): void {
  tickets
    .command('reply')
    .summary('reply to the customer of a ticket')
    .description(
      'Reply to the customer of a ticket. The mail leaves after 15 seconds; until then the console can take it back.',
    )
    .argument('<ticket>', 'T-1001')
    .option('--text <text>', 'what to say; otherwise standard input is read')
    .option('--state <state>', 'the ticket afterwards: open, waiting, solved or closed', 'waiting')
    .option('--note', 'write a note that only staff see instead')
    .addHelpText(
      'after',
      examples(
        'lodge tickets reply T-1001 --text "It works again." --state solved',
        'lodge tickets reply T-1001 < answer.txt',
      ),
    )
    .action(async (ticket: string, options: Options, self: Command) => {
      const state = textOption(options, 'state') ?? 'waiting';
      if (!states.includes(state)) throw usageError(`--state must be one of ${states.join(', ')}.`);
      const text = textOption(options, 'text') ?? (await piped(context));
      if (text.trim() === '') throw usageError('There is nothing to say: the text is empty.');
      const client = await context.client();
      const output = context.output(self);
      if (options['note'] === true) {
        output.value(await client.facts('POST', adminPath('tickets', ticket, 'notes'), { body: { text } }));
        return;
      }
      const { version } = await client.facts('GET', adminPath('tickets', ticket));
      const body = { text, state, version };
      const replied = await client.facts('POST', adminPath('tickets', ticket, 'reply'), { body });
      if (output.json) return output.value(replied);
      output.line(`Replied on ${ticket}; it leaves ${when(replied['undo_until'])}.`);
      const redacted = replied['redacted'];
      if (Array.isArray(redacted) && redacted.length > 0) {
        output.line(`${redacted.length} secrets were taken out of what you wrote.`);
      }
    });
}

async function piped(context: CliContext): Promise<string> {
  if (context.stdin.isTTY) throw usageError('Say what to reply with --text, or pipe it into the command.');
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const chunk of context.stdin) {
    pieces.push(Buffer.from(chunk));
    size += chunk.length;
    if (size > 4 * textMax) break;
  }
  const text = Buffer.concat(pieces).toString('utf8');
  if (text.length > textMax) throw usageError(`A reply may have ${textMax} characters at most.`);
  return text;
}

function rowOf(ticket: Facts): string[] {
  const requester = (ticket['requester'] ?? {}) as Facts;
  return [
    memberText(ticket, 'id'),
    memberText(ticket, 'state'),
    memberText(ticket, 'queue'),
    memberText(ticket, 'priority'),
    memberText(requester, 'address'),
    memberText(ticket, 'subject'),
    when(ticket['last_message_at']).replace(' UTC', 'Z'),
    ticket['due_at'] === null ? '-' : when(ticket['due_at']).replace(' UTC', 'Z'),
  ];
}

function showTicket(output: Output, ticket: Facts): void {
  const requester = (ticket['requester'] ?? {}) as Facts;
  const proof = requester['verified'] === true ? 'proven' : 'not proven';
  // What a customer wrote must not steer the terminal.
  const line = (text: string) => output.line(printable(text.replaceAll('\t', '    ')));
  const [id, state, queue, priority] = ['id', 'state', 'queue', 'priority'].map((name) => memberText(ticket, name));
  line(`${id}  ${memberText(ticket, 'subject')}`);
  line(`${state}, ${queue}, ${priority}; from ${memberText(requester, 'address')} (${proof})`);
  for (const message of (ticket['messages'] ?? []) as Facts[]) {
    const author = (message['author'] ?? {}) as Facts;
    const name = memberText(author, 'name') || memberText(author, 'address', 'the program');
    line('');
    line(`-- ${memberText(message, 'kind')}, ${name}, ${when(message['at'])}`);
    for (const each of memberText(message, 'text').split('\n')) line(each);
  }
}
