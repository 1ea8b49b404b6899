import { Building2 } from 'lucide-react';
import type { AccountPage } from '../../api/schema.ts';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useRoleNames } from '../operator-customer/members-tab.tsx';
import { stateTones } from '../operator-customers/columns.tsx';

interface OrganizationsProps {
  readonly organizations: AccountPage['organization_list'];
}

export function Organizations({ organizations }: OrganizationsProps) {
  const t = useTranslations('customers');
  const tShared = useTranslations('operator');
  const roles = useRoleNames();
  return (
    <Card title={t('organizations')} flush>
      <DataTable
        label={t('organizations')}
        rows={organizations}
        rowKey={(row) => row.id}
        rowLink={(row) => ({ to: '/operator/customers/$organization', params: { organization: row.id } })}
        columns={[
          { id: 'name', header: t('name'), cell: (row) => row.name },
          { id: 'kind', header: t('kind'), cell: (row) => tShared(`kinds.${row.kind}`) },
          { id: 'roles', header: t('memberRoles'), cell: (row) => roles(row.roles) },
          {
            id: 'member',
            header: t('membership'),
            cell: (row) => (
              <StatusDot tone={row.member_state === 'active' ? 'good' : 'neutral'}>
                {tShared(`states.${row.member_state}`)}
              </StatusDot>
            ),
          },
          {
            id: 'state',
            header: t('state'),
            wideOnly: true,
            cell: (row) => <StatusDot tone={stateTones[row.state]}>{tShared(`states.${row.state}`)}</StatusDot>,
          },
        ]}
        empty={<EmptyState icon={Building2} title={t('noOrganizations')} />}
      />
    </Card>
  );
}
