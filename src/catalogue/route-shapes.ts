import type { Pool } from 'pg';
import { z } from 'zod';
import type { Clock } from '../base/clock.ts';
import type { Channel, ProbeResult } from '../gateway/ports.ts';
import { decodeCursor, encodeCursor, pageQuery } from '../http/index.ts';
import type { ChannelRules, Sealer } from './channel-store.ts';
import { problem } from './problems.ts';
import type { Page } from './sql.ts';

/** What the admin routes of the catalogue work with. */
export interface CatalogueRouteOptions {
  readonly database: { readonly pool: Pool };
  readonly sealer: Sealer;
  /** Whether channels may lead to loopback and private networks. */
  readonly allowPrivate: boolean;
  readonly clock?: Clock;
  /** Tests of channels; without it there are none. */
  readonly channelTests?: ChannelTests;
}

/** What a test of a channel needs: the gateway's way to it, and where the sandbox listens now. */
export interface ChannelTests {
  probe(channel: Channel): Promise<ProbeResult>;
  sandboxOrigin(): string | null;
}

/** The same, as the single routes take it. */
export interface RouteParts {
  readonly pool: Pool;
  readonly rules: ChannelRules;
  readonly clock: Clock;
}

export const timeShape = z.iso.datetime({ offset: true });
export const familyShape = z.enum(['openai', 'anthropic', 'gemini']);

/**
 * Every PUT makes or changes, so that repeating one is harmless. Who wants only one of the two says so, and is refused
 * with 409 or 404 otherwise.
 */
export const putQuery = z.object({
  expect: z.enum(['new', 'existing']).optional().describe('Refuse unless it is new, or exists already.'),
});

export type Expect = z.output<typeof putQuery>['expect'];

/** How one noun is made and changed. */
export interface Put<View> {
  /** Resolves to null when there is none. */
  change(): Promise<View | null>;
  add(): Promise<View>;
}

/** Answers 201 when it was made, 200 when it was there. */
export async function put<View>(expect: Expect, { change, add }: Put<View>, notFound: () => Error) {
  if (expect === 'new') return { status: 201 as const, view: await add() };
  const changed = await change();
  if (changed !== null) return { status: 200 as const, view: changed };
  if (expect === 'existing') throw notFound();
  try {
    return { status: 201 as const, view: await add() };
  } catch (error) {
    // Another PUT has made it meanwhile: then this one changes it. A name that another holds stays an error.
    const made = await change();
    if (made === null) throw error;
    return { status: 200 as const, view: made };
  }
}

/** The result, or null for the one code that means "there is none". */
export async function orNull<T>(work: Promise<T>, notFoundCode: string): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === notFoundCode) return null;
    throw error;
  }
}

/** A member that only a new one must have. */
export function needed<T>(value: T | undefined, member: string, what: string): T {
  if (value !== undefined) return value;
  throw problem('catalogue_value_invalid', `${what} does not exist yet; to make it, give "${member}" as well.`);
}

export const listQuery = z.object(pageQuery);

/** One more than asked is read, which tells whether a page follows. */
export function pageOfQuery(query: { readonly limit: number; readonly cursor?: string | undefined }): Page {
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, z.tuple([z.string()]))[0];
  return { after, limit: query.limit + 1 };
}

export function pageAnswer<View, Item>(
  views: readonly View[],
  limit: number,
  place: (view: View) => string,
  item: (view: View) => Item,
) {
  const shown = views.slice(0, limit);
  const last = views.length > limit ? shown.at(-1) : undefined;
  return { data: shown.map(item), next_cursor: last === undefined ? null : encodeCursor([place(last)]) };
}

export function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** Only the members that were given: the stores tell "left out" from null. */
export function given<Shape extends object>(shape: Shape): { [Name in keyof Shape]: Exclude<Shape[Name], undefined> } {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Shape]: Exclude<Shape[Name], undefined>;
  };
}
