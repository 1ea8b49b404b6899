import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { adminPath, type Facts } from './client.ts';
import { type CliContext, collect, type Options, textOption, usageError, wholeNumber } from './context.ts';
import type { Column } from './output.ts';
import { examples, flatten, memberText, when } from './words.ts';

const columns: readonly Column[] = [
  { title: 'ID' },
  { title: 'STATE' },
  { title: 'RECEIVED' },
  { title: 'BY' },
  { title: 'FROM', flexible: true },
  { title: 'TO', flexible: true },
  { title: 'TICKET' },
  { title: 'WHY', flexible: true },
];

/** The body of a call has 1 MB, and base64 takes a third more. */
const mostFileBytes = 600_000;
const mostTextLength = 500_000;
const states = ['stored', 'read', 'threaded', 'routed', 'answered', 'quarantined', 'ignored'];

export function addMail(program: Command, context: CliContext): void {
  const mail = program
    .command('mail')
    .summary('send mail to the site, and look after mail that came in')
    .description('Send mail to the site itself, as a customer would, and look after mail that came in.');
  addSend(mail, context);
  addList(mail, context);
  addShow(mail, context);
  addReplay(mail, context);
  addQuarantine(mail, context);
}

function addSend(mail: Command, context: CliContext): void {
  mail
    .command('send')
    .summary('send a mail to the site, as a customer would')
    .description(
      'Send a mail to the site, as a customer would. It is signed for addresses of .localhost domains, which the embedded default believes; --unsigned sends as a stranger.',
    )
    .requiredOption('--as <address>', 'who writes')
    .requiredOption('--to <address>', 'a mailbox of the site')
    .option('--subject <text>', 'what it is about', '')
    .option('--text <text>', 'what it says; without it, standard input')
    .option('--name <name>', 'name of who writes', '')
    .option('--cc <address>', 'repeatable', collect)
    .option('--reply-to <address>', 'where answers are to go')
    .option('--attach <file>', 'repeatable', collect)
    .option('--id <message-id>', 'Message-ID, to send the same mail again')
    .option('--in-reply-to <message-id>', 'Message-ID that it answers')
    .option('--unsigned', 'nobody vouches for its sender')
    .addHelpText(
      'after',
      examples(
        'lodge mail send --as ada@example.localhost --to support@lodge.localhost --subject "bug: refused" --text "req_…"',
        'lodge mail send --as eve@example.com --unsigned --to support@lodge.localhost < mail.txt',
      ),
    )
    .action(async (options: Options, command: Command) => {
      const client = await context.client();
      const body = await sendBody(context, options);
      const sent = await client.facts('POST', adminPath('mailroom', 'send'), { body });
      const output = context.output(command);
      if (output.json) output.value(sent);
      else
        output.facts([
          ['message id', memberText(sent, 'message_id')],
          ['answer', memberText(sent, 'reply')],
        ]);
    });
}

async function sendBody(context: CliContext, options: Options): Promise<Facts> {
  const files = (options['attach'] ?? []) as readonly string[];
  const replyTo = textOption(options, 'replyTo');
  const id = textOption(options, 'id');
  const inReplyTo = textOption(options, 'inReplyTo');
  return {
    as: options['as'],
    to: options['to'],
    subject: options['subject'],
    name: options['name'],
    text: textOption(options, 'text') ?? (await standardInput(context)),
    cc: options['cc'] ?? [],
    files: await Promise.all(files.map(fileBody)),
    unsigned: options['unsigned'] === true,
    ...(replyTo !== undefined && { reply_to: replyTo }),
    ...(id !== undefined && { message_id: bracketed(id) }),
    ...(inReplyTo !== undefined && { in_reply_to: bracketed(inReplyTo) }),
  };
}

async function fileBody(file: string): Promise<Facts> {
  const found = await stat(file).catch(() => null);
  if (found === null || !found.isFile()) throw usageError(`There is no file ${file}.`);
  if (found.size > mostFileBytes) throw usageError(`${file} is larger than ${mostFileBytes / 1_000} kB.`);
  return { name: path.basename(file), base64: (await readFile(file)).toString('base64') };
}

async function standardInput(context: CliContext): Promise<string> {
  if (context.stdin.isTTY) throw usageError('Say what the mail says with --text, or pipe it into the command.');
  let text = '';
  for await (const chunk of context.stdin) {
    text += chunk.toString();
    if (text.length > mostTextLength) throw usageError('The text on standard input is longer than 500 kB.');
  }
  return text;
}

function bracketed(id: string): string {
  return id.startsWith('<') ? id : `<${id}>`;
}

function addList(mail: Command, context: CliContext): void {
  mail
    .command('list')
    .summary('list mail that came in, newest first')
    .option('--state <state>', states.join(', '))
    .option('--limit <number>', 'how many', wholeNumber('--limit', 1, 100_000), 50)
    .addHelpText('after', examples('lodge mail list', 'lodge mail list --state quarantined'))
    .action(async (options: Options, command: Command) => {
      await showList(context, command, textOption(options, 'state'), Number(options['limit']));
    });
}

async function showList(
  context: CliContext,
  command: Command,
  state: string | undefined,
  limit: number,
): Promise<void> {
  if (state !== undefined && !states.includes(state)) throw usageError(`--state must be one of ${states.join(', ')}.`);
  const client = await context.client();
  const mails = await client.list(adminPath('mailroom', 'mails'), { state }, limit);
  const output = context.output(command);
  if (output.json) output.value(mails);
  else output.table(columns, mails.map(rowOf));
}

function rowOf(mail: Facts): string[] {
  return [
    memberText(mail, 'id'),
    memberText(mail, 'state'),
    when(mail['received_at']),
    memberText(mail, 'came_by'),
    memberText(mail, 'from'),
    memberText(mail, 'to'),
    memberText(mail, 'ticket'),
    memberText(mail, 'quarantine_code', memberText(mail, 'last_error')),
  ];
}

function addShow(mail: Command, context: CliContext): void {
  mail
    .command('show')
    .summary('show how a mail came in and how far it is')
    .argument('<mail>', 'id of the mail')
    .action(async (id: string, _options: Options, command: Command) => {
      const client = await context.client();
      const facts = await client.facts('GET', adminPath('mailroom', 'mails', id));
      const output = context.output(command);
      if (output.json) output.value(facts);
      else output.facts(flatten(facts));
    });
}

function addReplay(mail: Command, context: CliContext): void {
  mail
    .command('replay')
    .summary('let a mail in quarantine go on where it stopped')
    .argument('<mail>', 'id of the mail')
    .addHelpText('after', examples('lodge mail replay imail_0123456789abcdef01234567'))
    .action(async (id: string, _options: Options, command: Command) => {
      const client = await context.client();
      const facts = await client.facts('POST', adminPath('mailroom', 'mails', id, 'run-again'));
      const output = context.output(command);
      if (output.json) output.value(facts);
      else output.line(`Mail ${id} goes on: ${memberText(facts, 'state')}.`);
    });
}

function addQuarantine(mail: Command, context: CliContext): void {
  mail
    .command('quarantine')
    .summary('list mail in quarantine, or discard one')
    .option('--discard <mail>', 'leave this one alone for good')
    .addHelpText(
      'after',
      examples('lodge mail quarantine', 'lodge mail quarantine --discard imail_0123456789abcdef01234567'),
    )
    .action(async (options: Options, command: Command) => {
      const id = textOption(options, 'discard');
      if (id === undefined) return showList(context, command, 'quarantined', 1_000);
      const client = await context.client();
      const facts = await client.facts('POST', adminPath('mailroom', 'mails', id, 'discard'));
      const output = context.output(command);
      if (output.json) output.value(facts);
      else output.line(`Mail ${id} is discarded.`);
    });
}
