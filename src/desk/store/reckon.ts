import {
  type ClockEvent,
  type ClockNotice,
  type Clocks,
  clocksOf,
  dueNotices,
  type Terms,
} from '../../targets/index.ts';
import { readTermsBook } from './terms.ts';
import type { Db, FrozenTarget, Priority } from './ticket.ts';

/** An event as the clocks read it. */
interface EventRow {
  readonly kind: string;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
  readonly once: string | null;
}

export type ClockName = 'first_response' | 'next_response' | 'resolution';

/** Something that somebody must be told of a clock, once. */
export interface TargetNotice {
  readonly clock: ClockName;
  readonly notice: ClockNotice;
  readonly dueAtMs: number | null;
  /** Names this notice of this run of the clock. */
  readonly once: string;
}

export interface Reckoning {
  readonly clocks: Clocks;
  readonly dueAtMs: number | null;
  readonly dueKind: ClockName | null;
  readonly breached: boolean;
  readonly notices: readonly TargetNotice[];
  /** When there will be another notice, if nothing happens before; null: never. */
  readonly nextNoticeAtMs: number | null;
}

const noticeKinds = { half: 'half_used', most: 'most_used', breached: 'breached' } as const;
export const noticeEventKinds: Readonly<Record<ClockNotice, (typeof noticeKinds)[ClockNotice]>> = noticeKinds;

/** How the clocks of a ticket stand, from its events alone. */
export async function reckon(db: Db, ticketNumber: bigint, nowMs: number): Promise<Reckoning> {
  const { rows } = await db.query<EventRow>(
    'select kind, at, data, once from ticket_events where ticket_number = $1 order by id',
    [ticketNumber],
  );
  const events = rows.flatMap(clockEventOf);
  // Clocks of several nodes differ by some milliseconds: what has happened is not left out for that.
  const atMs = Math.max(nowMs, ...events.map((event) => event.atMs));
  const clocks = clocksOf(events, await readTermsBook(db), atMs);
  return reckoningOf(clocks, new Set(rows.map(({ once }) => once ?? '')), atMs);
}

/**
 * Writes down when a ticket is due, for lists, and when somebody must be told: reckoned each time an event touches a
 * clock, a calendar changes, or somebody was told.
 */
export async function reckonTargets(client: Db, ticketNumber: bigint, nowMs: number): Promise<void> {
  const { dueAtMs, dueKind, breached, notices, nextNoticeAtMs } = await reckon(client, ticketNumber, nowMs);
  const noticeAtMs = notices.length > 0 ? nowMs : nextNoticeAtMs;
  // A target that was missed stays missed, but nothing is due while nobody waits for us.
  await client.query(
    `update tickets set due_at = case when state = 'open' then $2::timestamptz end,
       due_kind = case when state = 'open' then $3 end, breached = $4, notice_at = $5 where number = $1`,
    [ticketNumber, dateOf(dueAtMs), dueKind, breached, dateOf(noticeAtMs)],
  );
}

/** Pure. `told`: the names of what was told already. */
export function reckoningOf(clocks: Clocks, told: ReadonlySet<string>, nowMs: number): Reckoning {
  const named = [
    ['first_response', clocks.firstResponse],
    ...[...clocks.earlierResponses, clocks.nextResponse].map((clock) => ['next_response', clock] as const),
    ['resolution', clocks.resolution],
  ] as const;
  const notices: TargetNotice[] = [];
  const dues: { readonly kind: ClockName; readonly atMs: number }[] = [];
  const later: number[] = [];
  let breached = false;
  for (const [kind, clock] of named) {
    const once = (notice: ClockNotice) => `target:${kind}:${clock.startedAtMs}:${notice}`;
    const before = (['half', 'most', 'breached'] as const).filter((notice) => told.has(once(notice)));
    for (const notice of dueNotices(clock, before, nowMs)) {
      notices.push({ clock: kind, notice, dueAtMs: clock.dueAtMs, once: once(notice) });
    }
    breached ||= clock.state === 'breached' || (clock.state === 'running' && (clock.dueAtMs ?? nowMs) < nowMs);
    if (clock.metAtMs !== null || clock.state === 'paused' || clock.state === 'none') continue;
    if (clock.dueAtMs !== null) dues.push({ kind, atMs: clock.dueAtMs });
    for (const atMs of [clock.warn50AtMs, clock.warn80AtMs, clock.dueAtMs]) {
      if (atMs !== null && atMs >= nowMs) later.push(atMs);
    }
  }
  const next = dues.sort((a, b) => a.atMs - b.atMs)[0];
  return {
    clocks,
    dueAtMs: next?.atMs ?? null,
    dueKind: next?.kind ?? null,
    breached,
    notices,
    // A target is missed just after it was due.
    nextNoticeAtMs: later.length === 0 ? null : Math.min(...later) + 1,
  };
}

function clockEventOf({ kind, at, data }: EventRow): ClockEvent[] {
  const atMs = at.getTime();
  switch (kind) {
    case 'opened': {
      const by = data['by'] === 'staff' ? 'staff' : 'customer';
      return [{ kind, atMs, by, terms: termsOf(data['target']), priority: data['priority'] as Priority }];
    }
    case 'policy_changed':
      return [{ kind, atMs, terms: termsOf(data['to']) }];
    case 'priority_changed':
      return [{ kind, atMs, priority: data['to'] as Priority }];
    case 'customer_wrote':
    case 'staff_replied':
    case 'reply_undone':
    case 'waiting_for_customer':
    case 'resumed':
    case 'solved':
    case 'closed':
    case 'reopened':
      return [{ kind, atMs }];
    default:
      return [];
  }
}

/** Written by `openTicket` and `freezeAnew` alone. */
function termsOf(target: unknown): Terms {
  const { policyId, policyVersion, calendarId } = target as FrozenTarget;
  return { policyId, policyVersion, calendarId };
}

function dateOf(timeMs: number | null): Date | null {
  return timeMs === null ? null : new Date(timeMs);
}
