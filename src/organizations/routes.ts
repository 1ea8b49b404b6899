import type { Route } from '../http/index.ts';
import type { OrganizationOptions } from './parts.ts';
import { grantRoutes } from './route-grants.ts';
import { invitationRoutes } from './route-invitations.ts';
import { memberListRoutes } from './route-members.ts';
import { membershipRoutes } from './route-membership.ts';
import { offerRoutes } from './route-offers.ts';
import { ownRoutes } from './route-organizations.ts';
import { projectRoutes } from './route-projects.ts';
import { roleRoutes } from './route-roles.ts';
import { teamRoutes } from './route-teams.ts';

/** The endpoints of organizations, for their members and for those who are invited. */
export function organizationRoutes(options: OrganizationOptions): readonly Route[] {
  return [
    ...ownRoutes(options),
    ...memberListRoutes(options),
    ...membershipRoutes(options),
    ...invitationRoutes(options),
    ...offerRoutes(options),
    ...teamRoutes(options),
    ...projectRoutes(options),
    ...roleRoutes(options),
    ...grantRoutes(options),
  ];
}
