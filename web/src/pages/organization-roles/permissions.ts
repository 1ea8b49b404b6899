import { type Reading, useRead } from '../../api/queries.ts';

/** What members can be permitted, as the API lists it. */
export interface Permission {
  readonly name: string;
  readonly text: string;
  /** Can be had for what is one's own. */
  readonly ownable: boolean;
}

export type GroupId = 'organization' | 'people' | 'keys' | 'calls' | 'billing' | 'audit' | 'others';

const groupOf: Readonly<Record<string, GroupId>> = {
  organization: 'organization',
  members: 'people',
  teams: 'people',
  roles: 'people',
  keys: 'keys',
  usage: 'calls',
  requests: 'calls',
  billing: 'billing',
  audit: 'audit',
  tickets: 'audit',
};

export interface PermissionGroup {
  readonly id: GroupId;
  readonly permissions: readonly Permission[];
}

/** In the order of the API; what is new there stands at the end. Pure. */
export function grouped(permissions: readonly Permission[]): readonly PermissionGroup[] {
  const groups = new Map<GroupId, Permission[]>();
  for (const permission of permissions) {
    const id = groupOf[permission.name.split('.', 1)[0] ?? ''] ?? 'others';
    groups.set(id, [...(groups.get(id) ?? []), permission]);
  }
  return [...groups].map(([id, own]) => ({ id, permissions: own }));
}

export type Extent = 'none' | 'own' | 'all';

/** How far a role's permission goes. Pure. */
export function extentIn(held: readonly string[], name: string): Extent {
  if (held.includes(name)) return 'all';
  return held.includes(`${name}:own`) ? 'own' : 'none';
}

/** A role's permissions with one of them changed. Pure. */
export function withExtent(held: readonly string[], name: string, extent: Extent): readonly string[] {
  const others = held.filter((each) => each !== name && each !== `${name}:own`);
  if (extent === 'none') return others;
  return [...others, extent === 'all' ? name : `${name}:own`];
}

export function usePermissions(): Reading<{ data: Permission[] }> {
  return useRead('/control/v1/permissions', {}, { staleMs: 3_600_000 });
}
