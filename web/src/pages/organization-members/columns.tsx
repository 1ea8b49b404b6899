import { useMemo } from 'react';
import type { Member } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { Numbers } from '../../ui/numbers.tsx';
import { Time } from '../../ui/time.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { MemberName } from '../organization-parts/member-name.tsx';
import { MemberState } from '../organization-parts/member-state.tsx';
import { NamedLinks } from '../organization-parts/named-links.tsx';
import { RoleBadges } from '../organization-parts/role-badges.tsx';

/** Of the list of members. What the reader may see of nobody has no column. */
export function useMemberColumns(): readonly Column<Member>[] {
  const t = useTranslations('members');
  const { permissions } = useOrganization();
  return useMemo(() => {
    const columns: Column<Member>[] = [
      { id: 'name', header: t('member'), className: 'sm:max-w-64', cell: (row) => <MemberName member={row} /> },
      { id: 'roles', header: t('roles'), wrap: true, cell: (row) => <RoleBadges roles={row.roles} /> },
      {
        id: 'teams',
        header: t('teams'),
        wrap: true,
        wideOnly: true,
        cell: (row) => <NamedLinks items={row.teams} to="/organization/teams/$team" param="team" />,
      },
      { id: 'state', header: t('state'), cell: (row) => <MemberState member={row} /> },
      {
        id: 'active',
        header: t('lastActive'),
        cell: (row) =>
          row.last_active_at === null ? (
            <span className="text-faint">{t('never')}</span>
          ) : (
            <Time at={row.last_active_at} show="relative" />
          ),
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
