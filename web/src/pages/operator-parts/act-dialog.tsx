import { api } from '../../api/client.ts';
import { showAsCustomer } from '../../identity/acting.ts';
import { useTranslations } from '../../words/use-translations.ts';
import { ReasonDialog } from './reason-dialog.tsx';

interface ActDialogProps {
  readonly account: { readonly id: string; readonly email: string };
  readonly onClose: () => void;
}

/** Begins to look at the console with a customer's eyes. */
export function ActDialog({ account, onClose }: ActDialogProps) {
  const t = useTranslations('customers');
  return (
    <ReasonDialog
      onClose={onClose}
      title={t('actTitle', { email: account.email })}
      effects={[t('actEffects.see'), t('actEffects.change'), t('actEffects.log')]}
      hint={t('suspendReason')}
      action={t('actAction')}
      onConfirm={async (reason) => {
        await api.post('/admin/v1/accounts/{account}/act', { params: { account: account.id }, body: { reason } });
        showAsCustomer();
      }}
    />
  );
}
