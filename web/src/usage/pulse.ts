import { useEffect, useRef } from 'react';
import { type Reading, useRead } from '../api/queries.ts';
import type { Usage } from '../api/schema.ts';
import { useOrganization } from '../session.tsx';
import type { UsageFilters } from './dimensions.ts';

const hourMs = 3_600_000;
/** A call shows within two seconds, and what follows the pulse has to be read as well. */
const everyMs = 1_500;
/** For what the pulse does not tell: a call of the hour before that ends late, or one at the hour's turn. */
export const safetyMs = 60_000;

export interface Pulse {
  /** Changes with every call that ends; null until it is known. */
  readonly stamp: string | null;
  /** Requests and tokens of the last minute. */
  readonly now: Usage['now'] | undefined;
  /** The last question was not answered. It is asked again. */
  readonly isInterrupted: boolean;
}

/** What an organization does right now: the sums of this hour, which cost nothing to read, again and again. */
export function usePulse(filters: UsageFilters, enabled: boolean): Pulse {
  const { id: organization } = useOrganization();
  const nowMs = Date.now();
  const from = new Date(nowMs - (nowMs % hourMs)).toISOString();
  const query = { ...filters, from, interval: 'hour' } as const;
  const { data, error } = useRead(
    '/control/v1/organizations/{organization}/usage',
    { params: { organization }, query },
    { enabled, everyMs, staleMs: 0, keepLast: true },
  );
  const isInterrupted = enabled && error !== null;
  if (!enabled || data === undefined) return { stamp: null, now: undefined, isInterrupted };
  const { requests, failures, total_tokens, actual_cost_usd } = data.totals;
  const stamp = [data.from, requests, failures, total_tokens, actual_cost_usd].join(' ');
  return { stamp, now: data.now, isInterrupted };
}

/**
 * Reads again when the pulse has changed, but not more often than so, and never while a reading is under way. Once also
 * when the pulse is first felt: what was read before may lack a call that the pulse counts already.
 */
export function useFollow({ stamp }: Pulse, reading: Reading<unknown>, atMostEveryMs = 0): void {
  const { isFetching, retry } = reading;
  const latest = useRef(retry);
  latest.current = retry;
  const seen = useRef<string | null>(null);
  const readAtMs = useRef(0);
  useEffect(() => {
    if (stamp === null || isFetching || seen.current === stamp) return;
    const dueMs = readAtMs.current + atMostEveryMs - Date.now();
    const read = () => {
      seen.current = stamp;
      readAtMs.current = Date.now();
      latest.current();
    };
    const timer = window.setTimeout(read, Math.max(0, dueMs));
    return () => window.clearTimeout(timer);
  }, [stamp, isFetching, atMostEveryMs]);
}
