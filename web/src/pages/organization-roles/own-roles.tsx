import { Copy, Eye, Pencil, Plus, ShieldCheck, Trash2, Users } from 'lucide-react';
import { useState } from 'react';
import type { Role } from '../../api/schema.ts';
import { Link, TextLink } from '../../navigation.tsx';
import { useCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { NameWithNote } from '../organization-parts/name-with-note.tsx';
import { mayGive } from '../organization-parts/rank.ts';
import { useMyRank, useRolesRead } from '../organization-parts/use-roles.ts';
import { DeleteRoleDialog } from './delete-role-dialog.tsx';
import { RoleDialog } from './role-dialog.tsx';
import { UsesDialog } from './uses-dialog.tsx';

type Act = 'change' | 'copy' | 'delete' | 'show' | 'uses';
type Asking = { readonly act: Act; readonly role: Role } | { readonly act: 'make' };

/** Roles of the organization's own making, and who has them. */
export function OwnRoles() {
  const t = useTranslations('roles');
  const may = useCan('roles.write');
  const { data, error, retry } = useRolesRead();
  const [asking, setAsking] = useState<Asking | null>(null);
  const columns = useColumns();
  const close = () => setAsking(null);
  if (error && !data) {
    return (
      <Card title={t('own')}>
        <ErrorState error={error} onRetry={retry} />
      </Card>
    );
  }
  const make = may && (
    <Button icon={Plus} onClick={() => setAsking({ act: 'make' })}>
      {t('make')}
    </Button>
  );
  return (
    <Card flush title={t('own')} description={t('ownText')}>
      <DataTable
        label={t('own')}
        rows={data?.data.filter((role) => !role.built_in) ?? null}
        rowKey={(role) => role.id}
        columns={columns}
        rowActions={(role) => <RoleActions role={role} onAsk={(act) => setAsking({ act, role })} />}
        expectedRows={2}
        empty={<EmptyState icon={ShieldCheck} title={t('noOwn')} text={t('noOwnText')} action={make} />}
      />
      {asking?.act === 'make' && <RoleDialog onClose={close} />}
      {asking?.act === 'change' && <RoleDialog role={asking.role} onClose={close} />}
      {asking?.act === 'show' && <RoleDialog role={asking.role} readOnly onClose={close} />}
      {asking?.act === 'copy' && <RoleDialog like={asking.role} onClose={close} />}
      {asking?.act === 'uses' && <UsesDialog role={asking.role} onClose={close} />}
      {asking?.act === 'delete' && <DeleteRoleDialog role={asking.role} onClose={close} />}
    </Card>
  );
}

interface RoleActionsProps {
  readonly role: Role;
  readonly onAsk: (act: Act) => void;
}

function RoleActions({ role, onAsk }: RoleActionsProps) {
  const t = useTranslations('roles');
  const me = useMyRank();
  const may = useCan('roles.write') && mayGive(role, me);
  const { name, members, grants, invitations } = role;
  if (!may) return <IconButton small icon={Eye} label={t('showRole', { name })} onClick={() => onAsk('show')} />;
  return (
    <>
      <IconButton small icon={Pencil} label={t('changeRole', { name })} onClick={() => onAsk('change')} />
      <IconButton small icon={Copy} label={t('copyRole', { name })} onClick={() => onAsk('copy')} />
      {members + grants + invitations > 0 ? (
        <IconButton small icon={Users} label={t('usesRole', { name })} onClick={() => onAsk('uses')} />
      ) : (
        <IconButton small icon={Trash2} label={t('deleteRole', { name })} onClick={() => onAsk('delete')} />
      )}
    </>
  );
}

function useColumns(): readonly Column<Role>[] {
  const t = useTranslations('roles');
  return [
    {
      id: 'name',
      header: t('role'),
      wrap: true,
      cell: (role) => (
        <span className="block max-sm:pr-24">
          <NameWithNote {...role} />
        </span>
      ),
    },
    {
      id: 'permissions',
      header: t('permissionsHead'),
      end: true,
      cell: (role) => t('permissionCount', { count: role.permissions.length }),
    },
    {
      id: 'members',
      header: t('membersHead'),
      end: true,
      cell: (role) => (
        <TextLink to="/organization/members" search={{ role: role.id }}>
          {t('memberCount', { count: role.members })}
        </TextLink>
      ),
    },
    {
      id: 'grants',
      header: t('grantsHead'),
      end: true,
      cell: (role) => (
        <Link to="/organization/roles" search={{ tab: 'grants' }} className="link">
          {t('grantCount', { count: role.grants })}
        </Link>
      ),
    },
  ];
}
