import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import type { CustomerPage } from '../../api/schema.ts';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ReasonDialog } from '../operator-parts/reason-dialog.tsx';

interface SuspensionDialogProps {
  readonly customer: CustomerPage;
  readonly onClose: () => void;
}

/** Suspends a customer, or ends it. */
export function SuspensionDialog({ customer, onClose }: SuspensionDialogProps) {
  const t = useTranslations('customers');
  const changed = useChanged();
  const { id, name, suspension } = customer;
  const params = { organization: id };
  const done = (text: string) => {
    toast({ text });
    return changed('/admin/v1/customers/{organization}', '/admin/v1/customers', '/admin/v1/overview');
  };
  if (suspension !== null) {
    return (
      <ReasonDialog
        onClose={onClose}
        title={t('resumeTitle', { name })}
        effects={[t('resumeEffects.keys', { count: suspension.keys_disabled }), t('resumeEffects.members')]}
        hint={t('suspendReason')}
        action={t('resume')}
        onConfirm={async (reason) => {
          await api.post('/admin/v1/customers/{organization}/resume', { params, body: { reason } });
          await done(t('resumedToast', { name }));
        }}
      />
    );
  }
  return (
    <ReasonDialog
      onClose={onClose}
      title={t('suspendTitle', { name })}
      effects={[
        t('suspendEffects.keys', { count: customer.keys }),
        t('suspendEffects.members'),
        t('suspendEffects.back'),
      ]}
      hint={t('suspendReason')}
      action={t('suspend')}
      danger
      onConfirm={async (reason) => {
        await api.post('/admin/v1/customers/{organization}/suspend', { params, body: { reason } });
        await done(t('suspendedToast', { name }));
      }}
    />
  );
}
