import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Answer, type Ask, api } from './client.ts';
import { type LiveRow, mergeLive } from './merge-live.ts';
import { asProblem } from './problem.ts';
import type { Pages } from './queries.ts';

/** Lists that tell what has come since: `live_cursor` and `newer_than`. */
export type LivePath = '/control/v1/organizations/{organization}/requests' | '/admin/v1/requests';

type RowOf<P extends LivePath> = Answer<P> extends { data: (infer Row extends LiveRow)[] } ? Row : never;

interface LivePage<Row> {
  readonly data: readonly Row[];
  readonly next_cursor: string | null;
  readonly searched_back_to: string | null;
  readonly live_cursor: string | null;
}

interface LiveOptions {
  /** Whether to ask for what is new, every so often while the page is seen. */
  readonly live: boolean;
  /** While it is true new rows wait, so that nothing moves below the reader. Rows that are there still change. */
  readonly held: boolean;
}

export interface LiveList<Row> extends Pages<Row> {
  /** How many new rows wait to be shown. */
  readonly waiting: number;
  showWaiting(): void;
  /** Ids of the rows that came last. */
  readonly arrived: ReadonlySet<string>;
  /** How far back the last page has looked: a page can be short and yet have a next one. Null: to the first record. */
  readonly searchedBackTo: string | null;
  /** The last question for what is new was not answered. It is asked again. */
  readonly isInterrupted: boolean;
}

/** With the half second that a record takes, a call is seen within two. */
const everyMs = 1_000;
const afterFailureMs = 6_000;
/** As much as one question may bring. As much as that means that there may be more in between. */
const most = 100;
/** A list that was left for longer is read anew. */
const freshMs = 60_000;
const none: ReadonlySet<string> = new Set();

/**
 * A list of requests that grows at its top; `ask` without cursors. What uses it is made anew for another question
 * (`key`): what waits belongs to one.
 */
export function useLiveList<P extends LivePath>(path: P, ask: Ask<P>, options: LiveOptions): LiveList<RowOf<P>> {
  type Row = RowOf<P>;
  type Data = InfiniteData<LivePage<Row>, string | null>;
  const { live, held } = options;
  const client = useQueryClient();
  const queryKey = useMemo(() => [path, ask, 'live'], [path, ask]);
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => read<Row>(path, ask, pageParam === null ? {} : { cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: LivePage<Row>) => last.next_cursor,
    staleTime: freshMs,
    refetchOnWindowFocus: false,
  });
  const [waiting, setWaiting] = useState<readonly Row[]>([]);
  const [arrived, setArrived] = useState(none);
  const [isInterrupted, setInterrupted] = useState(false);

  /** `cursor` undefined: it stays. */
  const take = useCallback(
    (come: readonly Row[], hold: boolean, cursor?: string | null) => {
      const data = client.getQueryData<Data>(queryKey);
      if (!data) return;
      const shown = data.pages.flatMap((page) => page.data);
      const { rows, fresh } = mergeLive(shown, come, { hold, hasMore: data.pages.at(-1)?.next_cursor !== null });
      // How many rows a page has matters to nobody: those that were loaded stand together in the first.
      const pages = data.pages.map((page, index) =>
        index > 0
          ? { ...page, data: [] }
          : { ...page, data: rows, live_cursor: cursor === undefined ? page.live_cursor : cursor },
      );
      client.setQueryData<Data>(queryKey, { ...data, pages });
      setWaiting(hold ? fresh : []);
      if (!hold && fresh.length > 0) setArrived(new Set(fresh.map(({ id }) => id)));
    },
    [client, queryKey],
  );

  const cursor = query.data?.pages[0]?.live_cursor ?? null;
  const latest = useRef({ held, waiting, cursor });
  latest.current = { held, waiting, cursor };
  const { refetch } = query;
  const asks = live && query.data !== undefined && !query.isFetching;
  useEffect(() => {
    if (!asks) return;
    const leaving = new AbortController();
    const { signal } = leaving;
    const look = async (): Promise<number> => {
      const { cursor: since } = latest.current;
      if (document.hidden) return everyMs;
      try {
        // One that has ended is no longer among the running ones, and no answer says so: these few are read anew.
        const told =
          since === null || isOfRunning(ask)
            ? null
            : await read<Row>(path, ask, { newer_than: since, limit: most }, signal);
        if (signal.aborted) return everyMs;
        if (told === null || told.data.length >= most) await refetch();
        else take([...told.data, ...latest.current.waiting], latest.current.held, told.live_cursor);
        setInterrupted(false);
        return everyMs;
      } catch (error) {
        if (signal.aborted) return everyMs;
        if (asProblem(error).code === 'cursor_invalid') await refetch();
        setInterrupted(true);
        return afterFailureMs;
      }
    };
    const next = async () => {
      const pauseMs = await look();
      if (!signal.aborted) timer = window.setTimeout(next, pauseMs);
    };
    let timer = window.setTimeout(next, everyMs);
    return () => {
      leaving.abort();
      window.clearTimeout(timer);
    };
  }, [asks, path, ask, take, refetch]);

  const showWaiting = useCallback(() => take(latest.current.waiting, false), [take]);
  useEffect(() => {
    if (!held && waiting.length > 0) showWaiting();
  }, [held, waiting.length, showWaiting]);

  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? null, [query.data]);
  return {
    rows,
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

/** The question comes from `Ask<P>`, so it is the one that `api.get` wants for this path. */
function read<Row>(path: LivePath, ask: object, more: object, signal: AbortSignal): Promise<LivePage<Row>> {
  const { query } = ask as { query?: object };
  const ungenericGet = api.get as (path: LivePath, ask: object) => Promise<unknown>;
  return ungenericGet(path, { ...ask, query: { ...query, ...more }, signal }) as Promise<LivePage<Row>>;
}

function isOfRunning(ask: object): boolean {
  return (ask as { query?: { outcome?: string } }).query?.outcome === 'open';
}
