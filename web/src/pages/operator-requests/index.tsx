import { useMemo } from 'react';
import { useFilters } from '../../navigation.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { withoutSecret } from '../../ui/without-secret.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { MoreFilters } from '../operator-parts/more-filters.tsx';
import { outcomes } from '../requests/outcome.tsx';
import { RequestList } from './request-list.tsx';

const names = ['id', 'organization', 'status', 'outcome', 'model', 'code', 'key'] as const;
const statuses = ['2xx', '4xx', '401', '402', '403', '404', '429', '5xx'] as const;

/** Calls of all customers, as they come. */
export function Page() {
  const t = useTranslations('operator.requests');
  const tOutcomes = useTranslations('requests.outcomes');
  const tShell = useTranslations('shell.pages');
  const filters = useFilters(names);
  const name = JSON.stringify(filters.values);
  const ask = useMemo(() => {
    const { organization, key, ...plain } = JSON.parse(name) as typeof filters.values;
    return {
      query: {
        ...plain,
        ...(organization === undefined ? {} : { organization_id: organization }),
        ...(key === undefined ? {} : { key_prefix: key }),
      },
    };
  }, [name]);
  return (
    <>
      <PageHeader title={tShell('operatorRequests')} description={t('description')} />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="id" label={t('find')} tidy={withoutSecret} />
        <FilterSelect
          filters={filters}
          name="status"
          label={t('filterStatus')}
          all={t('allStatuses')}
          options={statuses.map((value) => ({ value, label: value }))}
        />
        <FilterSelect
          filters={filters}
          name="outcome"
          label={t('filterOutcome')}
          all={t('allOutcomes')}
          options={outcomes.map((value) => ({ value, label: tOutcomes(value) }))}
        />
        <MoreFilters
          filters={filters}
          fields={[
            { name: 'key', label: t('filterKey') },
            { name: 'model', label: t('filterModel') },
            { name: 'code', label: t('filterCode') },
            { name: 'organization', label: t('filterOrganization') },
          ]}
        />
      </FilterBar>
      <RequestList key={name} ask={ask} narrowed={filters.isSet} />
    </>
  );
}
