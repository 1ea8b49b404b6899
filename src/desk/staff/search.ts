import { parseRequestId } from '../../base/request-id.ts';
import { type Db, readTicketName } from '../store/index.ts';

/** What somebody looks for, told apart by its form. */
export type TicketSearch =
  | { readonly by: 'ticket'; readonly number: bigint }
  | { readonly by: 'fact'; readonly kinds: readonly string[]; readonly value: string }
  | { readonly by: 'address'; readonly address: string }
  | { readonly by: 'message_id'; readonly id: string }
  | { readonly by: 'words'; readonly query: string };

const keyPrefixForm = /^(sk-[a-z0-9]{2,16}-[0-9A-Za-z]{8})/;
const addressForm = /^[^\s@<>]{1,64}@[^\s@<>]{1,190}$/;

/** Pure. A whole key that was pasted is cut to its public prefix at once. Null: there is no word in it. */
export function decideSearch(input: string): TicketSearch | null {
  const text = input.trim();
  const number = /^(?:t-)\d+$/i.test(text) ? readTicketName(text) : null;
  if (number !== null) return { by: 'ticket', number };
  const requestId = /^req/i.test(text) ? parseRequestId(text) : null;
  if (requestId !== null) return { by: 'fact', kinds: ['request'], value: requestId };
  const prefix = keyPrefixForm.exec(text)?.[1];
  if (prefix !== undefined) return { by: 'fact', kinds: ['key_prefix', 'secret'], value: prefix };
  if (/^<[^<>\s]{3,250}>$/.test(text)) return { by: 'message_id', id: text };
  if (addressForm.test(text)) return { by: 'address', address: text.toLowerCase() };
  if (/^(?:ord|order|inv|top)_[0-9A-Za-z]{4,60}$/i.test(text)) return { by: 'fact', kinds: ['order'], value: text };
  const query = wordsQuery(text);
  return query === null ? null : { by: 'words', query };
}

const wordsMax = 10;
const pairsMax = 40;
/** Characters of scripts that write no spaces between words; as `desk_words` in SQL. */
const signs = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+/g;

/**
 * A query for `to_tsquery('simple', …)`: all words, the last part of a word may be missing. Scripts without spaces are looked
 * for by every two characters side by side, as they stand in the index.
 */
export function wordsQuery(text: string): string | null {
  const lower = text.toLowerCase();
  const words = lower
    .replaceAll(signs, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .slice(0, wordsMax)
    // Within quotes nothing is an operator; a quote or a backslash would end them.
    .map((word) => `'${word.replaceAll(/['\\\0]/g, ' ').trim()}'${word.length >= 3 ? ':*' : ''}`);
  const pairs = [...lower.matchAll(signs)].flatMap(([run]) => pairsOf(run).map((pair) => `'${pair}'`));
  const parts = [...words, ...pairs.slice(0, pairsMax)];
  return parts.length === 0 ? null : parts.join(' & ');
}

function pairsOf(run: string): string[] {
  return run.length === 1 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2));
}

export interface Found {
  readonly number: bigint;
  /** A piece of what was found, in plain text. */
  readonly excerpt: string | null;
}

/** Messages that are looked at for one page of results. */
const candidatesMax = 400;

/** Tickets that match, the last that was written to first; each once. */
export async function searchTickets(
  db: Db,
  search: TicketSearch,
  { security, limit }: { readonly security: boolean; readonly limit: number },
): Promise<readonly Found[]> {
  const found = await candidates(db, search);
  const numbers = [...new Set(found.map(({ number }) => number))];
  const { rows } = await db.query<{ number: bigint }>(
    `select number from tickets where number = any($1) and ($2 or queue <> 'vulnerability')
      order by last_message_at desc, number desc limit $3`,
    [numbers, security, limit],
  );
  const excerpts = new Map(found.toReversed().map(({ number, excerpt }) => [number, excerpt]));
  return rows.map(({ number }) => ({ number, excerpt: excerpts.get(number) ?? null }));
}

async function candidates(db: Db, search: TicketSearch): Promise<Found[]> {
  switch (search.by) {
    case 'ticket':
      return [{ number: search.number, excerpt: null }];
    case 'fact': {
      const { rows } = await db.query<Found>(
        `select ticket_number as number, kind || ' ' || value as excerpt from ticket_facts
          where kind = any($1) and value = $2 order by ticket_number desc limit $3`,
        [search.kinds, search.value, candidatesMax],
      );
      return rows;
    }
    case 'address': {
      const { rows } = await db.query<Found>(
        `(select number, null as excerpt from tickets where requester_address = $1
           order by last_message_at desc limit $2)
         union
         (select ticket_number, null from ticket_participants where address = $1 order by ticket_number desc limit $2)`,
        [search.address, candidatesMax],
      );
      return rows;
    }
    case 'message_id': {
      const { rows } = await db.query<Found>(
        'select ticket_number as number, null as excerpt from ticket_messages where message_id = $1 limit $2',
        [search.id, candidatesMax],
      );
      return rows;
    }
    case 'words':
      return byWords(db, search.query);
  }
}

/** Messages that are looked through one by one, the latest first: 5 µs each. */
const recentMax = 6_000;
/** Tickets among them that make a page; with fewer, the index is asked for all of them. */
const enoughTickets = 50;

/**
 * The latest messages that match. What many messages say is found among the latest ones at once; the index would have to
 * fetch them all to sort them. What few say is found by the index.
 */
async function byWords(db: Db, query: string): Promise<Found[]> {
  const recent = await db.query<Found>(
    `select ticket_number as number, left(body, 200) as excerpt
       from (select ticket_number, body, search, at, id from ticket_messages order by at desc, id desc limit $3) recent
      where search @@ to_tsquery('simple', $1) order by at desc, id desc limit $2`,
    [query, candidatesMax, recentMax],
  );
  if (new Set(recent.rows.map(({ number }) => number)).size >= enoughTickets) return recent.rows;
  const { rows } = await db.query<Found>(
    `select ticket_number as number, left(body, 200) as excerpt from (
       select ticket_number, body, at, id from ticket_messages
        where search @@ to_tsquery('simple', $1) order by at desc, id desc limit $2) found order by at desc, id desc`,
    [query, candidatesMax],
  );
  return rows;
}
