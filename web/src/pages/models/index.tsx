import { Boxes, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { useFilters } from '../../navigation.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useGroups, useModels } from '../key-parts/offers.ts';
import { useModelColumns } from './columns.tsx';
import { addressOf, modes, narrowed, sorts } from './list.ts';
import { ModelDialog } from './model-dialog.tsx';

const names = ['search', 'vendor', 'group', 'mode', 'sort'] as const;

/** The authoritative list: what to write as `model`, group by group, and what it costs there. */
export function Page() {
  const t = useTranslations('models');
  const filters = useFilters(names);
  const shown = useFilters(['model']);
  const groups = useGroups().data ?? [];
  const { models, error, retry } = useModels();
  const columns = useModelColumns();
  const { search, vendor, group, mode } = filters.values;
  const sort = sorts.find((each) => each === filters.values.sort);
  const rows = useMemo(
    () => models && narrowed(models, { search, vendor, group, mode, sort }),
    [models, search, vendor, group, mode, sort],
  );
  const vendors = new Map(groups.map((each) => [each.vendor, each.vendor_name]));
  const open = models?.find((model) => addressOf(model) === shown.values.model);
  const given = Object.fromEntries(Object.entries(filters.values).filter(([, value]) => value !== undefined));
  const isNarrowed = Boolean(search || vendor || group || mode);
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('search')} />
        <FilterSelect
          filters={filters}
          name="vendor"
          label={t('vendor')}
          all={t('allVendors')}
          options={[...vendors].map(([value, label]) => ({ value, label }))}
        />
        <FilterSelect
          filters={filters}
          name="group"
          label={t('group')}
          all={t('allGroups')}
          options={groups
            .filter((each) => vendor === undefined || each.vendor === vendor)
            .map(({ id, display_name }) => ({ value: id, label: display_name }))}
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
          name="sort"
          label={t('sort')}
          all={t('sorts.newest')}
          options={sorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
        />
      </FilterBar>
      <Card flush>
        {error && models === null ? (
          <ErrorState error={error} onRetry={retry} />
        ) : (
          <DataTable
            label={t('title')}
            columns={columns}
            rows={rows}
            expectedRows={12}
            rowKey={addressOf}
            rowLink={(model) => ({ to: '/models', search: { ...given, model: addressOf(model) } })}
            rowActions={({ id }) => <CopyButton small text={id} label={t('copyName', { model: id })} />}
            empty={
              isNarrowed ? (
                <EmptyState
                  icon={SearchX}
                  title={t('emptyNarrowed')}
                  text={t('emptyNarrowedText')}
                  action={<Button onClick={filters.clear}>{t('clear')}</Button>}
                />
              ) : (
                <EmptyState icon={Boxes} title={t('empty')} text={t('emptyText')} />
              )
            }
          />
        )}
      </Card>
      <p className="mt-3 text-[0.8125rem] text-soft" aria-live="polite">
        {rows && models && t('count', { shown: rows.length, all: models.length })}
      </p>
      {open && <ModelDialog model={open} onClose={() => shown.set({ model: undefined })} />}
    </>
  );
}
