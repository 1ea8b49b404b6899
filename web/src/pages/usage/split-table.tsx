import { ListFilter } from 'lucide-react';
import type { Usage } from '../../api/schema.ts';
import { useCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Swatch } from '../../ui/chart.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import type { Dimension } from '../../usage/dimensions.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { below, CostCell, RequestsCell, TokensCell } from './cells.tsx';
import { mostColours } from './chart-series.ts';
import type { TabProps } from './parts.ts';
import { fewValues, manyValues, nothing, requestSearch } from './question.ts';
import { useSeriesName } from './reading.ts';

interface SplitTableProps extends Omit<TabProps, 'pulse'> {
  readonly usage: Usage | null;
  readonly split: Dimension;
}

type Series = Usage['series'][number];
type PlacedSeries = Series & { readonly place: number };

/** The values of the split. A row leads to its requests where these can be listed, and narrows the page. */
export function SplitTable({ usage, split, view, views, filters, narrowing }: SplitTableProps) {
  const t = useTranslations('usage');
  const nameOf = useSeriesName(split);
  const mayRead = useCan('requests.read');
  const current = usage?.split === split ? usage : null;
  const rows = current?.series.map((series, place) => ({ ...series, place })) ?? null;
  const columns = useSplitColumns(split, colourOf(current?.series ?? []));
  const hasRest = rows?.some(({ rest }) => rest) ?? false;
  const filterValue = ({ value }: Series) => (value === '' ? nothing : (value ?? ''));
  const linkOf = (row: Series) => {
    if (!mayRead || row.rest || usage === null) return null;
    const span = { from: usage.from, to: usage.to, isOpen: view.isOpen };
    const search = requestSearch({ ...filters, [split]: [filterValue(row)] }, span);
    return search && { to: '/requests' as const, search };
  };
  return (
    <Card flush>
      <DataTable
        label={t('table.label', { split: t(`splits.${split}`) })}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.value ?? ' rest'}
        rowLink={linkOf}
        rowActions={(row) =>
          row.rest ? null : (
            <IconButton
              small
              icon={ListFilter}
              label={t('table.only', { value: nameOf(row) })}
              onClick={() => narrowing.set({ [split]: filterValue(row) })}
            />
          )
        }
      />
      {(hasRest || view.most === manyValues) && (
        <div className="flex justify-center border-t border-line px-4 py-3">
          <Button
            small
            variant="ghost"
            onClick={() => views.set({ most: view.most === manyValues ? undefined : String(manyValues) })}
          >
            {view.most === manyValues
              ? t('table.fewer', { count: String(fewValues) })
              : t('table.more', { count: String(manyValues) })}
          </Button>
        </div>
      )}
    </Card>
  );
}

/** The colour of a row in the chart: those that have none of their own share the last one. */
function colourOf(series: Usage['series']): (place: number) => number {
  const isTooMany = series.length > mostColours;
  return (place) => (isTooMany ? Math.min(place, mostColours - 1) : place);
}

function useSplitColumns(split: Dimension, colour: (place: number) => number): readonly Column<PlacedSeries>[] {
  const t = useTranslations('usage');
  const nameOf = useSeriesName(split);
  return [
    {
      id: 'name',
      header: t(`dimensions.${split}`),
      cell: (row) => (
        <span className="flex items-baseline gap-2.5">
          <Swatch index={colour(row.place)} />
          <span className="min-w-0">
            <span className="block break-words">{nameOf(row)}</span>
            {row.detail !== null && <span className={below}>{row.detail}</span>}
          </span>
        </span>
      ),
    },
    { id: 'share', header: t('table.share'), cell: (row) => <ShareCell share={row.share} /> },
    { id: 'requests', header: t('table.requests'), cell: (row) => <RequestsCell sums={row.totals} />, end: true },
    { id: 'tokens', header: t('table.tokens'), cell: (row) => <TokensCell sums={row.totals} />, end: true },
    { id: 'cost', header: t('table.cost'), cell: (row) => <CostCell sums={row.totals} />, end: true },
  ];
}

function ShareCell({ share }: { readonly share: number | null }) {
  const { percent } = useFormats();
  if (share === null) return <span className="text-faint">–</span>;
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-20 rounded-full bg-sunk max-sm:hidden">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${Math.max(1, share * 100)}%` }} />
      </span>
      {percent(share)}
    </span>
  );
}
