import type { Route } from '../http/index.ts';
import type { OrganizationOptions } from './parts.ts';
import { memberListRoutes } from './route-members.ts';
import { ownRoutes } from './route-organizations.ts';

/** The endpoints of organizations, for their members. */
export function organizationRoutes(options: OrganizationOptions): readonly Route[] {
  return [...ownRoutes(options), ...memberListRoutes(options)];
}
