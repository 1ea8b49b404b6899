/** What the list is narrowed by, in the address: names as the API has them, and `last` for a time that moves along. */
export const filterNames = [
  'id',
  'last',
  'since',
  'until',
  'status',
  'key',
  'project',
  'model',
  'tool',
  'code',
  'outcome',
  'min_duration_ms',
] as const;
export type FilterName = (typeof filterNames)[number];
export type FilterValues = Readonly<Partial<Record<FilterName, string>>>;

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Spans that reach up to now, by their value of `last`. */
export const lastSpans = {
  '15m': 15 * minuteMs,
  '1h': 60 * minuteMs,
  '24h': dayMs,
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
} as const;
export type LastSpan = keyof typeof lastSpans;

export function lastSpanOf(value: string | undefined): LastSpan | null {
  return value !== undefined && Object.hasOwn(lastSpans, value) ? (value as LastSpan) : null;
}

/** How many requests come at once. */
const pageSize = 50;

/** The query for the API. `nowMs`: where a span ends. Values that somebody wrote into the address go as they are. Pure. */
export function questionOf({ last, since, min_duration_ms: slow, ...plain }: FilterValues, nowMs: number) {
  const span = lastSpanOf(last);
  // By whole minutes: coming back within one finds the answer that was there.
  const from = span === null ? since : new Date(nowMs - (nowMs % minuteMs) - lastSpans[span]).toISOString();
  const slowMs = slow === undefined ? undefined : Number(slow);
  return {
    limit: pageSize,
    ...plain,
    ...(from === undefined ? {} : { since: from }),
    ...(slowMs === undefined || Number.isNaN(slowMs) ? {} : { min_duration_ms: slowMs }),
  };
}

/** Whether something new can still come into the list. Pure. */
export function canGrow({ until }: FilterValues, nowMs: number): boolean {
  const end = until === undefined ? Number.NaN : Date.parse(until);
  return Number.isNaN(end) || end > nowMs;
}

/** The first request id in a text, in the form that addresses have; null where there is none. Pure. */
export function requestIdIn(text: string): string | null {
  const match = /(?<![0-9a-z])req[_-]([0-9a-z]{28})(?![0-9a-z])/i.exec(text);
  return match?.[1] === undefined ? null : `req_${match[1].toUpperCase()}`;
}
