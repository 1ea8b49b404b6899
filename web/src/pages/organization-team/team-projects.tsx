import { FolderKanban, Plus } from 'lucide-react';
import { useState } from 'react';
import { usePages } from '../../api/queries.ts';
import { useCan, useOrganization } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PagedTable } from '../../ui/paged-table.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ProjectDialog } from '../organization-parts/project-dialog.tsx';
import { useProjectColumns } from '../organization-parts/use-project-columns.tsx';

/** The projects of a team that are not archived. */
export function TeamProjects({ team }: { readonly team: string }) {
  const t = useTranslations('projects');
  const { id: organization } = useOrganization();
  const may = useCan('teams.write');
  const [making, setMaking] = useState(false);
  const pages = usePages('/control/v1/organizations/{organization}/projects', {
    params: { organization },
    query: { team },
  });
  const columns = useProjectColumns().filter(({ id }) => id !== 'team');
  const action = may && (
    <Button small icon={Plus} onClick={() => setMaking(true)}>
      {t('make')}
    </Button>
  );
  return (
    <Card flush title={t('ofTeam')} actions={pages.rows?.length !== 0 && action}>
      <PagedTable
        label={t('ofTeam')}
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: '/organization/projects/$project', params: { project: row.id } })}
        expectedRows={2}
        empty={<EmptyState icon={FolderKanban} title={t('noneOfTeam')} text={t('noneOfTeamText')} action={action} />}
      />
      {making && <ProjectDialog team={team} onClose={() => setMaking(false)} />}
    </Card>
  );
}
