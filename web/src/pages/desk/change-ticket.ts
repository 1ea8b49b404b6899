import { api, type Body } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { Ticket } from './types.ts';

export type Change = Body<'/admin/v1/tickets/{ticket}', 'patch'>;

export function changeTicket(ticket: string, body: Change): Promise<unknown> {
  return api.patch('/admin/v1/tickets/{ticket}', { params: { ticket }, body });
}

/** What brings a ticket back to where it was, as far as a change has touched it. Pure. */
export function changeBack(before: Before, change: Change): Change {
  const back: Change = {};
  if (change.state !== undefined) back.state = before.state;
  if (change.queue !== undefined) back.queue = before.queue;
  if (change.priority !== undefined) back.priority = before.priority;
  if (change.assignee !== undefined) back.assignee = before.assignee?.id ?? null;
  const added = change.add_tags?.map(tagOf).filter((tag) => !before.tags.includes(tag)) ?? [];
  if (added.length > 0) back.remove_tags = added;
  const removed = change.remove_tags?.map(tagOf).filter((tag) => before.tags.includes(tag)) ?? [];
  if (removed.length > 0) back.add_tags = removed;
  if (change.subject !== undefined) back.subject = before.subject;
  if (change.locale !== undefined) back.locale = before.locale;
  return back;
}

type Before = Pick<Ticket, 'state' | 'queue' | 'priority' | 'assignee' | 'tags' | 'subject' | 'locale'>;

/** As the API writes tags. */
function tagOf(text: string): string {
  return text.trim().toLowerCase();
}

/** Tickets that are changed alike, together. Those that need no change are left out. Pure. */
export function byChange<Each>(
  tickets: readonly Each[],
  changeOf: (ticket: Each) => Change,
): readonly { readonly change: Change; readonly tickets: readonly Each[] }[] {
  const groups = new Map<string, { change: Change; tickets: Each[] }>();
  for (const ticket of tickets) {
    const change = changeOf(ticket);
    const name = JSON.stringify(change);
    if (name === '{}') continue;
    const group = groups.get(name) ?? { change, tickets: [] };
    group.tickets.push(ticket);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** After something was done to tickets: what shows them is read again. */
export function useTicketsChanged(): () => Promise<void> {
  const changed = useChanged();
  return () =>
    changed('/admin/v1/tickets', '/admin/v1/tickets/search', '/admin/v1/tickets/counts', '/admin/v1/tickets/{ticket}');
}
