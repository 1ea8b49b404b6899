import { api } from '../../api/client.ts';
import type { Role } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useMembersChanged } from '../organization-parts/use-members-changed.ts';

interface DeleteRoleDialogProps {
  readonly role: Role;
  readonly onClose: () => void;
}

/** For a role that nobody has; the API says so when somebody was given it meanwhile. */
export function DeleteRoleDialog({ role, onClose }: DeleteRoleDialogProps) {
  const t = useTranslations('roles');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const { name } = role;
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={t('deleteTitle', { name })}
      consequences={[t('deleteFinal')]}
      action={t('delete')}
      onConfirm={async () => {
        await api.delete('/control/v1/organizations/{organization}/roles/{role}', {
          params: { organization, role: role.id },
        });
        toast({ text: t('deleted', { name }) });
        await changed();
      }}
    />
  );
}
