import { useEffect } from 'react';
import type { ApiProblem } from '../../api/problem.ts';
import { type Reading, usePages, useRead } from '../../api/queries.ts';
import type { OfferedGroup, OfferedModel } from '../../api/schema.ts';
import { useOrganization } from '../../session.tsx';

export type { OfferedGroup, OfferedModel };

/** Groups and prices change seldom, and every page here asks for them. */
const staleMs = 60_000;
const mostModels = 2_000;

/** The groups that a key can be made for; undefined until they are there. */
export function useGroups(): Reading<readonly OfferedGroup[]> {
  const { id: organization } = useOrganization();
  const path = '/control/v1/organizations/{organization}/groups';
  const reading = useRead(path, { params: { organization } }, { staleMs });
  return { ...reading, data: reading.data?.data };
}

export interface Models {
  /** Null until all of them are there. */
  readonly models: readonly OfferedModel[] | null;
  readonly error: ApiProblem | null;
  retry(): void;
}

/** All models of all groups, or of one. What a page narrows or sorts them by, it does by itself. */
export function useModels(group?: string, enabled = true): Models {
  const { id: organization } = useOrganization();
  const ask = { params: { organization }, query: { limit: 200, group } };
  const pages = usePages('/control/v1/organizations/{organization}/models', ask, { enabled });
  const { rows, hasMore, isLoadingMore, loadMore, error } = pages;
  const wantsMore = hasMore && rows !== null && rows.length < mostModels;
  useEffect(() => {
    if (wantsMore && !isLoadingMore && error === null) loadMore();
  }, [wantsMore, isLoadingMore, error, loadMore]);
  return { models: wantsMore ? null : rows, error, retry: pages.retry };
}

/** Vendors with their groups, in the order of the list. */
export function byVendor(groups: readonly OfferedGroup[]): readonly {
  readonly id: string;
  readonly name: string;
  readonly groups: readonly OfferedGroup[];
}[] {
  return [...Map.groupBy(groups, ({ vendor }) => vendor)].map(([id, own]) => ({
    id,
    name: own[0]?.vendor_name ?? id,
    groups: own,
  }));
}
