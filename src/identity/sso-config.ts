import { APIError } from 'better-auth/api';
import type { GenericOAuthConfig } from 'better-auth/plugins';
import type { SsoOptions } from './options.ts';

/** Name of the one provider in `credentials.provider`. */
export const ssoProvider = 'sso';
export const ssoCallbackPath = '/control/v1/sign-in/sso/callback';

/**
 * How the sign-in library is told of the provider: code flow with PKCE, state and nonce; the ID token must be signed with
 * the keys that the provider publishes. An address that the provider does not vouch for opens nothing.
 */
export function ssoConfig(sso: SsoOptions, url: string): GenericOAuthConfig {
  return {
    providerId: ssoProvider,
    name: sso.label,
    discoveryUrl: `${sso.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    clientId: sso.clientId,
    clientSecret: sso.clientSecret,
    scopes: ['openid', 'email', 'profile'],
    redirectURI: url + ssoCallbackPath,
    pkce: true,
    requireIdTokenVerification: true,
    disableSignUp: !sso.signUp(),
    mapProfileToUser(profile) {
      if (!sso.trustEmail && profile['email_verified'] !== true) {
        throw new APIError('FORBIDDEN', { code: 'sso_email_unverified', message: 'The address is not verified.' });
      }
      const email = String(profile['email'] ?? '').toLowerCase();
      const name = String(profile['name'] ?? '').trim() || (email.split('@')[0] ?? 'account');
      return { email, emailVerified: true, name: [...name].slice(0, 100).join('') };
    },
  };
}
