import type { Pages } from '../api/queries.ts';
import { DataTable, type DataTableProps } from './data-table.tsx';
import { ErrorState } from './error-state.tsx';

interface PagedTableProps<Row> extends Omit<DataTableProps<Row>, 'rows' | 'more'> {
  /** Of `usePages`. */
  readonly pages: Pages<Row>;
}

/** A list of the API that comes in pages: loading, failing, empty, and more of it. */
export function PagedTable<Row>({ pages, ...table }: PagedTableProps<Row>) {
  if (pages.error !== null && pages.rows === null) return <ErrorState error={pages.error} onRetry={pages.retry} />;
  const more = pages.hasMore ? { busy: pages.isLoadingMore, onMore: pages.loadMore } : null;
  return <DataTable {...table} rows={pages.rows} more={more} />;
}
