import { type Breadth, type Reach, reaches } from '../base/permissions.ts';

/** Whose keys a call sees and may change. */
export interface KeyScope {
  /** Null: those of every organization, for staff. */
  readonly organizationId: string | null;
  /** A member and what they reach; null: staff and the program itself, who reach all of it. */
  readonly member: { readonly accountId: string; readonly reach: Reach } | null;
}

/** Whose key it is, and what its spend is booked to. */
export interface KeyPlace {
  readonly accountId: string | null;
  readonly projectId: string | null;
}

/** All keys of one organization. */
export function keysOf(organizationId: string): KeyScope {
  return { organizationId, member: null };
}

/** Any key of the site. */
export const everyKey: KeyScope = { organizationId: null, member: null };

/** The scope of a call inside an organization, made from its context. */
export function scopeOfMember(context: {
  readonly organizationId: string;
  readonly person: { readonly accountId: string };
  readonly reach: Reach;
}): KeyScope {
  const { organizationId, person, reach } = context;
  return { organizationId, member: { accountId: person.accountId, reach } };
}

/** `hidden`: answered as if it were not there. */
export type Sight = 'hidden' | 'shown' | 'writable';

export function sightOf({ member }: KeyScope, place: KeyPlace): Sight {
  if (member === null) return 'writable';
  const { accountId, reach } = member;
  if (reaches(reach.get('keys.write'), place, accountId)) return 'writable';
  return reaches(reach.get('keys.read'), place, accountId) ? 'shown' : 'hidden';
}

/** What a list is narrowed to; null: nothing to narrow. Whoever may change keys sees them. */
export interface Narrowing {
  readonly projectIds: readonly string[];
  /** Null: no keys of one's own. */
  readonly accountId: string | null;
}

export function narrowingOf({ member }: KeyScope): Narrowing | null {
  if (member === null) return null;
  const breadths = (['keys.read', 'keys.write'] as const)
    .map((name) => member.reach.get(name))
    .filter((breadth) => breadth !== undefined);
  if (breadths.some((breadth) => breadth.all)) return null;
  const projectIds = new Set(breadths.flatMap((breadth) => [...breadth.projects]));
  return { projectIds: [...projectIds], accountId: breadths.some((breadth) => breadth.own) ? member.accountId : null };
}

/**
 * Whether a member may make a key for a place. Booking one's own key to a project takes a grant that covers the project.
 * `project_hidden`: the project is not theirs to know of.
 */
export function mayCreate({ member }: KeyScope, place: KeyPlace): 'yes' | 'project_hidden' | 'not_allowed' {
  if (member === null) return 'yes';
  const write = member.reach.get('keys.write');
  if (write === undefined) return 'not_allowed';
  if (write.all) return 'yes';
  const { accountId, projectId } = place;
  if (projectId !== null) {
    if (write.projects.has(projectId)) return 'yes';
    const granted = member.reach.get('organization.read')?.projects.has(projectId) ?? false;
    if (!granted) return 'project_hidden';
  }
  return write.own && accountId === member.accountId ? 'yes' : 'not_allowed';
}

/** How a key remembers who made it or put it out of use: see `markOf` in `marks.ts`. */
export type MarkKind = 'member' | 'staff' | 'system';

/** Whether a key that is disabled may be enabled again: what staff stopped is theirs to start. */
export function mayEnable(
  { member }: KeyScope,
  place: KeyPlace,
  disabled: { readonly by: MarkKind; readonly accountId: string | null } | null,
): 'yes' | 'by_staff' | 'by_other' {
  if (member === null || disabled === null) return 'yes';
  if (disabled.by === 'staff') return 'by_staff';
  if (disabled.accountId === member.accountId) return 'yes';
  return beyondOwn(member.reach.get('keys.write'), place) ? 'yes' : 'by_other';
}

function beyondOwn(breadth: Breadth | undefined, { projectId }: KeyPlace): boolean {
  return breadth !== undefined && (breadth.all || (projectId !== null && breadth.projects.has(projectId)));
}
