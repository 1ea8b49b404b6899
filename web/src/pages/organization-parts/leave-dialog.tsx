import { api } from '../../api/client.ts';
import { useChanged } from '../../api/queries.ts';
import { useGo } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

/** Leaves the chosen organization. */
export function LeaveDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('organization');
  const { id: organization, name } = useOrganization();
  const changed = useChanged();
  const go = useGo();
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={t('leaveTitle', { name })}
      consequences={[t('leaveKeys'), t('leaveSight'), t('leaveBack')]}
      action={t('leave')}
      onConfirm={async () => {
        await api.post('/control/v1/memberships/{organization}/leave', { params: { organization } });
        toast({ text: t('left', { name }) });
        await go({ to: '/organization' });
        await changed('/control/v1/session');
      }}
    />
  );
}
