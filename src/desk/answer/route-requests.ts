import type pg from 'pg';
import { z } from 'zod';
import { appendAudit } from '../../audit/index.ts';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import { type Route, type RouteContext, route } from '../../http/index.ts';
import {
  type ExplainWords,
  explain,
  flushBriefly,
  requestFactsSchema,
  timelineOf,
  timelineSchema,
  whatToDo,
  wordsOf,
} from '../../metering/index.ts';
import { localeShape, time, timeText } from '../shapes.ts';
import { mayStaff, seenAndLocked, seenTicket } from '../staff/sight.ts';
import { eventActorOf, type Ticket, ticketName } from '../store/index.ts';
import { type AnswerPreview, composeAgain, sendAgain } from './again.ts';
import type { AnsweringOptions } from './answer-mail.ts';
import { type BesideRequest, readBeside, type TicketBeside } from './beside.ts';

const params = z.object({ ticket: z.string().max(40).describe('`T-1001`.') });

const requestShape = z.object({
  id: z.string(),
  told: z.boolean().describe('Its facts were told to the one who named it.'),
  withheld: z.string().nullable().describe('Why they are not.'),
  request: requestFactsSchema
    .extend({
      organization_name: z.string().nullable(),
      explanation: z.array(z.string()),
      what_to_do: z.string().nullable(),
      timeline: timelineSchema,
    })
    .nullable()
    .describe('Null: there is no record of it.'),
});

const besideShape = z
  .object({
    requests: z.array(requestShape),
    mistyped: z.array(z.string()).describe('What was meant as an id, as it was written.'),
    keys: z.array(
      z.object({
        prefix: z.string(),
        id: z.string().nullable().describe('Null: no key of this site.'),
        name: z.string().nullable(),
        state: z.enum(['enabled', 'disabled', 'deleted', 'expired']).nullable(),
        organization_id: z.string().nullable(),
        organization_name: z.string().nullable(),
        group_name: z.string().nullable(),
      }),
    ),
    account: z
      .object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        email_verified: z.boolean(),
        state: z.enum(['active', 'disabled']),
      })
      .nullable()
      .describe('Of the address that began the ticket.'),
    organization: z
      .object({
        id: z.string(),
        name: z.string(),
        state: z.enum(['active', 'suspended', 'deleted']),
        plan: z.enum(['starter', 'pro', 'enterprise']),
      })
      .nullable(),
    recent_failures: z
      .array(
        z.object({
          code: z.string(),
          fault: z.string().nullable(),
          count: z.int(),
          last_request_id: z.string(),
          last_at: time,
          why: z.string(),
        }),
      )
      .describe('Of the organization, in the last 24 hours.'),
  })
  .meta({ id: 'TicketRequests' });

const answerShape = z
  .object({
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    told: z.array(z.string()).describe('Ids of requests whose facts stand in it.'),
    withheld: z.array(z.object({ id: z.string(), why: z.string() })),
    message: z.string().nullable().describe('Id of the message that was sent; null: it was shown only.'),
  })
  .meta({ id: 'TicketAnswer' });

/** The calls that a ticket is about, and the answer that is made from them. */
export function answerRoutes(options: AnsweringOptions): readonly Route[] {
  return [besideRoute(options), againRoute(options)];
}

function besideRoute({ pool, clock, journal }: AnsweringOptions): Route {
  return route({
    method: 'GET',
    path: '/admin/v1/tickets/{ticket}/requests',
    summary: 'Show the calls that a ticket names, explained, and what is known beside them',
    access: 'staff:tickets.read',
    params,
    query: z.object({ locale: localeShape.default('en').describe('Language of the explanations.') }),
    responses: { 200: besideShape },
    problems: { ticket_not_found: 404 },
    async handle(context, { params: { ticket: name }, query }) {
      const ticket = await seenTicket(pool, context, name);
      requireFacts(context);
      await flushBriefly(journal);
      const beside = await readBeside(pool, ticket, clock.now());
      await noteSight(pool, context, ticket, beside);
      return { status: 200, body: besideBody(beside, wordsOf(query.locale)) };
    },
  });
}

function againRoute(options: AnsweringOptions): Route {
  const { pool, journal } = options;
  return route({
    method: 'POST',
    path: '/admin/v1/tickets/{ticket}/answer-again',
    summary: 'Make the automatic answer of a ticket anew, and send it if wanted',
    access: 'staff:tickets.write',
    params,
    body: z.object({
      send: z.boolean().default(false).describe('False: it is only shown.'),
      locale: localeShape.optional().describe('Absent: the ticket’s.'),
    }),
    responses: { 200: answerShape },
    problems: { ticket_not_found: 404, answer_not_possible: 409 },
    async handle(context, { params: { ticket: name }, body }) {
      requireFacts(context);
      await flushBriefly(journal);
      const { preview, message } = await inTransaction(pool, async (client) => {
        const ticket = await seenAndLocked(client, context, name);
        const spoken = { ...ticket, locale: body.locale ?? ticket.locale };
        const preview = await composeAgain(client, spoken, options);
        if (!body.send) return { preview, message: null };
        const message = await sendAgain(client, spoken, preview, { actor: eventActorOf(context.actor), options });
        await audit(client, context, ticket, 'ticket.answered_again', { message, to: preview.to });
        return { preview, message };
      });
      return { status: 200, body: answerBody(preview, message) };
    },
  });
}

/** @throws AppError `permission_missing` */
function requireFacts(context: RouteContext): void {
  if (!mayStaff(context, 'requests.read'))
    throw new AppError('permission_missing', 'This needs the staff permission requests.read as well.');
}

/** Whoever looks at a customer's calls leaves a line where the customer can read it. */
async function noteSight(pool: pg.Pool, context: RouteContext, ticket: Ticket, beside: TicketBeside): Promise<void> {
  const requests = beside.requests.filter(({ facts }) => facts !== null).map(({ id }) => id);
  await audit(pool, context, ticket, 'ticket.facts_seen', { requests });
}

async function audit(
  client: pg.ClientBase | pg.Pool,
  { actor }: RouteContext,
  { number, organizationId }: Ticket,
  action: string,
  after: Readonly<Record<string, unknown>>,
): Promise<void> {
  await appendAudit(client, actor, {
    action,
    organizationId,
    subject: { kind: 'ticket', id: ticketName(number) },
    after,
  });
}

function besideBody(beside: TicketBeside, words: ExplainWords): z.input<typeof besideShape> {
  const { requests, mistyped, keys, account, organization, failures } = beside;
  return {
    requests: requests.map((request) => requestBody(request, words)),
    mistyped: [...mistyped],
    keys: keys.map(({ organizationId, organizationName, groupName, ...key }) => ({
      ...key,
      organization_id: organizationId,
      organization_name: organizationName,
      group_name: groupName,
    })),
    account: account && {
      id: account.id,
      name: account.name,
      email: account.email,
      email_verified: account.emailVerified,
      state: account.state,
    },
    organization,
    recent_failures: failures.map(({ code, fault, count, lastId, lastAtMs }) => ({
      code,
      fault,
      count,
      last_request_id: lastId,
      last_at: timeText(lastAtMs),
      why: (words.codes[code] ?? words.unknownCode).why,
    })),
  };
}

function requestBody({ id, facts, organizationName, told, withheld }: BesideRequest, words: ExplainWords) {
  if (facts === null) return { id, told, withheld, request: null };
  const rule_words = (facts.charge.rule && words.rules[facts.charge.rule]) ?? facts.charge.rule_words;
  const request = {
    ...facts,
    charge: { ...facts.charge, rule_words },
    organization_name: organizationName,
    explanation: explain(facts, { words }),
    what_to_do: whatToDo(facts, words),
    timeline: timelineOf(facts),
  };
  return { id, told, withheld, request };
}

function answerBody({ to, subject, text, asked }: AnswerPreview, message: string | null): z.input<typeof answerShape> {
  const told = asked.flatMap(({ id, telling }) => (telling.tell ? [id] : []));
  const withheld = asked.flatMap(({ id, telling }) => (telling.tell ? [] : [{ id, why: telling.why }]));
  return { to, subject, text, told, withheld, message };
}
