import { ticketPriorities, ticketQueues } from '../../tickets/states.ts';
import { oneOf } from '../../ui/one-of.ts';
import { type View, views } from './types.ts';

/** What the inbox is narrowed by, in the address. */
export const filterNames = [
  'view',
  'queue',
  'q',
  'priority',
  'assignee',
  'tag',
  'organization',
  'account',
  'requester',
] as const;
export type FilterName = (typeof filterNames)[number];
export type FilterValues = Readonly<Partial<Record<FilterName, string>>>;

/** How many come at once: a screen or two. */
const pageSize = 50;

/** A queue by itself shows all that is not done in it. */
export function viewOf({ view, queue }: FilterValues): View {
  return oneOf(views, view) ?? (queue === undefined ? 'inbox' : queue === 'spam' ? 'all' : 'inbox');
}

/** The query for the list. What somebody typed into the address and is nothing is left out. Pure. */
export function questionOf(values: FilterValues) {
  const { tag, assignee, organization, account, requester } = values;
  return {
    limit: pageSize,
    view: viewOf(values),
    queue: oneOf(ticketQueues, values.queue),
    priority: oneOf(ticketPriorities, values.priority),
    tag,
    assignee,
    organization,
    account,
    requester,
  };
}

interface Placed {
  readonly id: string;
}

/**
 * While somebody reads, nothing moves: rows that are shown stay where they are and change, what is new waits. Rows from
 * further down, that were asked for, come after the last. Pure.
 */
export function holdRows<Row extends Placed>(
  shown: readonly Row[],
  fresh: readonly Row[],
): { readonly rows: readonly Row[]; readonly waiting: number } {
  const latest = new Map(fresh.map((row) => [row.id, row]));
  const known = new Set(shown.map(({ id }) => id));
  const end = fresh.findLastIndex(({ id }) => known.has(id));
  const isNew = (row: Row) => !known.has(row.id);
  return {
    rows: [...shown.map((row) => latest.get(row.id) ?? row), ...fresh.filter((row, at) => isNew(row) && at > end)],
    waiting: fresh.filter((row, at) => isNew(row) && at < end).length,
  };
}
