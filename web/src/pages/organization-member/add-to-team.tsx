import type { Member } from '../../api/schema.ts';
import { toast } from '../../ui/toasts.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { ChooseDialog } from '../organization-parts/choose-dialog.tsx';
import { useAllTeams } from '../organization-parts/use-all.ts';
import { useTeamMembership } from '../organization-parts/use-team-membership.ts';

interface AddToTeamProps {
  readonly member: Member;
  readonly onClose: () => void;
}

export function AddToTeam({ member, onClose }: AddToTeamProps) {
  const t = useTranslations('teams');
  const teams = useAllTeams();
  const { add } = useTeamMembership();
  const name = member.name || member.email;
  return (
    <ChooseDialog
      title={t('addToTeamTitle', { name })}
      label={t('team')}
      prompt={t('chooseTeam')}
      none={t('noTeamLeft')}
      items={teams?.filter(({ id }) => !member.teams.some((team) => team.id === id)) ?? null}
      action={t('addToTeam')}
      onClose={onClose}
      onChoose={async (team) => {
        await add({ team, account: member.account_id, name });
        toast({ text: t('added', { name, team: team.name }) });
      }}
    />
  );
}
