import { api } from '../../api/client.ts';
import { useOrganization } from '../../session.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useAttempt } from './use-attempt.ts';
import { useMembersChanged } from './use-members-changed.ts';

interface Membership {
  readonly team: { readonly id: string; readonly name: string };
  readonly account: string;
  /** Of the member. */
  readonly name: string;
}

const path = '/control/v1/organizations/{organization}/teams/{team}/members/{account}';

/** Puts members into teams, and takes them out. */
export function useTeamMembership() {
  const t = useTranslations('teams');
  const { id: organization } = useOrganization();
  const attempt = useAttempt();
  const changed = useMembersChanged();
  const paramsOf = ({ team, account }: Membership) => ({ organization, team: team.id, account });
  const textOf = ({ name, team }: Membership) => ({ name, team: team.name });
  return {
    /** For a form, which shows what is thrown. */
    add: async (membership: Membership) => {
      await api.put(path, { params: paramsOf(membership) });
      await changed();
    },
    remove: (membership: Membership) =>
      attempt({
        work: () => api.delete(path, { params: paramsOf(membership) }),
        text: t('takenOut', textOf(membership)),
        undo: () => api.put(path, { params: paramsOf(membership) }),
        renew: changed,
      }),
  };
}
