import { AppError } from '../base/errors.ts';
import type { RequestFacts } from './facts.ts';
import { flushBriefly } from './flush.ts';
import type { Scope } from './reach.ts';
import { findRequest } from './records.ts';
import type { RequestFilters } from './request-filters.ts';
import { type IdPart, idPartOf } from './request-id-part.ts';
import { listRequests, newerRequests } from './request-search.ts';
import { cursorOf, liveCursorOf, livePlaceOf, placeOf, type ReadingOptions } from './route-shapes.ts';

export interface ListInput {
  readonly filters: RequestFilters;
  readonly id: string | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly newerThan: string | undefined;
}

export interface ListAnswer {
  readonly requests: readonly RequestFacts[];
  readonly next_cursor: string | null;
  readonly searched_back_to: string | null;
  readonly live_cursor: string | null;
}

/** A page of requests, one request by its id, or what has come since: what a list's query asks for. */
export async function answerList(options: ReadingOptions, input: ListInput): Promise<ListAnswer> {
  const { database, journal, clock } = options;
  const { limit } = input;
  const part = idPartOf(input.id ?? '');
  const filters = part === null ? input.filters : withPart(input.filters, part);
  const asOfMs = clock.now();
  if (input.newerThan !== undefined) {
    const since = livePlaceOf(input.newerThan);
    const requests = await newerRequests(database.pool, filters, since, limit);
    const live = liveCursorOf(asOfMs, requests, since.openIds);
    return { requests, next_cursor: null, searched_back_to: null, live_cursor: live };
  }
  const place = placeOf(input.cursor);
  if (place === null) await flushBriefly(journal);
  if (input.id !== undefined && part === null) {
    const found = await findRequest(database, input.id, filters.scope);
    return {
      requests: found === null ? [] : [found],
      next_cursor: null,
      searched_back_to: null,
      live_cursor: null,
    };
  }
  const { requests, next, searchedBackToMs } = await listRequests(database, filters, limit, place, asOfMs);
  return {
    requests,
    next_cursor: cursorOf(next),
    searched_back_to: searchedBackToMs === null ? null : new Date(searchedBackToMs).toISOString(),
    live_cursor: place === null ? liveCursorOf(asOfMs, requests) : null,
  };
}

function withPart(filters: RequestFilters, { pattern, sinceMs, untilMs }: IdPart): RequestFilters {
  return {
    ...filters,
    idPattern: pattern,
    sinceMs: sinceMs === null ? filters.sinceMs : Math.max(sinceMs, filters.sinceMs ?? sinceMs),
    untilMs: untilMs === null ? filters.untilMs : Math.min(untilMs, filters.untilMs ?? untilMs),
  };
}

/** @throws AppError `request_id_invalid`, `request_not_found`: the same for what is not there and for what is not theirs */
export async function requireRequest(options: ReadingOptions, id: string, scope?: Scope): Promise<RequestFacts> {
  await flushBriefly(options.journal);
  const facts = await findRequest(options.database, id, scope);
  if (facts !== null) return facts;
  throw new AppError('request_not_found', 'No request with this id is on record here, or its retention has passed.');
}
