import { api } from '../../api/client.ts';
import type { Team } from '../../api/schema.ts';
import { useGo } from '../../navigation.tsx';
import { useOrganization } from '../../session.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useMembersChanged } from '../organization-parts/use-members-changed.ts';

interface DeleteTeamDialogProps {
  readonly team: Team;
  readonly onClose: () => void;
}

export function DeleteTeamDialog({ team, onClose }: DeleteTeamDialogProps) {
  const t = useTranslations('teams');
  const { id: organization } = useOrganization();
  const changed = useMembersChanged();
  const go = useGo();
  const { name, members, projects } = team;
  return (
    <ConfirmDialog
      open
      danger
      onClose={onClose}
      title={t('deleteTitle', { name })}
      consequences={[
        t('deleteMembers', { count: members }),
        t('deleteProjects', { count: projects }),
        t('deleteGrants'),
      ]}
      action={t('delete')}
      onConfirm={async () => {
        await api.delete('/control/v1/organizations/{organization}/teams/{team}', {
          params: { organization, team: team.id },
        });
        toast({ text: t('deleted', { name }) });
        await go({ to: '/organization/teams', replace: true });
        await changed();
      }}
    />
  );
}
