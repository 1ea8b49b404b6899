import { useEffect } from 'react';
import { type Pages, usePages } from '../../api/queries.ts';
import type { Member, Project, Team } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';

const limit = 200;

/** Lists to choose from, whole: the API bounds them at some hundreds. Null until all is there. */
export function useAllTeams(enabled = true): readonly Team[] | null {
  const { id: organization } = useOrganization();
  const ask = { params: { organization }, query: { limit } };
  return useAll(usePages('/control/v1/organizations/{organization}/teams', ask, { enabled }));
}

export function useAllProjects(enabled = true): readonly Project[] | null {
  const { id: organization } = useOrganization();
  const ask = { params: { organization }, query: { limit } };
  return useAll(usePages('/control/v1/organizations/{organization}/projects', ask, { enabled }));
}

export function useAllMembers(enabled = true): readonly Member[] | null {
  const { id: organization } = useOrganization();
  const ask = { params: { organization }, query: { limit } };
  return useAll(usePages('/control/v1/organizations/{organization}/members', ask, { enabled }));
}

function useAll<Row>({ rows, error, hasMore, isLoadingMore, loadMore }: Pages<Row>): readonly Row[] | null {
  const goesOn = hasMore && !isLoadingMore && error === null;
  useEffect(() => {
    if (goesOn) loadMore();
  });
  return hasMore && error === null ? null : rows;
}
