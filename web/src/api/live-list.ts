import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Answer, type Ask, api } from './client.ts';
import { mergeLive } from './merge-live.ts';
import { asProblem } from './problem.ts';
import type { Pages } from './queries.ts';

/** Lists that tell what has come since: `live_cursor` and `newer_than`. */
export type LivePath = '/control/v1/organizations/{organization}/requests' | '/admin/v1/requests';

type RowOf<P extends LivePath> = Answer<P>['data'][number];

interface LivePage<Row> {
  readonly data: Row[];
  readonly next_cursor: string | null;
  readonly searched_back_to: string | null;
  readonly live_cursor: string | null;
}

interface LiveOptions {
  /** Whether to ask for what is new, every two seconds while the page is seen. */
  readonly live: boolean;
  /** While it is true new rows wait, so that nothing moves below the reader. Rows that are there still change. */
  readonly held: boolean;
}

export interface LiveList<Row> extends Pages<Row> {
  /** New rows that wait to be shown. */
  readonly waiting: number;
  showWaiting(): void;
  /** Rows that came while the list was seen. */
  readonly arrived: ReadonlySet<string>;
  /** How far back the last page has looked: a page can be short and yet have a next one. Null: to the first record. */
  readonly searchedBackTo: string | null;
  /** The last question for what is new was not answered; it is asked again. */
  readonly isInterrupted: boolean;
}

const everyMs = 2_000;
const afterFailureMs = 6_000;
/** As much as one question may bring; as much as that means that there may be more in between. */
const most = 100;
/** A list that was left for longer is read anew. */
const freshMs = 60_000;
const none: ReadonlySet<string> = new Set();

/** A list of requests that grows at its top. `ask` without cursors. */
export function useLiveList<P extends LivePath>(path: P, ask: Ask<P>, { live, held }: LiveOptions): LiveList<RowOf<P>> {
  type Row = RowOf<P>;
  type Data = InfiniteData<LivePage<Row>, string | null>;
  const client = useQueryClient();
  const name = JSON.stringify(ask);
  const queryKey = useMemo(() => [path, JSON.parse(name), 'live'], [path, name]);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => read<Row>(path, ask, pageParam === null ? {} : { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: LivePage<Row>) => last.next_cursor,
    staleTime: freshMs,
    refetchOnWindowFocus: false,
  });
  const [state, setState] = useState({ name, waiting: [] as readonly Row[], arrived: none, isInterrupted: false });
  const { waiting, arrived, isInterrupted } = state.name === name ? state : { ...state, ...empty };
  const latest = useRef({ ask, held, waiting });
  latest.current = { ask, held, waiting };

  const take = useCallback(
    (rows: readonly Row[], cursor: string | null) => {
      const { held: holds, waiting: before } = latest.current;
      const data = client.getQueryData<Data>(queryKey);
      if (!data) return;
      const merged = mergeLive(data.pages, [...rows, ...(holds ? [] : before)], !holds);
      const pages = merged.pages.map((page, index) => (index === 0 ? { ...page, live_cursor: cursor } : page));
      client.setQueryData<Data>(queryKey, { ...data, pages });
      setState(({ name: of, arrived: known }) => ({
        name,
        waiting: holds ? newest([...merged.fresh, ...before]) : [],
        arrived: holds || merged.fresh.length === 0 ? (of === name ? known : none) : idsOf(merged.fresh),
        isInterrupted: false,
      }));
    },
    [client, queryKey, name],
  );

  const cursor = query.data?.pages[0]?.live_cursor ?? null;
  const { refetch } = query;
  const asks = live && query.data !== undefined && !query.isFetching;
  useEffect(() => {
    if (!asks) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const look = async () => {
      if (document.hidden) return;
      try {
        // What has ended is no longer among the running ones, and no answer says so: these few are read anew.
        if (cursor === null || isRunningOnly(latest.current.ask)) return void (await refetch());
        const told = await read<Row>(path, latest.current.ask, { newer_than: cursor, limit: most }, signal);
        if (signal.aborted) return;
        if (told.data.length >= most) await refetch();
        else take(told.data, told.live_cursor);
      } catch (error) {
        if (signal.aborted) return;
        const gone = asProblem(error).code === 'cursor_invalid';
        if (gone) await refetch();
        setState((before) => ({ ...before, name, isInterrupted: !gone }));
      }
    };
    // One after the other: what a look changes makes the effect run again.
    let timer = setTimeout(async function next() {
      await look();
      if (!signal.aborted) timer = setTimeout(next, afterFailureMs);
    }, everyMs);
    return () => {
      leaving.abort();
      clearTimeout(timer);
    };
  }, [asks, cursor, path, name, take, refetch]);

  // What has waited comes in as soon as nobody reads below.
  const showWaiting = useCallback(() => {
    latest.current = { ...latest.current, held: false };
    take([], client.getQueryData<Data>(queryKey)?.pages[0]?.live_cursor ?? null);
  }, [take, client, queryKey]);
  useEffect(() => {
    if (!held && waiting.length > 0) showWaiting();
  }, [held, waiting.length, showWaiting]);

  return {
    rows: query.data?.pages.flatMap((page) => page.data) ?? null,
    error: query.error === null ? null : asProblem(query.error),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
    waiting: waiting.length,
    showWaiting,
    arrived,
    searchedBackTo: query.data?.pages.at(-1)?.searched_back_to ?? null,
    isInterrupted: live && isInterrupted,
  };
}

const empty = { waiting: [], arrived: none, isInterrupted: false };

function read<Row>(path: LivePath, ask: object, more: object, signal: AbortSignal): Promise<LivePage<Row>> {
  const { query } = ask as { query?: object };
  const ungenericGet = api.get as (path: LivePath, ask: object) => Promise<unknown>;
  return ungenericGet(path, { ...ask, query: { ...query, ...more }, signal }) as Promise<LivePage<Row>>;
}

function isRunningOnly(ask: object): boolean {
  const { query } = ask as { query?: { outcome?: string } };
  return query?.outcome === 'open';
}

function idsOf(rows: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(rows.map(({ id }) => id));
}

function newest<Row extends { readonly id: string }>(rows: readonly Row[]): readonly Row[] {
  return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()].reverse();
}
