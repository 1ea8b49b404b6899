import { SearchX } from 'lucide-react';
import { usePages } from '../../api/queries.ts';
import type { AccountSummary } from '../../api/schema.ts';
import { useFilters } from '../../navigation.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const names = ['search', 'state', 'verified', 'staff'] as const;
const states = ['active', 'disabled'] as const;
const yesNo = ['true', 'false'] as const;

/** Everybody who can sign in. */
export function Page() {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  const tShell = useTranslations('shell.pages');
  const filters = useFilters(names);
  const { search, state, verified, staff } = filters.values;
  const query = {
    search,
    state: oneOf(states, state),
    verified: oneOf(yesNo, verified),
    staff: oneOf(yesNo, staff),
  };
  const accounts = usePages('/admin/v1/accounts', { query }, { keepLast: true });
  return (
    <>
      <PageHeader title={tShell('operatorAccounts')} description={t('accountsDescription')} />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('accountSearch')} />
        <FilterSelect
          filters={filters}
          name="state"
          label={t('state')}
          all={t('allStates')}
          options={states.map((value) => ({ value, label: tShared(`states.${value}`) }))}
        />
        <FilterSelect
          filters={filters}
          name="verified"
          label={t('verifiedFilter')}
          all={t('verifiedAll')}
          options={[
            { value: 'true', label: t('verifiedOnly') },
            { value: 'false', label: t('unverifiedOnly') },
          ]}
        />
        <FilterSelect
          filters={filters}
          name="staff"
          label={t('staffFilter')}
          all={t('staffAll')}
          options={[
            { value: 'true', label: t('staffOnly') },
            { value: 'false', label: t('customersOnly') },
          ]}
        />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('accountList')}
          pages={accounts}
          columns={useAccountColumns()}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/operator/accounts/$account', params: { account: row.id } })}
          empty={<EmptyState icon={SearchX} title={t('accountsEmpty')} text={t('accountsEmptyText')} />}
        />
      </Card>
    </>
  );
}

function useAccountColumns(): readonly Column<AccountSummary>[] {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  return [
    {
      id: 'account',
      header: t('account'),
      className: 'sm:max-w-72',
      cell: (row) => (
        <>
          <span className="block truncate">{row.name}</span>
          <span className="block truncate font-normal text-soft">{row.email}</span>
        </>
      ),
    },
    {
      id: 'state',
      header: t('state'),
      cell: (row) => (
        <span className="inline-flex flex-wrap items-center justify-end gap-2">
          <StatusDot tone={row.state === 'active' ? 'good' : 'bad'}>{tShared(`states.${row.state}`)}</StatusDot>
          {!row.email_verified && <Badge tone="warn">{t('unverified')}</Badge>}
        </span>
      ),
    },
    {
      id: 'staff',
      header: t('staffRole'),
      cell: (row) =>
        row.staff_role === null ? '–' : <Badge tone="info">{tShared(`staffRoles.${row.staff_role}`)}</Badge>,
    },
    { id: 'factor', header: t('twoFactor'), wideOnly: true, cell: (row) => t(row.two_factor ? 'on' : 'off') },
    {
      id: 'organizations',
      header: t('organizations'),
      end: true,
      cell: (row) => <Numbers value={row.organizations} />,
    },
    {
      id: 'last',
      header: t('lastSignIn'),
      cell: (row) =>
        row.last_sign_in_at === null ? (
          <span className="text-faint">{tShared('never')}</span>
        ) : (
          <Time at={row.last_sign_in_at} show="relative" />
        ),
    },
    { id: 'created', header: t('created'), wideOnly: true, cell: (row) => <Time at={row.created_at} show="date" /> },
  ];
}
