import { z } from 'zod';
import { attachmentShape, localeShape, priorityShape, queueShape, stateShape, time, timeText } from '../shapes.ts';
import {
  type Attachment,
  type Db,
  type Participant,
  type Ticket,
  type TicketEvent,
  type TicketFact,
  type TicketLink,
  type TicketMessage,
  ticketName,
} from '../store/index.ts';

const person = z.object({ id: z.string(), name: z.string(), email: z.string() });
const named = z.object({ id: z.string(), name: z.string() });

const summary = {
  id: z.string().describe('`T-1001`.'),
  subject: z.string(),
  state: stateShape,
  queue: queueShape,
  priority: priorityShape,
  came_by: z.enum(['mail', 'console', 'api', 'staff']),
  requester: z.object({
    address: z.string(),
    name: z.string(),
    verified: z.boolean().describe('The first message was proven to be from this address.'),
  }),
  account: person.nullable().describe('Null: a stranger’s.'),
  organization: named.nullable(),
  plan: z.enum(['starter', 'pro', 'enterprise']).describe('What was promised when it began.'),
  locale: localeShape,
  assignee: person.nullable(),
  tags: z.array(z.string()),
  unread: z.boolean(),
  due_at: time.nullable().describe('Null: no clock runs.'),
  due_kind: z.enum(['first_response', 'next_response', 'resolution']).nullable(),
  breached: z.boolean(),
  snoozed_until: time.nullable(),
  merged_into: z.string().nullable(),
  last_author: z.enum(['customer', 'staff', 'system']),
  last_message_at: time,
  opened_at: time,
  changed_at: time,
  first_replied_at: time.nullable(),
  solved_at: time.nullable(),
  closed_at: time.nullable(),
  rating: z.object({ stars: z.int(), comment: z.string().nullable(), at: time }).nullable(),
  version: z.int(),
};

export const ticketShape = z.object(summary).meta({ id: 'Ticket' });

export const messageShape = z
  .object({
    id: z.string(),
    kind: z.enum(['in', 'out', 'note', 'automatic']),
    at: time,
    author: z.object({ id: z.string().nullable(), name: z.string(), address: z.string() }),
    verified: z.boolean(),
    subject: z.string(),
    text: z.string().describe('Without what it quotes.'),
    quoted: z.string(),
    has_html: z.boolean().describe('`…/messages/{message}/html` shows it.'),
    to: z.array(z.string()),
    cc: z.array(z.string()),
    automatic: z.string().nullable().describe('A machine has sent it.'),
    mail: z.string().nullable().describe('Id of the mail as it came; null: it did not come by mail.'),
    redacted: z.int().describe('How many secrets were taken out.'),
    attachments: z.array(attachmentShape),
    delivery: z
      .object({
        state: z.string(),
        undo_until: time.nullable(),
        bounced_at: time.nullable(),
        error: z.string().nullable(),
      })
      .nullable()
      .describe('Of a mail that went out.'),
  })
  .meta({ id: 'TicketMessage' });

const eventShape = z.object({
  id: z.string(),
  kind: z.string(),
  at: time,
  actor: z.object({ id: z.string().nullable(), name: z.string() }),
  data: z.record(z.string(), z.unknown()),
});

export const clockShape = z.object({
  state: z.enum(['none', 'running', 'paused', 'met', 'breached']),
  due_at: time.nullable(),
  target_ms: z.int().nullable().describe('Work time.'),
  used_ms: z.int(),
  met_at: time.nullable(),
});

export const ticketPageShape = z
  .object({
    ...summary,
    messages: z.array(messageShape).describe('At most 500, the latest; `earlier` says how many stand before.'),
    earlier: z.int(),
    participants: z.array(
      z.object({ address: z.string(), name: z.string(), role: z.enum(['requester', 'cc', 'follower']) }),
    ),
    following: z.boolean(),
    facts: z.array(
      z.object({
        kind: z.string(),
        value: z.string(),
        message: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    links: z.array(
      z.object({
        id: z.string(),
        subject: z.string(),
        state: stateShape,
        kind: z.enum(['related', 'duplicate', 'follow_up', 'split']),
        direction: z.enum(['from', 'to']),
      }),
    ),
    merged: z.array(z.string()).describe('Tickets that were merged into this one.'),
    events: z.array(eventShape),
    clocks: z.object({ first_response: clockShape, next_response: clockShape, resolution: clockShape }),
    policy: z.object({ id: z.string(), version: z.int() }),
  })
  .meta({ id: 'TicketPage' });

/** Names that ids have today. */
export interface Names {
  readonly accounts: ReadonlyMap<string, z.output<typeof person>>;
  readonly organizations: ReadonlyMap<string, string>;
}

export async function namesOf(db: Db, tickets: readonly Ticket[]): Promise<Names> {
  const accountIds = tickets
    .flatMap(({ accountId, assigneeId }) => [accountId, assigneeId])
    .filter((id) => id !== null);
  const organizationIds = tickets.map(({ organizationId }) => organizationId).filter((id) => id !== null);
  const accounts = await db.query<{ id: string; name: string; email: string }>(
    'select id, name, email from accounts where id = any($1)',
    [[...new Set(accountIds)]],
  );
  const organizations = await db.query<{ id: string; name: string }>(
    'select id, name from organizations where id = any($1)',
    [[...new Set(organizationIds)]],
  );
  return {
    accounts: new Map(accounts.rows.map((row) => [row.id, row])),
    organizations: new Map(organizations.rows.map(({ id, name }) => [id, name])),
  };
}

export function ticketBody(ticket: Ticket, names: Names): z.input<typeof ticketShape> {
  const { organizationId, rating, ratedAtMs } = ticket;
  return {
    id: ticketName(ticket.number),
    subject: ticket.subject,
    state: ticket.state,
    queue: ticket.queue,
    priority: ticket.priority,
    came_by: ticket.cameBy,
    requester: { ...ticket.requester, verified: ticket.verified },
    account: names.accounts.get(ticket.accountId ?? '') ?? null,
    organization:
      organizationId === null ? null : { id: organizationId, name: names.organizations.get(organizationId) ?? '' },
    plan: ticket.target.plan,
    locale: ticket.locale,
    assignee: names.accounts.get(ticket.assigneeId ?? '') ?? null,
    tags: [...ticket.tags],
    unread: ticket.unread,
    due_at: timeText(ticket.dueAtMs),
    due_kind: ticket.dueKind,
    breached: ticket.breached,
    snoozed_until: timeText(ticket.snoozedUntilMs),
    merged_into: ticket.mergedInto === null ? null : ticketName(ticket.mergedInto),
    last_author: ticket.lastAuthor,
    last_message_at: timeText(ticket.lastMessageAtMs),
    opened_at: timeText(ticket.openedAtMs),
    changed_at: timeText(ticket.changedAtMs),
    first_replied_at: timeText(ticket.firstRepliedAtMs),
    solved_at: timeText(ticket.solvedAtMs),
    closed_at: timeText(ticket.closedAtMs),
    rating:
      rating === null || ratedAtMs === null
        ? null
        : { stars: rating, comment: ticket.ratingComment, at: timeText(ratedAtMs) },
    version: ticket.version,
  };
}

export function attachmentBody({ id, name, type, size, inline, scan }: Attachment): z.input<typeof attachmentShape> {
  return { id, name, type, size, inline: inline && scan !== 'infected', scan };
}

/** How the mail of a reply fares. */
export interface Delivery {
  readonly state: string;
  readonly undoUntilMs: number | null;
  readonly bouncedAtMs: number | null;
  readonly error: string | null;
}

export function messageBody(message: TicketMessage, delivery: Delivery | null): z.input<typeof messageShape> {
  const { author, recipients } = message;
  return {
    id: message.id,
    kind: message.kind,
    at: timeText(message.atMs),
    author: { id: author.accountId, name: author.name, address: author.address },
    verified: message.verified,
    subject: message.subject,
    text: message.body,
    quoted: message.quoted,
    has_html: message.html !== null,
    to: [...recipients.to],
    cc: [...recipients.cc],
    automatic: message.automatic,
    mail: message.incomingId,
    redacted: message.findings.length,
    attachments: message.attachments.map(attachmentBody),
    delivery: delivery && {
      state: delivery.state,
      undo_until: timeText(delivery.undoUntilMs),
      bounced_at: timeText(delivery.bouncedAtMs),
      error: delivery.error,
    },
  };
}

export function eventBody({ id, kind, atMs, actor, data }: TicketEvent): z.input<typeof eventShape> {
  return { id: String(id), kind, at: timeText(atMs), actor: { ...actor }, data: { ...data } };
}

export function factBody({ kind, value, messageId, detail }: TicketFact) {
  return { kind, value, message: messageId, detail: { ...detail } };
}

export function linkBody({ number, subject, state, kind, direction }: TicketLink) {
  return { id: ticketName(number), subject, state, kind, direction };
}

export function participantBody({ address, name, role }: Participant) {
  return { address, name, role };
}
