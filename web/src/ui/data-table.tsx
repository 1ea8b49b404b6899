import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { Link, type PagePath } from '../navigation.tsx';
import { useTranslations } from '../words/use-translations.ts';
import { cx } from './cx.ts';
import { LoadMore } from './load-more.tsx';
import { Skeleton } from './skeleton.tsx';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Numbers and money: at the end, so that digits stand below digits. */
  readonly end?: boolean;
  /** Sentences: they may take several lines. Other cells of a table keep to one. */
  readonly wrap?: boolean;
  /** Left out between a phone (where rows are cards) and a wide window. */
  readonly wideOnly?: boolean;
  /** Of the cells: a width, `font-mono`. */
  readonly className?: string;
}

export interface RowLink {
  readonly to: PagePath;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string>>;
}

export interface DataTableProps<Row> {
  /** What the table lists; read out, not shown. */
  readonly label: string;
  /** The first one is the row's name: it carries the link, and heads the card on a phone. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[] | null;
  readonly rowKey: (row: Row) => string;
  /** Where the whole row leads. */
  readonly rowLink?: (row: Row) => RowLink | null;
  /** What the row looks like beside its own look: one that has just come. */
  readonly rowClass?: (row: Row) => string | undefined;
  /** Buttons or a menu at the end of the row. */
  readonly rowActions?: (row: Row) => ReactNode;
  /** In the place of the rows when there are none: an EmptyState. */
  readonly empty?: ReactNode;
  /** How many rows stand there while `rows` is null. */
  readonly expectedRows?: number;
  readonly more?: { readonly busy: boolean; readonly onMore: () => void } | null;
}

/** Rows under a head that stays; cards on a phone. `rows` null: they are on their way. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, rowActions, empty, expectedRows = 6, more } = props;
  const t = useTranslations('ui');
  const id = useId();
  if (rows !== null && rows.length === 0 && empty) return <>{empty}</>;
  // Without their roles, rows that are shown as blocks are no table to a screen reader (biome.json allows it here).
  return (
    <div className="sm:max-lg:overflow-x-auto sm:max-lg:rounded-2xl">
      <table
        role="table"
        aria-labelledby={id}
        aria-busy={rows === null}
        className="block w-full text-left sm:table sm:border-separate sm:border-spacing-0"
      >
        <caption id={id} className="sr-only">
          {label}
        </caption>
        <thead role="rowgroup" className="hidden sm:table-header-group">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.id} role="columnheader" scope="col" className={cx(headLook, cellPlace(column))}>
                {column.header}
              </th>
            ))}
            {rowActions && (
              <th role="columnheader" scope="col" className={cx(headLook, 'w-12 sm:max-lg:sticky sm:max-lg:right-0')}>
                <span className="sr-only">{t('actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block sm:table-row-group" onKeyDown={moveAmongRows}>
          {rows === null
            ? Array.from({ length: expectedRows }, (_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all alike.
                <SkeletonRow key={index} columns={columns} actions={rowActions !== undefined} />
              ))
            : rows.map((row) => <TableRow key={rowKey(row)} row={row} table={props} />)}
        </tbody>
      </table>
      {rows === null && (
        <span role="status" className="sr-only">
          {t('loading')}
        </span>
      )}
      {more && <LoadMore busy={more.busy} onMore={more.onMore} />}
    </div>
  );
}

/** It sticks where the table fits: one that scrolls sideways would be what it sticks to. */
const headLook =
  'z-10 border-b border-line bg-card px-2 py-2 text-xs lg:px-3 font-medium text-faint first:rounded-tl-2xl first:pl-5 last:rounded-tr-2xl last:pr-5 lg:first:pl-5 lg:last:pr-5 lg:sticky lg:top-(--sticky-top,0px)';
const rowLook = 'relative block border-b border-line px-4 py-3 last:border-b-0 sm:table-row sm:p-0';
const cellLook =
  'flex min-h-6 items-center justify-between gap-4 sm:table-cell sm:border-b sm:border-line sm:px-2 sm:py-2.5 lg:px-3 sm:align-middle sm:first:min-w-32 sm:first:pl-5 sm:last:pr-5 lg:first:pl-5 lg:last:pr-5 sm:group-last:border-b-0';

/** Within reach also where the table scrolls sideways. */
const actionsLook = 'sm:max-lg:sticky sm:max-lg:right-0 sm:max-lg:z-[1] sm:max-lg:bg-card';

function cellPlace(column: { readonly end?: boolean; readonly wideOnly?: boolean; readonly wrap?: boolean }): string {
  return cx(
    column.end && 'sm:text-right',
    column.wideOnly && 'sm:max-lg:hidden',
    !column.wrap && 'sm:not-first:whitespace-nowrap',
  );
}

function TableRow<Row>({ row, table }: { readonly row: Row; readonly table: DataTableProps<Row> }) {
  const { columns, rowLink, rowClass, rowActions } = table;
  const link = rowLink?.(row);
  return (
    <tr role="row" className={cx('group', rowLook, link && 'hover:bg-paper', rowClass?.(row))}>
      {columns.map((column, index) => (
        <td key={column.id} role="cell" className={cx(cellLook, cellPlace(column), column.className)}>
          {index > 0 && (
            <span aria-hidden="true" className="shrink-0 text-xs text-faint sm:hidden">
              {column.header}
            </span>
          )}
          {index === 0 && link ? (
            <Link
              {...link}
              data-row-link=""
              className="min-w-0 font-medium after:absolute after:inset-0 after:content-[''] focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
            >
              {column.cell(row)}
            </Link>
          ) : (
            <div className={cx('min-w-0', index === 0 && 'font-medium', index > 0 && 'max-sm:text-right')}>
              {column.cell(row)}
            </div>
          )}
        </td>
      ))}
      {rowActions && (
        <td
          role="cell"
          className={cx(
            cellLook,
            'max-sm:absolute max-sm:top-2 max-sm:right-2 sm:py-1 sm:text-right',
            actionsLook,
            link && 'sm:max-lg:group-hover:bg-paper',
          )}
        >
          <div className="relative z-[1] inline-flex gap-1">{rowActions(row)}</div>
        </td>
      )}
    </tr>
  );
}

function SkeletonRow<Row>({
  columns,
  actions,
}: {
  readonly columns: readonly Column<Row>[];
  readonly actions: boolean;
}) {
  return (
    <tr className={cx('group', rowLook)}>
      {columns.map((column, index) => (
        <td key={column.id} className={cx(cellLook, cellPlace(column))}>
          <Skeleton
            className={cx('my-[0.1875rem] h-[0.9375rem]', index === 0 ? 'w-36' : 'w-16', column.end && 'sm:ml-auto')}
          />
        </td>
      ))}
      {actions && (
        <td className={cellLook}>
          <Skeleton className="size-7" />
        </td>
      )}
    </tr>
  );
}

/** Up and down among the links of the rows. */
function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  if (!(event.target instanceof HTMLElement) || !event.target.hasAttribute('data-row-link')) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')];
  const at = links.indexOf(event.target);
  const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 };
  const move = moves[event.key];
  const next = move === undefined ? undefined : links[move];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
