import type { ProblemTable } from '../http/index.ts';

/** Every code of this module with its status. A route names those that it may answer. */
const problems = {
  organization_not_found: 404,
  member_not_found: 404,
  team_not_found: 404,
  project_not_found: 404,
  role_not_found: 404,
  grant_not_found: 404,
  invitation_not_found: 404,
  permission_missing: 403,
  owner_needed: 403,
  role_above_you: 403,
  own_roles_upward: 403,
  member_above_you: 403,
  invitation_for_other: 403,
  email_not_verified: 403,
  own_membership: 409,
  last_owner: 409,
  organization_personal: 409,
  organization_permanent: 409,
  organization_name_differs: 409,
  name_taken: 409,
  limit_reached: 409,
  role_in_use: 409,
  role_not_grantable: 409,
  project_has_keys: 409,
  project_archived: 409,
  already_member: 409,
  invitation_used: 410,
  invitation_expired: 410,
  invitation_void: 410,
  invitation_throttled: 429,
  organization_throttled: 429,
} as const satisfies ProblemTable;

export type OrganizationProblem = keyof typeof problems;

export function only(...codes: readonly OrganizationProblem[]): ProblemTable {
  return Object.fromEntries(codes.map((code) => [code, problems[code]]));
}
