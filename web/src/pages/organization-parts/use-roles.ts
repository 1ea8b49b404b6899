import { useMemo } from 'react';
import { useMessages } from 'use-intl';
import { type Reading, useRead } from '../../api/queries.ts';
import type { Role } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';
import { type Ranked, rankedBy } from './rank.ts';

/** All roles of the organization; they change seldom. */
export function useRolesRead(): Reading<{ data: Role[] }> {
  const { id: organization } = useOrganization();
  return useRead('/control/v1/organizations/{organization}/roles', { params: { organization } }, { staleMs: 60_000 });
}

/** Names of roles: the built-in ones in the reader's language, the organization's own as they are. */
export function useRoleNames(): (id: string) => string {
  const { roles: words } = useMessages();
  const { data } = useRolesRead();
  return useMemo(() => {
    const builtIn: Readonly<Record<string, string>> = words.names;
    const own = new Map(data?.data.map(({ id, name }) => [id, name]));
    return (id) => builtIn[id] ?? own.get(id) ?? id;
  }, [words, data]);
}

/** What the reader may do here by their roles; nothing while the roles are on their way. */
export function useMyRank(): Ranked {
  const { roles: mine } = useOrganization();
  const { data } = useRolesRead();
  return useMemo(() => rankedBy(data?.data ?? [], mine), [data, mine]);
}
