import { Ban, Eye, MailPlus, Play } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { AccountPage } from '../../api/schema.ts';
import { useSession, useStaffCan } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ActDialog } from '../operator-parts/act-dialog.tsx';
import { ReasonDialog } from '../operator-parts/reason-dialog.tsx';

/** What staff may do to an account. Not to their own here, and to colleagues only who may make staff. */
export function AccountActions({ account }: { readonly account: AccountPage }) {
  const t = useTranslations('customers');
  const session = useSession();
  const mayWrite = useStaffCan('customers.write');
  const mayMakeStaff = useStaffCan('staff.write');
  const mayAct = useStaffCan('customers.act');
  const [asked, setAsked] = useState<'act' | 'state' | 'reset' | null>(null);
  const close = () => setAsked(null);
  const { email, state } = account;
  if (account.id === session.account.id) return null;
  const isStaff = account.staff_role !== null;
  const mayChange = mayWrite && (!isStaff || mayMakeStaff);
  const active = state === 'active';
  return (
    <>
      {mayAct && !isStaff && active && (
        <Button icon={Eye} onClick={() => setAsked('act')}>
          {t('act')}
        </Button>
      )}
      {mayChange && active && (
        <Button icon={MailPlus} onClick={() => setAsked('reset')}>
          {t('reset')}
        </Button>
      )}
      {mayChange && (
        <Button icon={active ? Ban : Play} onClick={() => setAsked('state')}>
          {t(active ? 'disable' : 'enable')}
        </Button>
      )}
      {asked === 'act' && <ActDialog account={account} onClose={close} />}
      {asked === 'state' && <StateDialog account={account} onClose={close} />}
      <ConfirmDialog
        open={asked === 'reset'}
        onClose={close}
        title={t('resetTitle', { email })}
        consequences={[t('resetEffects.mail'), t('resetEffects.nothing')]}
        action={t('resetAction')}
        onConfirm={async () => {
          await api.post('/admin/v1/accounts/{account}/reset-password', { params: { account: account.id }, body: {} });
          toast({ text: t('resetToast', { email }) });
        }}
      />
    </>
  );
}

interface StateDialogProps {
  readonly account: AccountPage;
  readonly onClose: () => void;
}

function StateDialog({ account: { id, email, state }, onClose }: StateDialogProps) {
  const t = useTranslations('customers');
  const changed = useChanged();
  const params = { account: id };
  const reread = () => changed('/admin/v1/accounts/{account}', '/admin/v1/accounts');
  if (state === 'active') {
    return (
      <ReasonDialog
        onClose={onClose}
        title={t('disableTitle', { email })}
        effects={[t('disableEffects.sessions'), t('disableEffects.keys')]}
        action={t('disable')}
        danger
        onConfirm={async (reason) => {
          await api.post('/admin/v1/accounts/{account}/disable', { params, body: { reason } });
          toast({ text: t('disabledToast', { email }) });
          await reread();
        }}
      />
    );
  }
  return (
    <ReasonDialog
      onClose={onClose}
      title={t('enableTitle', { email })}
      effects={[t('enableEffects.signIn')]}
      action={t('enable')}
      onConfirm={async (reason) => {
        await api.post('/admin/v1/accounts/{account}/enable', { params, body: { reason } });
        toast({ text: t('enabledToast', { email }) });
        await reread();
      }}
    />
  );
}
