import { Boxes, Plus, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Model, Price } from '../../api/schema.ts';
import { useFilters, useGo } from '../../navigation.tsx';
import { useStaffCan } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { Money } from '../../ui/money.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { useModels, usePrices, useVendors } from '../operator-parts/catalogue-reads.ts';
import { pricesInForce } from '../operator-parts/price-versions.ts';
import { ModelDialog } from './model-dialog.tsx';
import { modes } from './modes.ts';
import { RefreshDialog } from './refresh-dialog.tsx';

const names = ['search', 'vendor', 'mode', 'price'] as const;

/** What vendors offer, with the list price that is in force. */
export function Page() {
  const t = useTranslations('catalogue.models');
  const tPrices = useTranslations('catalogue.prices');
  const tShared = useTranslations('catalogue');
  const tShell = useTranslations('shell.pages');
  const go = useGo();
  const filters = useFilters(names);
  const { values } = filters;
  const models = useModels();
  const prices = usePrices();
  const vendors = useVendors().data?.data ?? [];
  const mayWrite = useStaffCan('catalogue.write');
  const [open, setOpen] = useState<'add' | 'refresh' | null>(null);
  const inForce = useMemo(() => (prices.rows ? pricesInForce(prices.rows, Date.now()) : null), [prices.rows]);
  const rows = useMemo(
    () => models.rows?.filter((model) => fits(model, values, inForce)) ?? null,
    [models.rows, values, inForce],
  );
  const columns = useModelColumns(inForce);
  const error = models.error ?? prices.error;
  return (
    <>
      <PageHeader
        title={tShell('operatorModels')}
        description={t('description')}
        actions={
          mayWrite && (
            <>
              <Button icon={RefreshCw} onClick={() => setOpen('refresh')}>
                {tPrices('refresh')}
              </Button>
              <Button variant="primary" icon={Plus} onClick={() => setOpen('add')}>
                {t('add')}
              </Button>
            </>
          )
        }
      />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('search')} />
        <FilterSelect
          filters={filters}
          name="vendor"
          label={tShared('vendor')}
          all={tShared('allVendors')}
          options={vendors.map(({ id, display_name }) => ({ value: id, label: display_name }))}
        />
        <FilterSelect
          filters={filters}
          name="mode"
          label={t('mode')}
          all={t('allModes')}
          options={modes.map((value) => ({ value, label: t(`modes.${value}`) }))}
        />
        <FilterSelect
          filters={filters}
          name="price"
          label={t('priceFilter')}
          all={t('priceAll')}
          options={[
            { value: 'set', label: t('pricedOnly') },
            { value: 'unset', label: t('unpricedOnly') },
          ]}
        />
      </FilterBar>
      <Card flush>
        {error && !(models.rows && prices.rows) ? (
          <ErrorState
            error={error}
            onRetry={() => {
              models.retry();
              prices.retry();
            }}
          />
        ) : (
          <DataTable
            label={t('list')}
            rows={rows}
            rowKey={(row) => `${row.vendor}/${row.id}`}
            rowLink={(row) => ({
              to: '/operator/models/$vendor/$model',
              params: { vendor: row.vendor, model: row.id },
            })}
            columns={columns}
            expectedRows={12}
            empty={<EmptyState icon={Boxes} title={t('emptyTitle')} text={t('emptyText')} />}
          />
        )}
      </Card>
      {open === 'add' && (
        <ModelDialog
          onClose={() => setOpen(null)}
          onSaved={({ vendor, id }) =>
            void go({ to: '/operator/models/$vendor/$model', params: { vendor, model: id } })
          }
        />
      )}
      {open === 'refresh' && <RefreshDialog onClose={() => setOpen(null)} />}
    </>
  );
}

type InForce = ReadonlyMap<string, Price> | null;

function fits(model: Model, values: Readonly<Partial<Record<string, string>>>, inForce: InForce): boolean {
  const { search, vendor, mode, price } = values;
  if (vendor && model.vendor !== vendor) return false;
  if (mode && model.mode !== mode) return false;
  if (price && inForce && inForce.has(`${model.vendor}/${model.id}`) !== (price === 'set')) return false;
  return !search || `${model.id} ${model.display_name}`.toLowerCase().includes(search.toLowerCase());
}

function useModelColumns(inForce: InForce): readonly Column<Model>[] {
  const t = useTranslations('catalogue.models');
  const tShared = useTranslations('catalogue');
  const { compact } = useFormats();
  const tokens = (count: number | null) => (count === null ? '–' : compact(count));
  const rate = (model: Model, name: 'input' | 'output') => {
    const price = inForce?.get(`${model.vendor}/${model.id}`);
    if (inForce === null) return '…';
    if (!price) return name === 'input' ? <Badge tone="warn">{t('noPrice')}</Badge> : '–';
    const amount = price.rates[name];
    return amount === undefined ? '–' : <Money amount={amount} />;
  };
  return [
    {
      id: 'name',
      header: t('name'),
      cell: (row) => (
        <>
          <code className="block font-mono text-[0.8125rem] break-all">{row.id}</code>
          <span className="block font-normal text-soft">{row.display_name}</span>
        </>
      ),
    },
    { id: 'vendor', header: tShared('vendor'), cell: (row) => row.vendor },
    { id: 'mode', header: t('mode'), wideOnly: true, cell: (row) => t(`modes.${row.mode}`) },
    {
      id: 'context',
      header: t('context'),
      end: true,
      cell: (row) => `${tokens(row.max_input_tokens)} / ${tokens(row.max_output_tokens)}`,
    },
    { id: 'input', header: t('input'), end: true, cell: (row) => rate(row, 'input') },
    { id: 'output', header: t('output'), end: true, cell: (row) => rate(row, 'output') },
  ];
}
