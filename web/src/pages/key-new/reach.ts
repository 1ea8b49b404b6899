import type { Grant, Project } from '../../api/schema.ts';

export interface ProjectReach {
  /** What keys of one's own may be booked to. */
  readonly bookable: readonly Project[];
  /** What may have keys of its own, as far as can be told here: the role of the grant decides. */
  readonly owning: readonly Project[];
}

/**
 * The projects that a member without keys beyond their own comes into by grants and teams. What it says is a courtesy: the
 * API decides. Pure.
 */
export function reachOf(
  projects: readonly Project[],
  grants: readonly Pick<Grant, 'project' | 'team'>[],
  teams: readonly { readonly id: string }[],
): ProjectReach {
  const granted = (project: Project) =>
    grants.some(({ project: own, team }) => own?.id === project.id || (team !== null && team.id === project.team?.id));
  const known = (project: Project) => teams.some(({ id }) => id === project.team?.id);
  return {
    bookable: projects.filter((project) => granted(project) || known(project)),
    owning: projects.filter(granted),
  };
}
