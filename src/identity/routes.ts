import type { Route } from '../http/index.ts';
import type { Identity } from './identity.ts';
import { registrationRoutes } from './route-registration.ts';
import { sessionRoutes } from './route-session.ts';
import { signInRoutes } from './route-sign-in.ts';

/** Accounts and sign-in, for people (`/control/v1`) and staff (`/admin/v1`). */
export function identityRoutes({ core }: Identity): readonly Route[] {
  return [...registrationRoutes(core), ...signInRoutes(core), ...sessionRoutes(core)];
}
