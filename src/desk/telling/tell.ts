import { randomBytes } from 'node:crypto';
import type { QueueMail } from '../../mail/index.ts';
import { type Notify, notify } from '../../notices/index.ts';
import { type Db, type Ticket, ticketName } from '../store/index.ts';
import { type Audience, recipientsOf, type Told } from './recipients.ts';

/** Events that webhooks can be given. */
export const webhookEvents = [
  'ticket.opened',
  'ticket.message',
  'ticket.reopened',
  'ticket.replied',
  'ticket.assigned',
  'ticket.solved',
  'ticket.closed',
  'ticket.bounced',
  'ticket.target_half',
  'ticket.target_most',
  'ticket.target_missed',
  'ticket.rated',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

export type DeskNoticeKind =
  | 'opened'
  | 'message'
  | 'reopened'
  | 'replied'
  | 'assigned'
  | 'mentioned'
  | 'solved'
  | 'closed'
  | 'bounced'
  | 'half'
  | 'most'
  | 'breached'
  | 'rated';

export interface DeskNotice {
  readonly kind: DeskNoticeKind;
  readonly ticket: Ticket;
  /** Whoever did it is not told. */
  readonly by?: { readonly id: string | null; readonly name: string };
  /** Account ids, in place of those whom the kind tells. */
  readonly to?: readonly string[];
  readonly dueAtMs?: number | null;
}

/** Tells staff in the console, and webhooks, in the transaction of what it tells of. */
export type Tell = (client: Db, notice: DeskNotice) => Promise<void>;

interface Plan {
  /** Kind of the notification; null: only webhooks. */
  readonly notification: string | null;
  readonly audience: Audience;
  readonly event: WebhookEvent | null;
}

const plans: Readonly<Record<DeskNoticeKind, Plan>> = {
  opened: { notification: null, audience: 'responsible', event: 'ticket.opened' },
  message: { notification: 'ticket-message', audience: 'concerned', event: 'ticket.message' },
  reopened: { notification: 'ticket-reopened', audience: 'concerned', event: 'ticket.reopened' },
  replied: { notification: null, audience: 'concerned', event: 'ticket.replied' },
  assigned: { notification: 'ticket-assigned', audience: 'concerned', event: 'ticket.assigned' },
  mentioned: { notification: 'ticket-mentioned', audience: 'concerned', event: null },
  solved: { notification: null, audience: 'concerned', event: 'ticket.solved' },
  closed: { notification: null, audience: 'concerned', event: 'ticket.closed' },
  bounced: { notification: 'ticket-bounced', audience: 'responsible', event: 'ticket.bounced' },
  half: { notification: 'ticket-target-near', audience: 'responsible', event: 'ticket.target_half' },
  most: { notification: 'ticket-target-near', audience: 'responsible', event: 'ticket.target_most' },
  breached: { notification: 'ticket-target-missed', audience: 'responsible', event: 'ticket.target_missed' },
  rated: { notification: null, audience: 'concerned', event: 'ticket.rated' },
};

export interface TellOptions {
  readonly notify?: Notify;
  /** Absent: nobody is mailed. */
  readonly queueMail?: QueueMail;
  /** Address of the site, without a slash at its end. */
  readonly url: () => string;
}

export function createTelling({ notify: tellOne = notify, queueMail, url }: TellOptions): Tell {
  return async (client, notice) => {
    const { ticket, by } = notice;
    const { notification, audience, event } = planOf(notice);
    if (notification !== null) {
      const people = notice.to === undefined ? await recipientsOf(client, ticket, audience) : [];
      for (const accountId of notice.to ?? people.map(({ id }) => id)) {
        if (accountId === by?.id) continue;
        await tellOne(client, accountId, notification, factsOf(notice));
      }
      if (queueMail !== undefined) await mailPressing(client, queueMail, notice, people, url());
    }
    if (event !== null) await queueDeliveries(client, event, bodyOf(event, notice, url()));
  };
}

/** A report of a vulnerability, and what is urgent, are told at once to all who may answer them. */
function planOf({ kind, ticket }: DeskNotice): Plan {
  const plan = plans[kind];
  const pressing = ticket.queue === 'vulnerability' || ticket.priority === 'urgent';
  return kind === 'opened' && pressing ? { ...plan, notification: 'ticket-pressing' } : plan;
}

const pressingKinds: ReadonlySet<DeskNoticeKind> = new Set(['opened', 'half', 'most', 'breached']);

/** What presses reaches people who do not look at the console: each of these once. */
async function mailPressing(
  client: Db,
  queueMail: QueueMail,
  { kind, ticket, dueAtMs = null }: DeskNotice,
  people: readonly Told[],
  url: string,
): Promise<void> {
  if (!pressingKinds.has(kind)) return;
  const name = ticketName(ticket.number);
  const { queue, priority } = ticket;
  const link = `${url}/console/desk/${name}`;
  const what = kind as 'opened' | 'half' | 'most' | 'breached';
  for (const { id, email, name: reader, locale } of people) {
    await queueMail(client, {
      kind: 'ticket-pressing',
      to: email,
      locale,
      facts: { name: reader, ticket: name, queue, priority, what, dueAtMs, link },
      accountId: id,
      dedupeKey: `ticket-pressing:${ticket.number}:${what}:${dueAtMs ?? 0}:${id}`,
    });
  }
}

/** Of a report of a vulnerability no word leaves the restricted queue, not even its subject. */
function subjectOf(ticket: Ticket): string {
  return ticket.queue === 'vulnerability' ? '' : ticket.subject;
}

function factsOf({ ticket, by, dueAtMs }: DeskNotice): Record<string, unknown> {
  return {
    ticket: ticketName(ticket.number),
    subject: subjectOf(ticket),
    by: by?.name ?? '',
    ...(dueAtMs == null ? {} : { dueAtMs }),
  };
}

/** What a webhook is sent: which ticket, and what happened. Never a body, an address or a name of a customer. */
export interface DeliveryBody {
  readonly event: WebhookEvent | 'test';
  readonly at: string;
  readonly ticket: {
    readonly id: string;
    readonly subject: string | null;
    readonly queue: string;
    readonly priority: string;
    readonly state: string;
    readonly url: string;
  } | null;
  readonly due_at: string | null;
}

function bodyOf(event: WebhookEvent, { ticket, dueAtMs }: DeskNotice, url: string): DeliveryBody {
  const name = ticketName(ticket.number);
  return {
    event,
    at: new Date().toISOString(),
    ticket: {
      id: name,
      subject: subjectOf(ticket) || null,
      queue: ticket.queue,
      priority: ticket.priority,
      state: ticket.state,
      url: `${url}/console/desk/${name}`,
    },
    due_at: dueAtMs == null ? null : new Date(dueAtMs).toISOString(),
  };
}

async function queueDeliveries(client: Db, event: WebhookEvent, body: DeliveryBody): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'select id from desk_webhooks where enabled and $1 = any(events)',
    [event],
  );
  for (const { id } of rows) await queueDelivery(client, id, event, body);
  if (rows.length > 0) await client.query(`select pg_notify('${deliveryChannel}', '')`);
}

/** Heard by whoever delivers, when the transaction commits. */
export const deliveryChannel = 'lodge_desk_webhooks';

export async function queueDelivery(
  client: Db,
  webhookId: string,
  event: DeliveryBody['event'],
  body: DeliveryBody,
): Promise<string> {
  const id = `whd_${randomBytes(12).toString('hex')}`;
  await client.query('insert into desk_deliveries (id, webhook_id, event, body) values ($1, $2, $3, $4)', [
    id,
    webhookId,
    event,
    JSON.stringify(body),
  ]);
  return id;
}
