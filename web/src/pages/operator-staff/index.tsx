import { UserPlus, UserRoundMinus, UserRoundPen } from 'lucide-react';
import { useState } from 'react';
import { type Answer, api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { useSession } from '../../session.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { Time } from '../../ui/time.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { Matrix } from './matrix.tsx';
import { StaffDialog } from './staff-dialog.tsx';

export type StaffMember = Answer<'/admin/v1/staff'>['data'][number];

/** Who works for the operator, and as what. */
export function Page() {
  const t = useTranslations('operator.staff');
  const tShell = useTranslations('shell.pages');
  const { account } = useSession();
  const staff = useRead('/admin/v1/staff', {});
  const changed = useChanged();
  const columns = useStaffColumns();
  const [editing, setEditing] = useState<StaffMember | 'new' | null>(null);
  const [removing, setRemoving] = useState<StaffMember | null>(null);
  const isSelf = removing?.account.id === account.id;
  return (
    <>
      <PageHeader
        title={tShell('operatorStaff')}
        description={t('description')}
        actions={
          <Button variant="primary" icon={UserPlus} onClick={() => setEditing('new')}>
            {t('add')}
          </Button>
        }
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <Card flush>
          {staff.error && !staff.data ? (
            <ErrorState error={staff.error} onRetry={staff.retry} />
          ) : (
            <DataTable
              label={t('list')}
              rows={staff.data?.data ?? null}
              rowKey={(row) => row.account.id}
              rowLink={(row) => ({ to: '/operator/accounts/$account', params: { account: row.account.id } })}
              columns={columns}
              expectedRows={3}
              rowActions={(row) => (
                <>
                  <IconButton small icon={UserRoundPen} label={t('change')} onClick={() => setEditing(row)} />
                  <IconButton small icon={UserRoundMinus} label={t('remove')} onClick={() => setRemoving(row)} />
                </>
              )}
            />
          )}
        </Card>
        <Matrix />
      </div>
      {editing && <StaffDialog member={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        open={removing !== null}
        onClose={() => setRemoving(null)}
        title={t('removeTitle', { email: removing?.account.email ?? '' })}
        consequences={[...(isSelf ? [t('removeSelf')] : []), t('removeEffects.access'), t('removeEffects.account')]}
        action={t('remove')}
        danger
        onConfirm={async () => {
          if (removing === null) return;
          await api.delete('/admin/v1/staff/{account}', { params: { account: removing.account.id } });
          toast({ text: t('removed', { email: removing.account.email }) });
          await changed('/admin/v1/staff', '/control/v1/session');
        }}
      />
    </>
  );
}

function useStaffColumns(): readonly Column<StaffMember>[] {
  const t = useTranslations('operator.staff');
  const tShared = useTranslations('operator');
  const { account } = useSession();
  return [
    {
      id: 'person',
      header: t('person'),
      cell: (row) => (
        <>
          <span className="inline-flex flex-wrap items-center gap-2">
            {row.account.name}
            {row.account.id === account.id && <Badge tone="info">{t('you')}</Badge>}
            {row.state === 'disabled' && <Badge tone="bad">{tShared('states.disabled')}</Badge>}
          </span>
          <span className="block font-normal text-soft">{row.account.email}</span>
        </>
      ),
    },
    { id: 'role', header: t('role'), cell: (row) => tShared(`staffRoles.${row.role}`) },
    {
      id: 'factor',
      header: t('twoFactor'),
      cell: (row) => (
        <StatusDot tone={row.two_factor ? 'good' : 'warn'}>
          {t(row.two_factor ? 'twoFactorOn' : 'twoFactorOff')}
        </StatusDot>
      ),
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
  ];
}
