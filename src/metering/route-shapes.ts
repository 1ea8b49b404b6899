import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Database } from '../db/index.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../http/index.ts';
import { explainLocales } from './explain-words.ts';
import type { RequestFacts } from './facts.ts';
import type { JournalToFlush } from './flush.ts';
import { statusPattern } from './request-filters.ts';
import { type LivePlace, mostOpenIds, type RequestPlace } from './request-search.ts';

/** What the routes of this module share. */
export interface ReadingOptions {
  readonly database: Pick<Database, 'pool'>;
  readonly journal: JournalToFlush;
  readonly clock: Clock;
}

export const text = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/);

export const instant = z.iso.datetime({ offset: true });
export const locale = z.enum(explainLocales).default('en');

/** Members of a query that lists requests, whoever asks. */
export const requestListQuery = {
  ...pageQuery,
  id: text
    .optional()
    .describe(
      'A request id in any written form, other filters are then passed over; or a part of one, of four characters at least.',
    ),
  status: z
    .string()
    .regex(statusPattern, 'a status such as 429, or a class such as 4xx')
    .optional()
    .describe('HTTP status of the answer, or a class: 4xx.'),
  code: text.optional().describe('Error code.'),
  model: text.optional().describe('As asked, routed or served.'),
  tool: text.optional().describe('Client tool, such as codex.'),
  outcome: text.optional(),
  min_duration_ms: z.coerce.number().int().min(0).max(2_000_000_000).optional(),
  since: instant.optional().describe('Received at or after.'),
  until: instant.optional().describe('Received before.'),
  newer_than: z
    .string()
    .max(1_000)
    .optional()
    .describe('live_cursor of the answer before: only what has come since, and what has ended since.'),
};

/** What a list of requests says beside its page. */
export const requestListExtras = {
  searched_back_to: instant
    .nullable()
    .describe(
      'A page can be short, or empty, and yet have a next one: it has looked back so far. Null: to the first record.',
    ),
  live_cursor: z
    .string()
    .nullable()
    .describe('For newer_than, every two seconds. What comes may repeat what is shown: each id has one place.'),
};

/** `[received_at in milliseconds, id]`. The id is empty where a search stopped between two requests. */
const placeSchema = z.tuple([
  z.int().min(0).max(8.64e15),
  z
    .string()
    .max(100)
    .regex(/^[^\0]*$/),
]);
const liveSchema = z.tuple([z.int().min(0).max(8.64e15)]).rest(z.string().regex(/^req_[0-9A-Z]{28}$/));

export function placeOf(cursor: string | undefined): RequestPlace | null {
  if (cursor === undefined) return null;
  const [receivedAtMs, id] = decodeCursor(cursor, placeSchema);
  return { receivedAtMs, id };
}

export function cursorOf(place: RequestPlace | null): string | null {
  return place === null ? null : encodeCursor([place.receivedAtMs, place.id]);
}

export function livePlaceOf(cursor: string): LivePlace {
  const [asOfMs, ...openIds] = decodeCursor(cursor, liveSchema);
  return { asOfMs, openIds: openIds.slice(0, mostOpenIds) };
}

/** `asOfMs`: taken before the database was asked. */
export function liveCursorOf(asOfMs: number, shown: readonly RequestFacts[], before: readonly string[] = []): string {
  const ended = new Set(shown.filter(({ outcome }) => outcome !== 'open').map(({ id }) => id));
  const open = shown.filter(({ outcome }) => outcome === 'open').map(({ id }) => id);
  const ids = [...new Set([...open, ...before])].filter((id) => !ended.has(id));
  return encodeCursor([asOfMs, ...ids.slice(0, mostOpenIds)]);
}

export function timeOf(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : Date.parse(iso);
}
