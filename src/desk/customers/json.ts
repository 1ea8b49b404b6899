import { z } from 'zod';
import { attachmentShape, stateShape, time, timeText } from '../shapes.ts';
import { attachmentBody } from '../staff/json.ts';
import { type Ticket, type TicketMessage, ticketName } from '../store/index.ts';

/** What customers file a ticket under; staff's queues follow from it. */
export const categories = ['bug', 'billing', 'enterprise', 'vulnerability', 'question'] as const;
export type Category = (typeof categories)[number];

const summary = {
  id: z.string().describe('`T-1001`.'),
  subject: z.string(),
  state: stateShape.describe('waiting: for you.'),
  category: z.enum(categories),
  priority: z.enum(['low', 'normal', 'high', 'urgent']),
  requester: z.object({ address: z.string(), name: z.string() }),
  own: z.boolean().describe('You have opened it.'),
  organization_id: z.string().nullable(),
  due_at: time.nullable().describe('When an answer was promised for; null: nothing was promised, or we wait for you.'),
  last_author: z.enum(['customer', 'staff', 'system']),
  last_message_at: time,
  opened_at: time,
  solved_at: time.nullable(),
  closed_at: time.nullable(),
  merged_into: z.string().nullable(),
  rating: z.int().nullable(),
};

export const customerTicketShape = z.object(summary).meta({ id: 'CustomerTicket' });

export const customerMessageShape = z
  .object({
    id: z.string(),
    kind: z.enum(['in', 'out', 'automatic']),
    at: time,
    author: z.object({
      name: z.string(),
      address: z.string().describe('Empty: the site’s own people.'),
      role: z.enum(['customer', 'support', 'program']),
    }),
    text: z.string(),
    quoted: z.string(),
    has_html: z.boolean(),
    redacted: z.int().describe('How many secrets were taken out.'),
    attachments: z.array(attachmentShape),
  })
  .meta({ id: 'CustomerMessage' });

export const customerPageShape = z
  .object({
    ...summary,
    messages: z.array(customerMessageShape),
    participants: z.array(z.object({ address: z.string(), name: z.string() })),
    can_reply: z.boolean().describe('False: closed for over 30 days, or merged. Open another one then.'),
    history: z.array(z.object({ kind: z.string(), at: time })).describe('What became of it.'),
    plan: z.enum(['starter', 'pro', 'enterprise']),
  })
  .meta({ id: 'CustomerTicketPage' });

export function customerTicketBody(ticket: Ticket, viewerId: string): z.input<typeof customerTicketShape> {
  return {
    id: ticketName(ticket.number),
    subject: ticket.subject,
    state: ticket.state,
    category: categoryOf(ticket.queue),
    priority: ticket.priority,
    requester: { ...ticket.requester },
    own: ticket.accountId === viewerId,
    organization_id: ticket.organizationId,
    due_at: ticket.state === 'open' ? timeText(ticket.dueAtMs) : null,
    last_author: ticket.lastAuthor,
    last_message_at: timeText(ticket.lastMessageAtMs),
    opened_at: timeText(ticket.openedAtMs),
    solved_at: timeText(ticket.solvedAtMs),
    closed_at: timeText(ticket.closedAtMs),
    merged_into: ticket.mergedInto === null ? null : ticketName(ticket.mergedInto),
    rating: ticket.rating,
  };
}

function categoryOf(queue: Ticket['queue']): Category {
  return queue === 'general' || queue === 'spam' ? 'question' : queue;
}

/** Staff appear by name; their addresses are the site's own affair. */
export function customerMessageBody(message: TicketMessage, siteName: string): z.input<typeof customerMessageShape> {
  const { kind, author } = message;
  return {
    id: message.id,
    kind: kind === 'note' ? 'out' : kind,
    at: timeText(message.atMs),
    author:
      kind === 'in'
        ? { name: author.name, address: author.address, role: 'customer' }
        : kind === 'out'
          ? { name: author.name || siteName, address: '', role: 'support' }
          : { name: siteName, address: '', role: 'program' },
    text: message.body,
    quoted: message.quoted,
    has_html: message.html !== null,
    redacted: message.findings.length,
    attachments: message.attachments.map(attachmentBody),
  };
}
