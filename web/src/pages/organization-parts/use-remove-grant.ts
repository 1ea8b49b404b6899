import { api } from '../../api/client.ts';
import type { Grant } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { useTranslations } from '../../words/use-translations.ts';
import { useAttempt } from './use-attempt.ts';
import { useMembersChanged } from './use-members-changed.ts';

const path = '/control/v1/organizations/{organization}/grants';

/** Takes a grant back; the same can be granted again. */
export function useRemoveGrant(): (grant: Grant) => Promise<void> {
  const t = useTranslations('roles');
  const { id: organization } = useOrganization();
  const attempt = useAttempt();
  const changed = useMembersChanged();
  return ({ id, account, team, project, role }) =>
    attempt({
      work: () => api.delete(`${path}/{grant}`, { params: { organization, grant: id } }),
      text: t('takenBack', { name: account.name || account.email, place: team?.name ?? project?.name ?? '' }),
      undo: () =>
        api.post(path, {
          params: { organization },
          body: { account: account.id, role, ...(team ? { team: team.id } : { project: project?.id ?? '' }) },
        }),
      renew: changed,
    });
}
