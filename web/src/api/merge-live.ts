export interface LiveRow {
  readonly id: string;
  readonly received_at: string;
}

/**
 * Rows that have just come, among those that are shown, newest first: each id has one place. A row that is shown already
 * changes where it stands. `hold`: the others wait, in `fresh`. One that belongs behind the last row is left out while
 * there is more to load, for it will come with that. Pure.
 */
export function mergeLive<Row extends LiveRow>(
  shown: readonly Row[],
  come: readonly Row[],
  { hold, hasMore }: { readonly hold: boolean; readonly hasMore: boolean },
): { readonly rows: readonly Row[]; readonly fresh: readonly Row[] } {
  const latest = new Map<string, Row>();
  // What came first is the newest word on a row.
  for (const row of come) if (!latest.has(row.id)) latest.set(row.id, row);
  const known = new Set(shown.map(({ id }) => id));
  const changed = shown.map((row) => latest.get(row.id) ?? row);
  const end = hasMore ? (shown.at(-1) ?? null) : null;
  const fresh = [...latest.values()]
    .filter((row) => !known.has(row.id) && (end === null || newestFirst(row, end) < 0))
    .sort(newestFirst);
  return { rows: hold ? changed : [...changed, ...fresh].sort(newestFirst), fresh };
}

function newestFirst(a: LiveRow, b: LiveRow): number {
  if (a.received_at !== b.received_at) return a.received_at > b.received_at ? -1 : 1;
  return a.id > b.id ? -1 : a.id < b.id ? 1 : 0;
}
