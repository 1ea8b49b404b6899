import { useEffect } from 'react';
import type { Ask } from '../../api/client.ts';
import { type ListPath, type Pages, usePages } from '../../api/queries.ts';

/** Of one page, the most that the API gives. */
export const fullPage = 200;
/** What belongs on one screen ends long before. */
const mostRows = 2_000;

/** A whole list of the catalogue, which is short enough to be sorted and searched here. `ask` with `limit: fullPage`. */
export function useAll<P extends ListPath>(path: P, ask: Ask<P>, options: { readonly everyMs?: number } = {}) {
  const pages = usePages(path, ask, options) as Pages<unknown>;
  const { rows, hasMore, isLoadingMore, loadMore, error } = pages;
  const wanting = hasMore && !isLoadingMore && error === null && (rows?.length ?? 0) < mostRows;
  useEffect(() => {
    if (wanting) loadMore();
  }, [wanting, loadMore]);
  return pages as ReturnType<typeof usePages<P>>;
}
