import type pg from 'pg';
import { requestIdTime } from '../../base/request-id.ts';
import type { MailPlace, ReadMail } from '../../mailroom/index.ts';
import {
  appendEvent,
  changeTicket,
  freezeAnew,
  lockTicket,
  programActor,
  type Queue,
  readTicket,
  type SupportPlan,
  type Ticket,
} from '../store/index.ts';
import { rolesFor, type Tell } from '../telling/index.ts';
import { type MailboxPurpose, organizationsOf } from '../threading/index.ts';
import { decideRoute, sortedBy } from './decide-route.ts';
import type { Prefix, Route, RoutingFacts } from './rule.ts';
import { readRules } from './rules-store.ts';

/** What routing needs of a report; `src/desk/reading/` reads it. */
export interface ReportSigns {
  readonly prefix: Prefix | null;
  readonly tools: readonly string[];
  readonly errorCodes: readonly string[];
  readonly hasFailure: boolean;
  readonly impact: boolean;
  readonly impactInSubject: boolean;
  readonly requestIds: readonly string[];
  readonly language: 'en' | 'zh';
}

export interface Report {
  readonly subject: string;
  readonly text: string;
  readonly attachedTexts: readonly string[];
  readonly receivedAtMs: number;
}

export type ReadSigns = (report: Report) => ReportSigns;

export interface RouteOptions {
  readonly readSigns: ReadSigns;
  readonly tell: Tell;
}

export function reportOf({ subject, text, attachedTexts, receivedAtMs }: ReadMail): Report {
  return { subject, text, attachedTexts, receivedAtMs };
}

/** The queue of a mail until its rules are asked. */
export function firstQueueOf(readSigns: ReadSigns) {
  return (mail: ReadMail, mailbox: MailboxPurpose | null): Queue => {
    const { prefix, hasFailure } = readSigns(reportOf(mail));
    const { subject, text, automatic } = mail;
    return sortedBy({ prefix, mailbox, subject, text, hasFailure, automatic: automatic !== null }).queue;
  };
}

/** The step `route`: what a mail that opened a ticket makes of it. Later mails have done their work in threading. */
export async function routeMail(
  client: pg.ClientBase,
  mail: ReadMail,
  place: MailPlace,
  { readSigns, tell }: RouteOptions,
): Promise<void> {
  if (!place.opened) return;
  await routeTicket(client, place.ticketNumber, reportOf(mail), {
    readSigns,
    tell,
    automatic: mail.automatic !== null,
    onceBy: mail.id,
  });
}

interface Routing extends RouteOptions {
  readonly automatic: boolean;
  /** Names what caused it: routing happens once for it. */
  readonly onceBy: string;
}

/** Sorts a ticket that has just begun, by mail or in the console. */
export async function routeTicket(
  client: pg.ClientBase,
  number: bigint,
  report: Report,
  { readSigns, tell, automatic, onceBy }: Routing,
): Promise<void> {
  const signs = readSigns(report);
  const ticket = await withOrganization(
    client,
    await lockTicket(client, number),
    signs.requestIds,
    report.receivedAtMs,
  );
  const facts = await factsOf(client, ticket, report, signs, automatic);
  const rules = (await readRules(client)).filter(({ enabled }) => enabled);
  const route = decideRoute(facts, rules);
  const { by, ruleId, claimed, dropAnswer } = route;
  const data = { queue: route.queue, priority: route.priority, by, rule: ruleId, drop_answer: dropAnswer };
  const once = `routed:${onceBy}`;
  if (!(await appendEvent(client, number, { kind: 'routed', actor: programActor, data, once }))) return;
  if (claimed !== null) {
    await appendEvent(client, number, { kind: 'prefix_noted', actor: programActor, data: { prefix: claimed } });
  }
  await apply(client, ticket, route, report.receivedAtMs);
  if (!automatic) await tell(client, { kind: 'opened', ticket: await readTicket(client, number) });
}

async function apply(client: pg.ClientBase, ticket: Ticket, route: Route, nowMs: number): Promise<void> {
  const assigneeId = await staffWhoMay(client, route);
  await changeTicket(
    client,
    ticket.number,
    {
      queue: route.queue,
      priority: route.priority,
      addTags: route.tags,
      ...(assigneeId === null ? {} : { assigneeId }),
    },
    { actor: programActor, expectedVersion: null, nowMs },
  );
}

/** A rule may name somebody who is no staff any more, or may not see the queue: then nobody has it. */
async function staffWhoMay(client: pg.ClientBase, { assigneeId, queue }: Route): Promise<string | null> {
  if (assigneeId === null) return null;
  const { rows } = await client.query<{ id: string }>(
    `select id from accounts where id = $1 and state = 'active' and staff_role = any($2)`,
    [assigneeId, rolesFor(queue)],
  );
  return rows[0]?.id ?? null;
}

/** Whoever belongs to several organizations writes about the one that made the calls that they name. */
async function withOrganization(
  client: pg.ClientBase,
  ticket: Ticket,
  requestIds: readonly string[],
  nowMs: number,
): Promise<Ticket> {
  if (ticket.accountId === null || ticket.cameBy !== 'mail' || requestIds.length === 0) return ticket;
  const own = (await organizationsOf(client, ticket.accountId)).map(({ id }) => id);
  if (own.length < 2) return ticket;
  const ids = requestIds.slice(0, 20);
  const { rows } = await client.query<{ organization_id: string }>(
    `select r.organization_id from unnest($1::text[], $2::timestamptz[]) as named (id, received_at)
       join request_records r on r.received_at = named.received_at and r.id = named.id
      where r.organization_id = any($3) group by r.organization_id order by count(*) desc, r.organization_id limit 1`,
    [ids, ids.map((id) => new Date(requestIdTime(id))), own],
  );
  const found = rows[0]?.organization_id;
  if (found === undefined || found === ticket.organizationId) return ticket;
  await client.query('update tickets set organization_id = $2 where number = $1', [ticket.number, found]);
  await freezeAnew(client, await readTicket(client, ticket.number), programActor, nowMs);
  return readTicket(client, ticket.number);
}

async function factsOf(
  client: pg.ClientBase,
  ticket: Ticket,
  { subject, text }: Report,
  signs: ReportSigns,
  automatic: boolean,
): Promise<RoutingFacts> {
  const { rows } = await client.query<{ purpose: MailboxPurpose | null; plan: SupportPlan | null }>(
    `select (select purpose from mailboxes where id = $1) as purpose,
       (select plan from support_plans where organization_id = $2) as plan`,
    [ticket.mailboxId, ticket.organizationId],
  );
  return {
    subject,
    text,
    address: ticket.requester.address,
    organizationId: ticket.organizationId,
    plan: ticket.organizationId === null ? null : (rows[0]?.plan ?? 'starter'),
    mailbox: rows[0]?.purpose ?? null,
    prefix: signs.prefix,
    tools: signs.tools,
    errorCodes: signs.errorCodes,
    hasFailure: signs.hasFailure,
    impact: signs.impact,
    impactInSubject: signs.impactInSubject,
    verified: ticket.verified,
    automatic,
  };
}
