import type { Command } from 'commander';
import { z } from 'zod';
import { AdminClient, adminPath, type Facts } from './client.ts';
import type { CliContext } from './context.ts';
import { type DemoCustomer, registerCustomer, until } from './demo-customer.ts';
import type { Output } from './output.ts';
import { findSite, type RunningSite } from './site.ts';
import { examples } from './words.ts';

/** What stands at the end of the story, for `--json`. */
interface Told {
  readonly step: string;
  readonly facts: Facts;
}

/** One telling: where, by whom, and what was said so far. */
interface Stage {
  readonly site: RunningSite;
  readonly admin: AdminClient;
  readonly output: Output;
  readonly support: string;
  readonly told: Told[];
}

export function addDemo(program: Command, context: CliContext): void {
  const demo = program
    .command('demo')
    .summary('play what the site does')
    .description('Play what the site does, in the terminal.');
  demo
    .command('desk')
    .summary('a refused call, a mail, and what the desk makes of it')
    .description(
      'Play a customer’s mail about a refused call: the ticket, the answer, what a stranger gets, and a key that goes out of use. A site of its own is started and thrown away.',
    )
    .option('--here', 'on the running site; leaves an account and three tickets behind')
    .addHelpText('after', examples('lodge demo desk', 'lodge demo desk --here'))
    .action(async (options: { here?: boolean }, self: Command) => {
      const output = context.output(self);
      const own = options.here === true ? null : await context.hooks.demoSite();
      try {
        await play(own ?? (await findSite(context.terminal.environment)), output);
      } finally {
        await own?.stop();
      }
    });
}

async function play(site: RunningSite, output: Output): Promise<void> {
  const startedMs = performance.now();
  const admin = new AdminClient(site);
  const response = await fetch(`${site.url}/control/v1/site`);
  const { support_address: support } = publicPage.parse(await response.json());
  const stage: Stage = { site, admin, output, support, told: [] };
  const name = `ada-${Math.random().toString(36).slice(2, 8)}`;
  const customer = await registerCustomer(site.url, `${name}@customer.localhost`, 'Ada');
  const key = await makeKey(customer, 'laptop', 1);
  const id = await refusedCall(stage, key.secret);
  const ticket = await ticketOf(stage, customer.email, id);
  await callBeside(stage, ticket, id);
  await answerTo(stage, customer.email, '4. The answer in the outbox, to the verified owner', id);
  await strangerAsks(stage, id);
  await keyInMail(stage, customer);
  if (output.json) output.value({ steps: stage.told });
  else output.line(output.style('green', `✓ Told in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s.`));
}

const publicPage = z.looseObject({ support_address: z.string() });
const keyMade = z.object({ key: z.object({ id: z.string(), prefix: z.string() }), secret: z.string() });
const ticketPage = z.object({
  data: z.array(z.looseObject({ id: z.string(), queue: z.string(), subject: z.string(), state: z.string() })),
});
const mailPage = z.object({ data: z.array(z.looseObject({ id: z.string(), kind: z.string() })) });
const mailText = z.looseObject({ subject: z.string(), text: z.string() });

async function makeKey(customer: DemoCustomer, name: string, requestsPerMinute: number) {
  const path = `/control/v1/organizations/${customer.organization}/keys`;
  const limits = { requests_per_minute: requestsPerMinute };
  return keyMade.parse(await customer.call('POST', path, { name, group: 'openai-standard', limits }));
}

async function refusedCall(stage: Stage, secret: string): Promise<string> {
  const call = () =>
    fetch(`${stage.site.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-5.5', messages: [{ role: 'user', content: 'Hello' }] }),
    });
  await (await call()).text();
  const refused = await call();
  const answer = await refused.text();
  const id = refused.headers.get('x-request-id') ?? '';
  tell(stage, '1. A call is refused', { status: refused.status, request_id: id }, answer.slice(0, 300));
  return id;
}

async function ticketOf(stage: Stage, email: string, id: string): Promise<string> {
  const text = `Hello,\n\nsince a minute ago my calls fail. The last one was ${id.toLowerCase()}.\n\nAda`;
  const startedMs = performance.now();
  await send(stage, email, 'bug: calls fail since this morning', text);
  const ticket = await newTicket(stage, email);
  const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
  const shown = { ticket: ticket.id, queue: ticket.queue, subject: ticket.subject, after_seconds: seconds };
  tell(stage, `2. The customer mails ${stage.support}, and a ticket stands in its queue`, shown);
  return ticket.id;
}

async function callBeside(stage: Stage, ticket: string, id: string): Promise<void> {
  const { request } = await until('The call beside the ticket', async () => {
    const beside = besidePage.parse(await stage.admin.facts('GET', adminPath('tickets', ticket, 'requests')));
    return beside.requests.find((each) => each.id === id && each.request !== null) ?? null;
  });
  const shown = {
    limit: limitWords(request?.['limit']),
    mode: request?.['mode'],
    charge: (request?.['charge'] as Facts | undefined)?.['actual_cost_usd'],
    vendor_status: request?.['upstream_status'] ?? 'none: it never reached the vendor',
    attempts: (request?.['attempts'] as readonly unknown[] | undefined)?.length,
  };
  tell(stage, '3. Staff see the exact call beside it, without any content', shown);
}

const besidePage = z.looseObject({
  requests: z.array(z.object({ id: z.string(), request: z.record(z.string(), z.unknown()).nullable() })),
});

async function answerTo(stage: Stage, email: string, title: string, id: string): Promise<void> {
  const { subject, text } = await mailTo(stage, email, 'ticket-answer');
  tell(stage, title, { to: email, subject, names_the_call: text.includes(id) }, text);
}

async function strangerAsks(stage: Stage, id: string): Promise<void> {
  const stranger = `eve-${Math.random().toString(36).slice(2, 8)}@elsewhere.localhost`;
  await send(stage, stranger, 'bug: please look', `What became of ${id}?`);
  await newTicket(stage, stranger);
  await answerTo(stage, stranger, '5. A stranger who sends the same id gets a ticket, and no fact', id);
}

async function keyInMail(stage: Stage, customer: DemoCustomer): Promise<void> {
  const key = await makeKey(customer, 'backend', 60);
  const stranger = `finder-${Math.random().toString(36).slice(2, 8)}@elsewhere.localhost`;
  await send(stage, stranger, 'I found this', `It lay in a public place: ${key.secret}`);
  const ticket = await newTicket(stage, stranger);
  const shown = await until('The end of the key', async () => {
    const found = await stage.admin.facts('GET', adminPath('keys', key.key.id));
    return found['state'] === 'disabled' ? found : null;
  });
  const told = await mailTo(stage, customer.email, 'key-reported');
  const page = await stage.admin.facts('GET', adminPath('tickets', ticket.id));
  const facts = { key: `${key.key.prefix}…`, state: shown['state'], owner_told: told.subject };
  tell(stage, '6. A whole key in a mail goes out of use, and its owner is told', facts);
  const kept = JSON.stringify(page).includes(key.secret) ? 'the key itself' : 'no key';
  const note = (page['messages'] as readonly Facts[]).find((message) => message['kind'] === 'note');
  tell(stage, '7. On the ticket stands a note', { ticket: ticket.id, in_clear: kept }, String(note?.['text'] ?? ''));
}

function send({ admin, support }: Stage, as: string, subject: string, text: string): Promise<Facts> {
  return admin.facts('POST', adminPath('mailroom', 'send'), { body: { as, to: support, subject, text } });
}

function newTicket({ admin }: Stage, requester: string) {
  return until('The ticket', async () => {
    const query = { view: 'all', requester };
    const { data } = ticketPage.parse(await admin.call('GET', adminPath('tickets'), { query }));
    return data[0] ?? null;
  });
}

async function mailTo({ admin }: Stage, recipient: string, kind: string) {
  const mail = await until(`The mail to ${recipient}`, async () => {
    const { data } = mailPage.parse(await admin.call('GET', adminPath('mail'), { query: { recipient, kind } }));
    return data[0] ?? null;
  });
  return mailText.parse(await admin.call('GET', adminPath('mail', mail.id)));
}

function tell({ output, told }: Stage, title: string, facts: Facts, text?: string): void {
  told.push({ step: title, facts: text === undefined ? facts : { ...facts, text } });
  if (output.json) return;
  output.line(output.style('green', title));
  output.facts(Object.entries(facts).map(([name, value]) => [name.replaceAll('_', ' '), shownValue(value)]));
  if (text !== undefined) output.line(`\n${text.replaceAll(/^/gm, '   │ ').trimEnd()}`);
  output.line();
}

function limitWords(limit: unknown): string {
  const { kind, used, limit: most } = (limit ?? {}) as Facts;
  return limit === null || limit === undefined ? 'none was near' : `${used} of ${most} ${kind}`;
}

function shownValue(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
