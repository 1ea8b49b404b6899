import type { CustomerMessage, CustomerTicketPage } from '../ticket-parts/door.ts';

/** What stands in a thread, in the order of time. */
export type Entry =
  | { readonly is: 'message'; readonly at: string; readonly message: CustomerMessage }
  | { readonly is: 'event'; readonly at: string; readonly kind: string };

/** What a message says by itself: that it was opened, whose turn it is after one. */
const saidByMessages = new Set(['opened', 'resumed', 'waiting_for_customer']);

/** Messages and what became of the ticket, interleaved. Pure. */
export function entriesOf({ messages, history }: Pick<CustomerTicketPage, 'messages' | 'history'>): readonly Entry[] {
  const said = messages.map((message): Entry => ({ is: 'message', at: message.at, message }));
  const happened = history
    .filter(({ kind }) => !saidByMessages.has(kind))
    .map(({ kind, at }): Entry => ({ is: 'event', at, kind }));
  // What happened with a message stands after it.
  return [...said, ...happened].toSorted(
    (a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.is === b.is ? 0 : a.is === 'message' ? -1 : 1),
  );
}
