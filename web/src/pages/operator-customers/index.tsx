import { Building2, SearchX } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import { useFilters } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { withoutSecret } from '../../ui/without-secret.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { useCustomerColumns } from './columns.tsx';

const names = ['search', 'kind', 'state', 'sort'] as const;
const kinds = ['personal', 'shared'] as const;
const states = ['active', 'suspended', 'deleted'] as const;
const sorts = ['name', 'spend', 'last_request'] as const;

/** All customers: by a word, an id, a pasted key or a request id. */
export function Page() {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  const tShell = useTranslations('shell.pages');
  const filters = useFilters(names);
  const { search, kind, state, sort } = filters.values;
  const query = { search, kind: oneOf(kinds, kind), state: oneOf(states, state), sort: oneOf(sorts, sort) };
  const customers = usePages('/admin/v1/customers', { query }, { keepLast: true });
  const columns = useCustomerColumns();
  const isNarrowed = Boolean(search || kind || state);
  return (
    <>
      <PageHeader title={tShell('operatorCustomers')} description={t('description')} />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('search')} tidy={withoutSecret} />
        <FilterSelect
          filters={filters}
          name="kind"
          label={t('kind')}
          all={t('allKinds')}
          options={kinds.map((value) => ({ value, label: tShared(`kinds.${value}`) }))}
        />
        <FilterSelect
          filters={filters}
          name="state"
          label={t('state')}
          all={t('notDeleted')}
          options={states.map((value) => ({ value, label: tShared(`states.${value}`) }))}
        />
        <FilterSelect
          filters={filters}
          name="sort"
          label={t('sort')}
          all={t('sorts.created')}
          options={sorts.map((value) => ({ value, label: t(`sorts.${value}`) }))}
        />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('list')}
          pages={customers}
          columns={columns}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/operator/customers/$organization', params: { organization: row.id } })}
          empty={
            isNarrowed ? (
              <EmptyState icon={SearchX} title={t('emptyTitle')} text={t('emptyText')} />
            ) : (
              <EmptyState icon={Building2} title={t('emptyFirst')} text={t('emptyFirstText')} />
            )
          }
        />
      </Card>
    </>
  );
}
