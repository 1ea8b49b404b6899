import { keepPreviousData, QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type Answer, type Ask, api, type PathOf } from './client.ts';
import { type ApiProblem, asProblem } from './problem.ts';

const maxRetries = 2;
/** Going back and forth between pages within it asks nothing again. */
const freshMs = 10_000;

/** Whether the same call may work a moment later: no answer, or the server's own trouble. */
export function isWorthRetrying(failures: number, error: unknown): boolean {
  if (failures >= maxRetries) return false;
  const { status, code } = asProblem(error);
  return code === 'network_unreachable' || status >= 500;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshMs,
        retry: isWorthRetrying,
        // The library would wait for the browser to say that it is online, which says little about a site on this machine.
        networkMode: 'always',
      },
    },
  });
}

interface ReadOptions {
  /** False while something that the call needs is not known. */
  readonly enabled?: boolean;
  /** Ask again after so long, while the page is seen. */
  readonly everyMs?: number;
  readonly staleMs?: number;
  /** While another question is being answered, the last answer stays. */
  readonly keepLast?: boolean;
}

/** An answer of the API as far as it is known. */
export interface Reading<Data> {
  /** Undefined until it is there; the last one while it is asked for again. */
  readonly data: Data | undefined;
  readonly error: ApiProblem | null;
  /** A question is under way, the first or a later one. */
  readonly isFetching: boolean;
  /** `data` is the answer to the question before: `keepLast`. */
  readonly isLast: boolean;
  retry(): void;
}

/** One answer of the API, kept and shared: `const { data, error, retry } = useRead('/control/v1/site', {})`. */
export function useRead<P extends PathOf<'get'>>(path: P, ask: Ask<P>, options: ReadOptions = {}): Reading<Answer<P>> {
  const { enabled = true, everyMs, staleMs, keepLast = false } = options;
  const query = useQuery<unknown>({
    queryKey: [path, ask],
    queryFn: ({ signal }) => get<P>(path, { ...ask, signal }),
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    ...(staleMs === undefined ? {} : { staleTime: staleMs }),
    ...(keepLast ? { placeholderData: keepPreviousData } : {}),
  });
  return {
    data: query.data as Answer<P> | undefined,
    error: query.error === null ? null : asProblem(query.error),
    isFetching: query.isFetching,
    isLast: query.isPlaceholderData,
    retry: () => void query.refetch(),
  };
}

/** The paths whose answer is a page of a list. */
export type ListPath = { [P in PathOf<'get'>]: Answer<P> extends Page<unknown> ? P : never }[PathOf<'get'>];

interface Page<Row> {
  readonly data: Row[];
  readonly next_cursor: string | null;
}

type RowOf<P extends ListPath> = Answer<P> extends Page<infer Row> ? Row : never;

/** A list of the API as far as it is loaded. */
export interface Pages<Row> {
  /** Null until the first page is there. */
  readonly rows: readonly Row[] | null;
  readonly error: ApiProblem | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  loadMore(): void;
  retry(): void;
}

/** A list that comes in pages by cursor; `ask` without `cursor`. */
export function usePages<P extends ListPath>(path: P, ask: Ask<P>, options: ReadOptions = {}): Pages<RowOf<P>> {
  const { enabled = true, everyMs, keepLast = false } = options;
  const query = useInfiniteQuery({
    queryKey: [path, ask, 'pages'],
    queryFn: async ({ signal, pageParam }): Promise<Page<RowOf<P>>> => {
      const given = ask as { query?: object };
      const from = pageParam === null ? {} : { cursor: pageParam };
      return (await get<P>(path, { ...ask, query: { ...given.query, ...from }, signal })) as Page<RowOf<P>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<RowOf<P>>) => last.next_cursor,
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    ...(keepLast ? { placeholderData: keepPreviousData } : {}),
  });
  return {
    rows: query.data?.pages.flatMap((page) => page.data) ?? null,
    error: query.error === null ? null : asProblem(query.error),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    retry: () => void query.refetch(),
  };
}

/**
 * After a write: everything that was read from these paths is read again. Resolves when what the page shows is new.
 * `const changed = useChanged(); await api.post(…); await changed('/control/v1/organizations/{organization}/keys');`
 */
export function useChanged(): (...paths: PathOf<'get'>[]) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    (...paths) => client.invalidateQueries({ predicate: ({ queryKey }) => paths.some((path) => path === queryKey[0]) }),
    [client],
  );
}

/** Forgets what was read, but for what everybody may know: nothing of the last account may be seen by the next one. */
export function useForget(): () => void {
  const client = useQueryClient();
  return useCallback(
    () => client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== '/control/v1/site' }),
    [client],
  );
}

/** The question comes from `Ask<P>`, so it is the one that `api.get` wants for this path. */
function get<P extends PathOf<'get'>>(path: P, ask: object): Promise<Answer<P>> {
  const ungenericGet = api.get as (path: P, ask: object) => Promise<Answer<P>>;
  return ungenericGet(path, ask);
}
