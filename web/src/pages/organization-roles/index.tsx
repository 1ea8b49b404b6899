import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useFilters } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Grants } from '../organization-parts/grants.tsx';
import { Matrix } from './matrix.tsx';
import { OwnRoles } from './own-roles.tsx';
import { RoleDialog } from './role-dialog.tsx';

const names = ['tab'] as const;

/** What members may do: by the built-in roles, by the organization's own, and within single teams and projects. */
export function Page() {
  const t = useTranslations('roles');
  const tShell = useTranslations('shell.pages');
  const may = useCan('roles.write');
  const { values, set } = useFilters(names);
  const [making, setMaking] = useState(false);
  const roles = (
    <div className="grid gap-5">
      <Matrix />
      <OwnRoles />
    </div>
  );
  return (
    <>
      <PageHeader
        title={tShell('organizationRoles')}
        description={t('description')}
        actions={
          may && (
            <Button variant="primary" icon={Plus} onClick={() => setMaking(true)}>
              {t('make')}
            </Button>
          )
        }
      />
      <Tabs
        label={tShell('organizationRoles')}
        value={values.tab === 'grants' ? 'grants' : 'roles'}
        onChange={(tab) => set({ tab: tab === 'roles' ? undefined : tab })}
        tabs={[
          { id: 'roles', label: t('list'), content: roles },
          {
            id: 'grants',
            label: t('grants'),
            content: <Grants title={t('grants')} description={t('grantsText')} of={{}} />,
          },
        ]}
      />
      {making && <RoleDialog onClose={() => setMaking(false)} />}
    </>
  );
}
