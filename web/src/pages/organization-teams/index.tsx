import { Plus, SearchX, Users } from 'lucide-react';
import { useState } from 'react';
import { usePages } from '../../api/queries.ts';
import type { Team } from '../../api/schema.ts';
import { useFilters, useGo } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, FilterText } from '../../ui/filter-bar.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { NameWithNote } from '../organization-parts/name-with-note.tsx';
import { TeamDialog } from '../organization-parts/team-dialog.tsx';

const names = ['search'] as const;

/** Departments: who works together, on which projects, at what cost. */
export function Page() {
  const t = useTranslations('teams');
  const tShell = useTranslations('shell.pages');
  const { id: organization } = useOrganization();
  const may = useCan('teams.write');
  const go = useGo();
  const filters = useFilters(names);
  const [making, setMaking] = useState(false);
  const pages = usePages(
    '/control/v1/organizations/{organization}/teams',
    { params: { organization }, query: { search: filters.values.search } },
    { keepLast: true },
  );
  const make = may && (
    <Button variant="primary" icon={Plus} onClick={() => setMaking(true)}>
      {t('make')}
    </Button>
  );
  return (
    <>
      <PageHeader title={tShell('organizationTeams')} description={t('description')} actions={make} />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('search')} />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('list')}
          pages={pages}
          columns={useColumns()}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/organization/teams/$team', params: { team: row.id } })}
          expectedRows={3}
          empty={
            filters.isSet ? (
              <EmptyState
                icon={SearchX}
                title={t('noneFits')}
                action={<Button onClick={filters.clear}>{t('showAll')}</Button>}
              />
            ) : (
              <EmptyState icon={Users} title={t('none')} text={t('noneText')} action={make} />
            )
          }
        />
      </Card>
      {making && (
        <TeamDialog
          onClose={() => setMaking(false)}
          onMade={({ id }) => void go({ to: '/organization/teams/$team', params: { team: id } })}
        />
      )}
    </>
  );
}

function useColumns(): readonly Column<Team>[] {
  const t = useTranslations('teams');
  const seesSpend = useCan('usage.read');
  const spend: Column<Team> = {
    id: 'spend',
    header: t('spend'),
    end: true,
    cell: (row) => (row.spend_30d_usd === null ? '–' : <Money amount={row.spend_30d_usd} />),
  };
  return [
    { id: 'name', header: t('team'), wrap: true, className: 'sm:max-w-80', cell: (row) => <NameWithNote {...row} /> },
    { id: 'members', header: t('members'), end: true, cell: (row) => <Numbers value={row.members} /> },
    { id: 'projects', header: t('projects'), end: true, cell: (row) => <Numbers value={row.projects} /> },
    ...(seesSpend ? [spend] : []),
  ];
}
