import { useCallback, useMemo, useRef, useState } from 'react';
import type { ApiProblem } from '../../api/problem.ts';
import { usePages, useRead } from '../../api/queries.ts';
import { type FilterValues, holdRows, questionOf } from './question.ts';
import type { Ticket } from './types.ts';

const everyMs = 5_000;

export interface Inbox {
  readonly rows: readonly Ticket[] | null;
  readonly error: ApiProblem | null;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  /** Rows that came while somebody reads. */
  readonly waiting: number;
  /** What was looked for, told by its form; null: this is no search. */
  readonly foundBy: 'ticket' | 'fact' | 'address' | 'message_id' | 'words' | 'nothing' | null;
  /** Text of the message that was found, by ticket. */
  readonly excerpts: ReadonlyMap<string, string>;
  loadMore(): void;
  retry(): void;
  /** Shows all as it is now: after an action of the reader's own, too. */
  refresh(): void;
}

const noExcerpts: ReadonlyMap<string, string> = new Map();

/** Tickets of one question, as they come and go. `held`: somebody reads. */
export function useInbox(values: FilterValues, held: boolean): Inbox {
  const { q } = values;
  const name = JSON.stringify(values);
  const ask = useMemo(() => ({ query: questionOf(JSON.parse(name) as FilterValues) }), [name]);
  const list = usePages('/admin/v1/tickets', ask, { enabled: q === undefined, everyMs });
  const search = useRead('/admin/v1/tickets/search', { query: { q: q ?? '' } }, { enabled: q !== undefined });
  const fresh: readonly Ticket[] | null = q === undefined ? list.rows : (search.data?.data ?? null);
  const [epoch, setEpoch] = useState(0);
  const kept = useRef<{ readonly of: string; readonly rows: readonly Ticket[] } | null>(null);
  const of = `${name} ${epoch}`;
  const { rows, waiting } = useMemo(() => {
    if (fresh === null) return { rows: null, waiting: 0 };
    const last = kept.current;
    const next = held && last?.of === of ? holdRows(last.rows, fresh) : { rows: fresh, waiting: 0 };
    kept.current = { of, rows: next.rows };
    return next;
  }, [fresh, held, of]);
  const excerpts = useMemo(() => {
    const found = search.data?.data ?? [];
    if (q === undefined || found.length === 0) return noExcerpts;
    return new Map(found.flatMap(({ id, excerpt }) => (excerpt === null ? [] : [[id, excerpt] as const])));
  }, [search.data, q]);
  const refresh = useCallback(() => setEpoch((count) => count + 1), []);
  return {
    rows,
    waiting,
    excerpts,
    error: q === undefined ? list.error : search.error,
    hasMore: q === undefined && list.hasMore,
    isLoadingMore: list.isLoadingMore,
    foundBy: q === undefined ? null : (search.data?.by ?? null),
    loadMore: list.loadMore,
    retry: q === undefined ? list.retry : search.retry,
    refresh,
  };
}
