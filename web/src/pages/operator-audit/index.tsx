import { ScrollText } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import { useLanguage } from '../../language.tsx';
import { type Filters, useFilters } from '../../navigation.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { withoutSecret } from '../../ui/without-secret.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { fromZoned } from '../../zoned-time.ts';
import { AuditTable } from '../operator-parts/audit-table.tsx';
import { MoreFilters } from '../operator-parts/more-filters.tsx';
import { Download } from './download.tsx';
import { nextDay, subjectKinds } from './filters.ts';

const names = ['search', 'actor', 'kind', 'organization', 'from', 'to'] as const;
type Name = (typeof names)[number];

/** Who did what, on the site and in every organization. */
export function Page() {
  const t = useTranslations('operator.audit');
  const tShell = useTranslations('shell.pages');
  const filters = useFilters(names);
  const query = useQuery(filters);
  const entries = usePages('/admin/v1/audit-log', { query }, { keepLast: true });
  const more = entries.hasMore ? { busy: entries.isLoadingMore, onMore: entries.loadMore } : null;
  return (
    <>
      <PageHeader title={tShell('operatorAudit')} description={t('description')} actions={<Download query={query} />} />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('search')} tidy={withoutSecret} />
        <FilterSelect
          filters={filters}
          name="kind"
          label={t('filterKind')}
          all={t('allKinds')}
          options={subjectKinds.map((value) => ({ value, label: t(`subjects.${value}`) }))}
        />
        <MoreFilters
          filters={filters}
          fields={[
            { name: 'actor', label: t('filterActor') },
            { name: 'organization', label: t('filterOrganization') },
            { name: 'from', label: t('since'), type: 'date' },
            { name: 'to', label: t('until'), type: 'date' },
          ]}
        />
      </FilterBar>
      <Card flush>
        {entries.error && entries.rows === null ? (
          <ErrorState error={entries.error} onRetry={entries.retry} />
        ) : (
          <AuditTable
            rows={entries.rows}
            more={more}
            empty={<EmptyState icon={ScrollText} title={t('emptyTitle')} text={t('emptyText')} />}
          />
        )}
      </Card>
    </>
  );
}

/** Days are the reader's: from the beginning of the first to the end of the last. */
function useQuery({ values }: Filters<Name>) {
  const { timeZone } = useLanguage();
  const { search, actor, kind, organization, from, to } = values;
  const last = to === undefined ? null : nextDay(to);
  return {
    search,
    actor,
    subject_kind: kind,
    organization,
    since: from === undefined ? undefined : (fromZoned(`${from}T00:00`, timeZone) ?? undefined),
    until: last === null ? undefined : (fromZoned(`${last}T00:00`, timeZone) ?? undefined),
  };
}
