import { type Db, type Queue, type StoredTicket, type Ticket, type TicketState, ticketOf } from './ticket.ts';

/** Lists that staff work from. */
export const views = [
  'inbox',
  'mine',
  'unassigned',
  'breaching',
  'waiting_for_us',
  'waiting',
  'snoozed',
  'solved',
  'closed',
  'all',
] as const;
export type TicketView = (typeof views)[number];

export interface TicketFilter {
  readonly view: TicketView;
  /** Who looks: for `mine`. */
  readonly viewerId: string | null;
  /** Reports of vulnerabilities are among them. */
  readonly security: boolean;
  readonly queue?: Queue | undefined;
  readonly state?: TicketState | undefined;
  readonly tag?: string | undefined;
  readonly priority?: string | undefined;
  readonly assigneeId?: string | undefined;
  readonly organizationId?: string | undefined;
  readonly accountId?: string | undefined;
  readonly requester?: string | undefined;
  /** Only these, of a search. */
  readonly numbers?: readonly bigint[] | undefined;
  /** Also those that were merged into others. */
  readonly merged?: boolean | undefined;
}

/** The last ticket of a page: its time in microseconds (of `due_at` where that is the order), and its number. */
export interface TicketPlace {
  readonly atUs: string;
  readonly number: string;
}

/** A ticket breaches soon when it is due within this. */
const soon = `interval '2 hours'`;

type Place = (value: unknown) => string;

const conditions: Readonly<Record<TicketView, (place: Place, filter: TicketFilter) => string>> = {
  inbox: () => `t.state in ('open', 'waiting') and t.queue <> 'spam' and t.snoozed_until is null`,
  mine: (place, { viewerId }) => `t.assignee_id = ${place(viewerId)} and t.state in ('open', 'waiting')`,
  unassigned: () => `t.assignee_id is null and t.state = 'open' and t.queue <> 'spam' and t.snoozed_until is null`,
  breaching: () => `t.due_at <= now() + ${soon} and t.state in ('open', 'waiting') and t.queue <> 'spam'`,
  waiting_for_us: () =>
    `t.state = 'open' and t.last_author = 'customer' and t.queue <> 'spam' and t.snoozed_until is null`,
  waiting: () => `t.state = 'waiting'`,
  snoozed: () => `t.snoozed_until is not null`,
  solved: () => `t.state = 'solved'`,
  closed: () => `t.state = 'closed'`,
  all: () => 'true',
};

/** One page of tickets, the last that was written to first; `breaching` by what is due first. Merged ones are left out. */
export async function listTickets(
  db: Db,
  filter: TicketFilter,
  limit: number,
  after: TicketPlace | null,
): Promise<{ readonly tickets: readonly Ticket[]; readonly next: TicketPlace | null }> {
  const values: unknown[] = [];
  const place: Place = (value) => `$${values.push(value)}`;
  const byDue = filter.view === 'breaching';
  const order = byDue ? 't.due_at' : 't.last_message_at';
  const wanted = conditionsOf(filter, place);
  if (after !== null) {
    const bound = `timestamptz 'epoch' + ${place(after.atUs)}::text::bigint * interval '1 microsecond'`;
    wanted.push(`(${order}, t.number) ${byDue ? '>' : '<'} (${bound}, ${place(after.number)}::text::bigint)`);
  }
  const direction = byDue ? 'asc' : 'desc';
  const { rows } = await db.query<StoredTicket & { readonly place_us: bigint }>(
    `select t.*, (extract(epoch from ${order}) * 1000000)::bigint as place_us from ${sourceOf(filter, place)} t
      where ${wanted.join(' and ')} order by ${order} ${direction}, t.number ${direction} limit ${place(limit + 1)}`,
    values,
  );
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  const next = last === undefined ? null : { atUs: String(last.place_us), number: String(last.number) };
  return { tickets: shown.map(ticketOf), next };
}

/** A tag that few tickets have, or none, would be looked for in all of them, the last ones first: its index comes first. */
function sourceOf({ view, tag }: TicketFilter, place: Place): string {
  const many = view === 'all' || view === 'closed';
  return many && tag !== undefined ? `(select * from tickets where tags @> array[${place(tag)}] offset 0)` : 'tickets';
}

function conditionsOf(filter: TicketFilter, place: Place): string[] {
  const found = [conditions[filter.view](place, filter)];
  const equal = (column: string, value: string | undefined): void => {
    if (value !== undefined) found.push(`${column} = ${place(value)}`);
  };
  if (!filter.merged) found.push('t.merged_into is null');
  if (!filter.security) found.push(`t.queue <> 'vulnerability'`);
  equal('t.queue', filter.queue);
  equal('t.state', filter.state);
  equal('t.priority', filter.priority);
  equal('t.assignee_id', filter.assigneeId);
  equal('t.organization_id', filter.organizationId);
  equal('t.account_id', filter.accountId);
  equal('t.requester_address', filter.requester?.toLowerCase());
  if (filter.tag !== undefined) found.push(`t.tags @> array[${place(filter.tag)}]`);
  if (filter.numbers !== undefined) found.push(`t.number = any(${place(filter.numbers)})`);
  return found;
}

/** How many tickets stand in each view; more than this are shown as "999+". */
export const countedMax = 1_000;

export async function countViews(
  db: Db,
  counted: readonly TicketView[],
  filter: Omit<TicketFilter, 'view'>,
): Promise<Readonly<Partial<Record<TicketView, number>>>> {
  const values: unknown[] = [];
  const place: Place = (value) => `$${values.push(value)}`;
  const parts = counted.map((view) => {
    const wanted = conditionsOf({ ...filter, view }, place).join(' and ');
    return `(select count(*)::int from (select 1 from tickets t where ${wanted} limit ${countedMax}) c) as ${view}`;
  });
  if (parts.length === 0) return {};
  const { rows } = await db.query<Record<TicketView, number>>(`select ${parts.join(', ')}`, values);
  return rows[0] ?? {};
}

/** Open tickets by queue. */
export async function countQueues(db: Db, security: boolean): Promise<Readonly<Partial<Record<Queue, number>>>> {
  const { rows } = await db.query<{ queue: Queue; count: number }>(
    `select queue, count(*)::int as count from tickets
      where state in ('open', 'waiting') and merged_into is null and snoozed_until is null
        and ($1 or queue <> 'vulnerability') group by queue`,
    [security],
  );
  return Object.fromEntries(rows.map(({ queue, count }) => [queue, count]));
}
