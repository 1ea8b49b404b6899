import { type Db, type Ticket, ticketName } from '../store/index.ts';

const shownCharacters = 200;

/** How the last message of each ticket begins, of what people said to each other; by its name. */
export async function lastWordsOf(db: Db, tickets: readonly Ticket[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<{ number: bigint; words: string }>(
    `select t.number, m.words from unnest($1::bigint[]) t(number)
       cross join lateral (select left(body, $2) as words from ticket_messages
         where ticket_number = t.number and kind in ('in', 'out') order by at desc, id desc limit 1) m`,
    [tickets.map(({ number }) => number), shownCharacters],
  );
  return new Map(rows.map(({ number, words }) => [ticketName(number), words.replaceAll(/\s+/g, ' ').trim()]));
}
