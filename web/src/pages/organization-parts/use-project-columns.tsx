import { useMemo } from 'react';
import type { Project } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { NameWithNote } from './name-with-note.tsx';
import { NamedLinks } from './named-links.tsx';

/** Of every list of projects. What the reader may see of none has no column. */
export function useProjectColumns(): readonly Column<Project>[] {
  const t = useTranslations('projects');
  const { permissions } = useOrganization();
  return useMemo(() => {
    const columns: Column<Project>[] = [
      {
        id: 'name',
        header: t('project'),
        wrap: true,
        className: 'sm:max-w-80',
        cell: (row) => (
          <NameWithNote {...row} badge={row.archived_at !== null && <Badge>{t('archivedState')}</Badge>} />
        ),
      },
      {
        id: 'team',
        header: t('team'),
        cell: (row) => <NamedLinks items={row.team ? [row.team] : []} to="/organization/teams/$team" param="team" />,
      },
      {
        id: 'keys',
        header: t('keys'),
        end: true,
        cell: (row) => (row.keys === null ? '–' : <Numbers value={row.keys} />),
      },
      {
        id: 'spend',
        header: t('spend'),
        end: true,
        cell: (row) => (row.spend_30d_usd === null ? '–' : <Money amount={row.spend_30d_usd} />),
      },
    ];
    const needs: Readonly<Record<string, string>> = { keys: 'keys.read', spend: 'usage.read' };
    return columns.filter(({ id }) => needs[id] === undefined || permissions.includes(needs[id]));
  }, [t, permissions]);
}
