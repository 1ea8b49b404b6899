import type { Route } from '../http/index.ts';
import type { Identity } from './identity.ts';
import { accessTokenRoutes } from './route-access-tokens.ts';
import { accountRoutes } from './route-account.ts';
import { passkeyRoutes } from './route-passkeys.ts';
import { passwordRoutes } from './route-passwords.ts';
import { registrationRoutes } from './route-registration.ts';
import { sessionRoutes } from './route-session.ts';
import { signInRoutes } from './route-sign-in.ts';
import { ssoRoutes } from './route-sso.ts';
import { staffRoutes } from './route-staff.ts';
import { twoFactorRoutes } from './route-two-factor.ts';

/** Accounts and sign-in, for people (`/control/v1`) and staff (`/admin/v1`). */
export function identityRoutes({ core }: Identity): readonly Route[] {
  return [
    ...registrationRoutes(core),
    ...signInRoutes(core),
    ...passkeyRoutes(core),
    ...ssoRoutes(core),
    ...sessionRoutes(core),
    ...passwordRoutes(core),
    ...accountRoutes(core),
    ...twoFactorRoutes(core),
    ...accessTokenRoutes(core),
    ...staffRoutes(core),
  ];
}
