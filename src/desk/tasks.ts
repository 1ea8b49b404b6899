import type pg from 'pg';
import type { Clock } from '../base/clock.ts';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import { inTransaction } from '../db/index.ts';
import type { QueueLetter } from '../mail/index.ts';
import { type Notify, notify } from '../notices/index.ts';
import { ratingToken } from './rating.ts';
import {
  appendEvent,
  changeTicket,
  lockTicket,
  noticeEventKinds,
  programActor,
  reckon,
  reckonTargets,
  type Ticket,
  ticketName,
} from './store/index.ts';
import type { Tell } from './telling/index.ts';

export interface TaskParts {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: Tell;
  readonly notify?: Notify;
  readonly queueLetter: QueueLetter;
  readonly linkKey: Buffer;
  readonly siteName: () => string;
  readonly url: () => string;
}

const dayMs = 24 * 3_600_000;
/** Solved tickets stay reopenable for so long, then they are closed. */
const closeAfterMs = 30 * dayMs;
const batch = 200;
const retryMs = 3_600_000;

/**
 * Tells of targets that are half used, nearly used or missed: each once, whatever restarts, and however many nodes ask.
 *
 * @returns how many notices were told
 */
export async function tellTargets(parts: Pick<TaskParts, 'pool' | 'clock' | 'tell' | 'log'>): Promise<number> {
  const { pool, clock, tell, log } = parts;
  const nowMs = clock.now();
  const { rows } = await pool.query<{ number: bigint }>(
    'select number from tickets where notice_at <= $1 order by notice_at limit $2',
    [new Date(nowMs), batch],
  );
  let told = 0;
  for (const { number } of rows) {
    try {
      told += await inTransaction(pool, (client) => tellOf(client, number, nowMs, tell));
    } catch (error) {
      // One ticket that cannot be reckoned must not keep all others from being told; it is tried again.
      log.error({ ticket: ticketName(number), reason: errorText(error) }, 'a response target could not be told');
      await pool.query('update tickets set notice_at = $2 where number = $1', [number, new Date(nowMs + retryMs)]);
    }
  }
  return told;
}

async function tellOf(client: pg.PoolClient, number: bigint, nowMs: number, tell: Tell): Promise<number> {
  const ticket = await lockTicket(client, number);
  const { notices } = await reckon(client, number, nowMs);
  // Spam and merged tickets have clocks that nobody waits for; they are marked as told all the same.
  const quiet = ticket.queue === 'spam' || ticket.mergedInto !== null;
  let told = 0;
  for (const { notice, clock, dueAtMs, once } of notices) {
    const data = { clock, due_at: dueAtMs === null ? null : new Date(dueAtMs).toISOString() };
    const event = { kind: noticeEventKinds[notice], actor: programActor, data, once, atMs: nowMs };
    if (await appendEvent(client, number, event)) told += 1;
  }
  await reckonTargets(client, number, nowMs);
  // Of several that came due together only the last is news.
  const last = notices.at(-1);
  if (last !== undefined && !quiet) {
    await tell(client, { kind: last.notice, ticket: await lockTicket(client, number), dueAtMs: last.dueAtMs });
  }
  return told;
}

/** Wakes tickets whose time has come. */
export async function wakeSnoozed({ pool, clock }: Pick<TaskParts, 'pool' | 'clock'>): Promise<number> {
  const nowMs = clock.now();
  const { rows } = await pool.query<{ number: bigint }>(
    'select number from tickets where snoozed_until <= $1 order by snoozed_until limit $2',
    [new Date(nowMs), batch],
  );
  for (const { number } of rows) {
    await inTransaction(pool, async (client) => {
      const { snoozedUntilMs, mergedInto } = await lockTicket(client, number);
      if (snoozedUntilMs === null || snoozedUntilMs > nowMs) return;
      if (mergedInto !== null) {
        await client.query('update tickets set snoozed_until = null where number = $1', [number]);
        return;
      }
      const options = { actor: programActor, expectedVersion: null, nowMs };
      await changeTicket(client, number, { snoozedUntilMs: null, unread: true }, options);
    });
  }
  return rows.length;
}

/** Closes what was solved thirty days ago and was not reopened. */
export async function closeSolved({ pool, clock, tell }: Pick<TaskParts, 'pool' | 'clock' | 'tell'>): Promise<number> {
  const nowMs = clock.now();
  const before = new Date(nowMs - closeAfterMs);
  const { rows } = await pool.query<{ number: bigint }>(
    `select number from tickets where state = 'solved' and solved_at <= $1 and merged_into is null
      order by solved_at limit $2`,
    [before, batch],
  );
  for (const { number } of rows) {
    await inTransaction(pool, async (client) => {
      const ticket = await lockTicket(client, number);
      if (ticket.state !== 'solved' || (ticket.solvedAtMs ?? nowMs) > before.getTime()) return;
      const options = { actor: programActor, expectedVersion: null, nowMs };
      const closed = await changeTicket(client, number, { state: 'closed' }, options);
      await tell(client, { kind: 'closed', ticket: closed });
    });
  }
  return rows.length;
}

/** After the time in which a reply can be taken back. */
const settledMs = 20_000;

/** Tells customers in the console of replies that can no longer be taken back, each once. */
export async function tellCustomers({ pool, clock, notify: tellOne = notify }: TaskParts): Promise<number> {
  const nowMs = clock.now();
  const { rows } = await pool.query<{ id: string; number: bigint }>(
    `select m.id, m.ticket_number as number from ticket_messages m
       join tickets t on t.number = m.ticket_number and t.account_id is not null
      where m.kind = 'out' and m.at between $1 and $2
        and not exists (select 1 from ticket_events e
          where e.ticket_number = m.ticket_number and e.once = 'customer-told:' || m.id)
      order by m.at limit $3`,
    [new Date(nowMs - dayMs), new Date(nowMs - settledMs), batch],
  );
  for (const { id, number } of rows) {
    await inTransaction(pool, async (client) => {
      const event = {
        kind: 'customer_told',
        actor: programActor,
        data: { message: id },
        once: `customer-told:${id}`,
      } as const;
      if (!(await appendEvent(client, number, event))) return;
      const { accountId, subject, organizationId } = await lockTicket(client, number);
      if (accountId === null) return;
      await tellOne(client, accountId, 'ticket-answered', { ticket: ticketName(number), subject }, organizationId);
    });
  }
  return rows.length;
}

const ratingWords = {
  en: (site: string, ticket: string, link: string) =>
    `Hello,\n\nyour ticket ${ticket} at ${site} is solved. How were you served? One click is enough:\n\n${link}\n\nIf it is not solved, answer this mail, and the ticket is open again.`,
  zh: (site: string, ticket: string, link: string) =>
    `您好，\n\n您在 ${site} 的工单 ${ticket} 已解决。您对我们的服务满意吗？请点击以下链接评价：\n\n${link}\n\n如果问题尚未解决，直接回复本邮件即可重新打开工单。`,
} as const;

/** So long after a ticket was solved: long enough to see whether it holds, short enough to remember. */
const askAfterMs = dayMs;
const askUntilMs = 7 * dayMs;

/**
 * Asks whoever was answered by a person how it was: once per ticket, only proven addresses, at most once in 30 days, and
 * never about a report of a vulnerability.
 */
export async function askForRatings(parts: TaskParts): Promise<number> {
  const { pool, clock } = parts;
  const nowMs = clock.now();
  const { rows } = await pool.query<{ number: bigint }>(
    `select number from tickets t
      where state in ('solved', 'closed') and solved_at between $1 and $2
        and verified and first_replied_at is not null and rating is null and merged_into is null
        and queue not in ('vulnerability', 'spam')
        and not exists (select 1 from ticket_events e where e.ticket_number = t.number and e.once = 'rating-asked')
        and not exists (select 1 from tickets o join ticket_events e on e.ticket_number = o.number
          where o.requester_address = t.requester_address and e.kind = 'rating_asked' and e.at > $3)
      order by number limit $4`,
    [new Date(nowMs - askUntilMs), new Date(nowMs - askAfterMs), new Date(nowMs - 30 * dayMs), batch],
  );
  const asked = new Set<string>();
  for (const { number } of rows) {
    await inTransaction(pool, async (client) => {
      const ticket = await lockTicket(client, number);
      if (asked.has(ticket.requester.address)) return;
      asked.add(ticket.requester.address);
      const event = { kind: 'rating_asked', actor: programActor, once: 'rating-asked', atMs: nowMs } as const;
      if (await appendEvent(client, number, event)) await ask(parts, client, ticket);
    });
  }
  return asked.size;
}

async function ask(
  { queueLetter, linkKey, siteName, url }: TaskParts,
  client: pg.PoolClient,
  ticket: Ticket,
): Promise<void> {
  const name = ticketName(ticket.number);
  const link = `${url()}/console/rate?token=${ratingToken(linkKey, ticket.number)}`;
  await queueLetter(client, {
    kind: 'ticket-answer',
    to: ticket.requester.address,
    cc: [],
    mailboxId: ticket.mailboxId,
    ticketNumber: ticket.number,
    locale: ticket.locale,
    subject: `Re: [${name}]`,
    text: ratingWords[ticket.locale](siteName(), name, link),
    html: null,
    inReplyTo: null,
    references: [],
    replyTo: null,
    automatic: true,
    files: [],
    dedupeKey: `ticket-rating:${ticket.number}`,
    sendAfterMs: 0,
    accountId: ticket.accountId,
  });
}

/** Deletes what is of no use any more: presence of yesterday, deliveries of last month. */
export async function sweepDesk({ pool, clock }: Pick<TaskParts, 'pool' | 'clock'>): Promise<void> {
  const nowMs = clock.now();
  await pool.query('delete from ticket_presence where seen_at < $1', [new Date(nowMs - 3_600_000)]);
  await pool.query(`delete from desk_deliveries where state <> 'waiting' and created_at < $1`, [
    new Date(nowMs - 30 * dayMs),
  ]);
}
