interface LiveRow {
  readonly id: string;
  readonly received_at: string;
}

interface PageOfRows<Row> {
  readonly data: Row[];
  readonly next_cursor: string | null;
}

/**
 * Puts rows that have just come into the pages that are shown, newest first: each id has one place. A row that is shown
 * already is changed where it stands. `insert` false: others are only told, in `fresh`. One that belongs behind the last
 * page will come with the next. Pure.
 */
export function mergeLive<Row extends LiveRow, Page extends PageOfRows<Row>>(
  pages: readonly Page[],
  come: readonly Row[],
  insert: boolean,
): { readonly pages: readonly Page[]; readonly fresh: readonly Row[] } {
  const byId = new Map<string, Row>();
  // The first word on a row is the latest.
  for (const row of come) if (!byId.has(row.id)) byId.set(row.id, row);
  const known = new Set<string>();
  const changed = pages.map((page) => ({
    ...page,
    data: page.data.map((row) => {
      known.add(row.id);
      return byId.get(row.id) ?? row;
    }),
  }));
  const last = pages.at(-1);
  const end = last?.next_cursor == null ? null : (last.data.at(-1) ?? null);
  const fresh = [...byId.values()]
    .filter((row) => !known.has(row.id) && (end === null || before(row, end)))
    .sort((a, b) => (before(a, b) ? -1 : 1));
  if (!insert || fresh.length === 0) return { pages: changed, fresh };
  const places = changed.map((page, index) => {
    const following = changed.slice(index + 1).find(({ data }) => data.length > 0)?.data[0];
    const preceding = changed.slice(0, index).findLast(({ data }) => data.length > 0)?.data[0];
    const own = fresh.filter(
      (row) =>
        (following === undefined || before(row, following)) &&
        (index === 0 || preceding === undefined || !belongsBefore(row, changed, index)),
    );
    return own.length === 0 ? page : { ...page, data: [...page.data, ...own].sort((a, b) => (before(a, b) ? -1 : 1)) };
  });
  return { pages: places, fresh };
}

/** Whether a row has its place on a page before the one with this index. */
function belongsBefore<Row extends LiveRow>(
  row: Row,
  pages: readonly { readonly data: readonly Row[] }[],
  index: number,
): boolean {
  const first = pages.slice(index).find(({ data }) => data.length > 0)?.data[0];
  return first !== undefined && before(row, first);
}

function before(a: LiveRow, b: LiveRow): boolean {
  return a.received_at === b.received_at ? a.id > b.id : a.received_at > b.received_at;
}
