import type pg from 'pg';
import { AppError } from '../../base/errors.ts';
import { inTransaction } from '../../db/index.ts';
import type { AccountContext } from '../../http/index.ts';
import type { DeskParts } from '../parts.ts';
import { routeTicket } from '../routing/index.ts';
import {
  appendEvent,
  changeTicket,
  eventActorOf,
  lockTicket,
  openTicket,
  type Queue,
  type Ticket,
  ticketName,
} from '../store/index.ts';
import { takeMessage } from '../threading/index.ts';
import { cleanLine, cleanText, takeUploads } from '../writing/index.ts';
import type { Category } from './json.ts';
import { canReply } from './page.ts';
import { type CustomerSight, customersTicketLocked } from './sight.ts';

/** A person opens no more within an hour: whoever has more to say says it in one. */
const openedPerHour = 20;
const repliesPerHour = 60;
const hourMs = 3_600_000;

export interface NewCustomerTicket {
  readonly category: Category;
  readonly subject: string;
  readonly text: string;
  readonly uploads: readonly string[];
  readonly locale?: 'en' | 'zh' | undefined;
  readonly organizationId: string | null;
}

export const queueOf: Readonly<Record<Category, Queue>> = {
  bug: 'bug',
  billing: 'billing',
  enterprise: 'enterprise',
  vulnerability: 'vulnerability',
  question: 'general',
};

/**
 * Opens a ticket as a mail with the category’s prefix would: the same rules sort it. Secrets in it are taken out before
 * anything is stored.
 *
 * @throws AppError `ticket_limit_reached`, those of uploads
 */
export async function openByCustomer(parts: DeskParts, context: AccountContext, input: NewCustomerTicket) {
  const { person } = context;
  const nowMs = parts.clock.now();
  const subject = cleanLine(input.subject, parts.redaction);
  const { text, findings } = cleanText(input.text, parts.redaction);
  const number = await inTransaction(parts.pool, async (client) => {
    await refuseFlood(client, person.accountId, nowMs);
    const attachments = await takeUploads(parts, client, person.accountId, input.uploads);
    const locale = input.locale ?? (await localeOf(client, person.accountId));
    const { ticket, messageId } = await openTicket(client, {
      subject: subject.text,
      queue: queueOf[input.category],
      mailboxId: null,
      cameBy: person.token === null ? 'console' : 'api',
      requester: { address: person.email, name: person.name },
      accountId: person.accountId,
      organizationId: input.organizationId,
      verified: true,
      locale,
      message: {
        kind: 'in',
        author: { accountId: person.accountId, address: person.email, name: person.name },
        verified: true,
        subject: subject.text,
        body: text,
        findings: [...subject.findings, ...findings],
        attachments,
      },
      actor: eventActorOf(context.actor),
      atMs: nowMs,
    });
    const prefixed = input.category === 'question' ? subject.text : `${input.category}: ${subject.text}`;
    const report = { subject: prefixed, text, attachedTexts: [], receivedAtMs: nowMs };
    const { readSigns, tell } = parts;
    await routeTicket(client, ticket.number, report, { readSigns, tell, automatic: false, onceBy: 'console' });
    const found = [...subject.findings, ...findings];
    await parts.noteReport(client, { ...report, ticketNumber: ticket.number, messageId, findings: found });
    return ticket.number;
  });
  return { number, findings: [...subject.findings, ...findings] };
}

/** @throws AppError `ticket_not_found`, `ticket_closed_long_ago`, `ticket_limit_reached`, those of uploads */
export async function replyByCustomer(
  parts: DeskParts,
  context: AccountContext,
  sight: CustomerSight,
  input: { readonly ticket: string; readonly text: string; readonly uploads: readonly string[] },
) {
  const { person } = context;
  const nowMs = parts.clock.now();
  const { text, findings } = cleanText(input.text, parts.redaction);
  return inTransaction(parts.pool, async (client) => {
    const ticket = await customersTicketLocked(client, sight, input.ticket);
    refuseEnded(ticket, nowMs);
    await refuseChatter(client, person.accountId, nowMs);
    const attachments = await takeUploads(parts, client, person.accountId, input.uploads);
    const message = {
      kind: 'in' as const,
      author: { accountId: person.accountId, address: person.email, name: person.name },
      verified: true,
      body: text,
      findings,
      attachments,
    };
    const taking = { as: 'party' as const, actor: eventActorOf(context.actor), atMs: nowMs };
    const { messageId, reopened } = await takeMessage(client, ticket, message, taking);
    const written = { subject: '', text, attachedTexts: [], receivedAtMs: nowMs, findings };
    await parts.noteReport(client, { ...written, ticketNumber: ticket.number, messageId });
    const after = await lockTicket(client, ticket.number);
    await parts.tell(client, { kind: reopened ? 'reopened' : 'message', ticket: after });
    return { ticket: after, messageId, findings };
  });
}

/** A customer says that it is done, or that it is not. @throws AppError `ticket_state_invalid` and those of replies */
export async function settleByCustomer(
  parts: DeskParts,
  context: AccountContext,
  sight: CustomerSight,
  name: string,
  state: 'closed' | 'open',
): Promise<Ticket> {
  const nowMs = parts.clock.now();
  return inTransaction(parts.pool, async (client) => {
    const ticket = await customersTicketLocked(client, sight, name);
    if (state === 'open') refuseEnded(ticket, nowMs);
    const actor = eventActorOf(context.actor);
    const options = { actor, expectedVersion: null, nowMs };
    const after = await changeTicket(client, ticket.number, { state }, options);
    if (after.state !== ticket.state) {
      if (state === 'open') {
        await appendEvent(client, ticket.number, {
          kind: 'customer_wrote',
          actor,
          data: { reopened: true },
          atMs: nowMs,
        });
      }
      await parts.tell(client, { kind: state === 'open' ? 'reopened' : 'closed', ticket: after });
    }
    return after;
  });
}

function refuseEnded(ticket: Ticket, nowMs: number): void {
  if (canReply(ticket, nowMs)) return;
  const name = ticketName(ticket.number);
  const message =
    ticket.mergedInto === null
      ? `${name} was closed more than 30 days ago. Open another ticket and name this one.`
      : `${name} was merged into ${ticketName(ticket.mergedInto)}; go on there.`;
  throw new AppError('ticket_closed_long_ago', message);
}

async function refuseFlood(client: pg.ClientBase, accountId: string, nowMs: number): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from tickets where account_id = $1 and opened_at > $2 and came_by <> 'staff'`,
    [accountId, new Date(nowMs - hourMs)],
  );
  if ((rows[0]?.count ?? 0) < openedPerHour) return;
  const message = `You have opened ${openedPerHour} tickets within an hour. Add to one of them, or wait.`;
  throw new AppError('ticket_limit_reached', message);
}

async function refuseChatter(client: pg.ClientBase, accountId: string, nowMs: number): Promise<void> {
  const { rows } = await client.query<{ count: number }>(
    `select count(*)::int as count from ticket_messages m join tickets t on t.number = m.ticket_number
      where t.account_id = $1 and m.account_id = $1 and m.kind = 'in' and m.at > $2`,
    [accountId, new Date(nowMs - hourMs)],
  );
  if ((rows[0]?.count ?? 0) < repliesPerHour) return;
  throw new AppError(
    'ticket_limit_reached',
    `You have written ${repliesPerHour} messages within an hour. Wait a little.`,
  );
}

async function localeOf(client: pg.ClientBase, accountId: string): Promise<'en' | 'zh'> {
  const { rows } = await client.query<{ locale: 'en' | 'zh' }>('select locale from accounts where id = $1', [
    accountId,
  ]);
  return rows[0]?.locale ?? 'en';
}
