import { FolderOpen } from 'lucide-react';
import type { CustomerPage } from '../../api/schema.ts';
import { Badge } from '../../ui/badge.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IdText } from '../../ui/id-text.tsx';
import { useTranslations } from '../../words/use-translations.ts';

export function ProjectsTab({ customer }: { readonly customer: CustomerPage }) {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  return (
    <Card flush>
      <DataTable
        label={t('projectList')}
        rows={customer.projects}
        rowKey={(row) => row.id}
        columns={[
          {
            id: 'name',
            header: t('projectName'),
            cell: (row) => (
              <span className="inline-flex flex-wrap items-center gap-2">
                {row.name}
                {row.archived_at !== null && <Badge>{t('archived')}</Badge>}
              </span>
            ),
          },
          { id: 'team', header: t('projectTeam'), cell: (row) => row.team ?? '–' },
          { id: 'keys', header: t('projectKeys'), end: true, cell: (row) => row.keys },
          { id: 'id', header: tShared('id'), cell: (row) => <IdText id={row.id} /> },
        ]}
        empty={<EmptyState icon={FolderOpen} title={t('noProjects')} text={t('noProjectsText')} />}
      />
    </Card>
  );
}
