import type { Message, TicketEvent } from './types.ts';

export type Piece =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'events'; readonly events: readonly TicketEvent[] };

/** What is a message, or of no use to anybody who reads the conversation. */
const silent: ReadonlySet<string> = new Set([
  'customer_wrote',
  'unverified_wrote',
  'staff_replied',
  'note_added',
  'automatic_answer',
  'automatic_mail',
  'facts_read',
  'facts_seen',
  'customer_told',
]);

/** Messages in their order, and between them what happened. Pure. */
export function piecesOf(messages: readonly Message[], events: readonly TicketEvent[]): readonly Piece[] {
  const told = events.filter(({ kind }) => !silent.has(kind));
  const pieces: Piece[] = [];
  let at = 0;
  const take = (until: string | null): void => {
    const from = at;
    while (at < told.length && (until === null || (told[at]?.at ?? '') < until)) at++;
    if (at > from) pieces.push({ kind: 'events', events: told.slice(from, at) });
  };
  for (const message of messages) {
    take(message.at);
    pieces.push({ kind: 'message', message });
  }
  take(null);
  return pieces;
}

/** Messages of others that came after somebody had begun to write. `seen`: ids of those that stood there. Pure. */
export function comeSince(
  messages: readonly Message[],
  seen: ReadonlySet<string>,
  viewerId: string,
): readonly Message[] {
  return messages.filter(({ id, author, kind }) => !seen.has(id) && author.id !== viewerId && kind !== 'automatic');
}
