import { FolderKanban, Plus, SearchX } from 'lucide-react';
import { useState } from 'react';
import { usePages } from '../../api/queries.ts';
import { useFilters, useGo } from '../../navigation.tsx';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar, FilterSelect, FilterText } from '../../ui/filter-bar.tsx';
import { oneOf } from '../../ui/one-of.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ProjectDialog } from '../organization-parts/project-dialog.tsx';
import { useAllTeams } from '../organization-parts/use-all.ts';
import { useProjectColumns } from '../organization-parts/use-project-columns.tsx';

const names = ['search', 'team', 'archived'] as const;
const archivedKinds = ['yes', 'all'] as const;

/** What keys' spend is booked to. */
export function Page() {
  const t = useTranslations('projects');
  const tShell = useTranslations('shell.pages');
  const { id: organization } = useOrganization();
  const may = useCan('teams.write');
  const go = useGo();
  const filters = useFilters(names);
  const { search, team, archived } = filters.values;
  const [making, setMaking] = useState(false);
  const pages = usePages(
    '/control/v1/organizations/{organization}/projects',
    { params: { organization }, query: { search, team, archived: oneOf(archivedKinds, archived) } },
    { keepLast: true },
  );
  const teams = useAllTeams() ?? [];
  const make = may && (
    <Button variant="primary" icon={Plus} onClick={() => setMaking(true)}>
      {t('make')}
    </Button>
  );
  return (
    <>
      <PageHeader title={tShell('organizationProjects')} description={t('description')} actions={make} />
      <FilterBar filters={filters}>
        <FilterText filters={filters} name="search" label={t('search')} />
        {teams.length > 0 && (
          <FilterSelect
            filters={filters}
            name="team"
            label={t('team')}
            all={t('allTeams')}
            options={teams.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        <FilterSelect
          filters={filters}
          name="archived"
          label={t('archived')}
          all={t('archivedKinds.no')}
          options={archivedKinds.map((value) => ({ value, label: t(`archivedKinds.${value}`) }))}
        />
      </FilterBar>
      <Card flush>
        <PagedTable
          label={t('list')}
          pages={pages}
          columns={useProjectColumns()}
          rowKey={(row) => row.id}
          rowLink={(row) => ({ to: '/organization/projects/$project', params: { project: row.id } })}
          expectedRows={4}
          empty={
            filters.isSet ? (
              <EmptyState
                icon={SearchX}
                title={t('noneFits')}
                action={<Button onClick={filters.clear}>{t('showAll')}</Button>}
              />
            ) : (
              <EmptyState icon={FolderKanban} title={t('none')} text={t('noneText')} action={make} />
            )
          }
        />
      </Card>
      {making && (
        <ProjectDialog
          {...(team ? { team } : {})}
          onClose={() => setMaking(false)}
          onMade={({ id }) => void go({ to: '/organization/projects/$project', params: { project: id } })}
        />
      )}
    </>
  );
}
