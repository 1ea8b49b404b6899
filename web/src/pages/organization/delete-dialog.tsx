import { api } from '../../api/client.ts';
import { useChanged, useRead } from '../../api/queries.ts';
import { useGo } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';

const path = '/control/v1/organizations/{organization}';

export function DeleteDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('organization');
  const { id: organization, name } = useOrganization();
  const { data } = useRead(path, { params: { organization } });
  const changed = useChanged();
  const go = useGo();
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={t('deleteTitle', { name })}
      consequences={[t('deleteKeys'), t('deleteMembers', { count: data?.members ?? 0 }), t('deleteFinal')]}
      action={t('delete')}
      typed={name}
      onConfirm={async () => {
        await api.delete(path, { params: { organization }, body: { name } });
        toast({ text: t('deleted', { name }) });
        await go({ to: '/organization' });
        await changed('/control/v1/session');
      }}
    />
  );
}
