import type { ReactNode } from 'react';
import type { Reading } from '../../api/queries.ts';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorState } from '../../ui/error-state.tsx';

interface ReadTableProps<Row> {
  readonly label: string;
  readonly title?: string;
  readonly description?: ReactNode;
  readonly reading: Reading<{ readonly data: readonly Row[] }>;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly rowActions?: (row: Row) => ReactNode;
  readonly empty: ReactNode;
  readonly actions?: ReactNode;
}

/** A list that the API gives as a whole: loading, failing, empty, and there. */
export function ReadTable<Row>({ title, description, actions, reading, ...table }: ReadTableProps<Row>) {
  const { data, error, retry } = reading;
  return (
    <Card flush title={title} description={description} actions={actions}>
      {error && !data ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <DataTable {...table} rows={data?.data ?? null} expectedRows={4} />
      )}
    </Card>
  );
}
