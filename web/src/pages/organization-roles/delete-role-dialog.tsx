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

/** Only a role that nobody holds goes; the API says who does. */
export function DeleteRoleDialog({ role, onClose }: DeleteRoleDialogProps) {
  const t = useTranslations('roles');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const { name, members, grants } = role;
  const used = members + grants > 0;
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={t('deleteTitle', { name })}
      description={used ? t('deleteUsed', { members, grants }) : undefined}
      consequences={[t('deleteOnlyUnused'), t('deleteFinal')]}
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
