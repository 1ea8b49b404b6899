import { useCallback } from 'react';
import { useChanged } from '../../api/queries.ts';

/** After a membership was changed: everything that shows one, and the session, for it may have been the reader's own. */
export function useMembersChanged(): () => Promise<void> {
  const changed = useChanged();
  return useCallback(
    () =>
      changed(
        '/control/v1/session',
        '/control/v1/organizations/{organization}',
        '/control/v1/organizations/{organization}/members',
        '/control/v1/organizations/{organization}/members/{account}',
        '/control/v1/organizations/{organization}/grants',
        '/control/v1/organizations/{organization}/roles',
        '/control/v1/organizations/{organization}/teams',
        '/control/v1/organizations/{organization}/teams/{team}',
        '/control/v1/organizations/{organization}/keys',
        '/control/v1/organizations/{organization}/projects',
        '/control/v1/organizations/{organization}/projects/{project}',
      ),
    [changed],
  );
}
