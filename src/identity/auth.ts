import { passkey } from '@better-auth/passkey';
import type { BetterAuthOptions } from 'better-auth';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { type GenericOAuthConfig, genericOAuth, twoFactor } from 'better-auth/plugins';
import { errorText } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { authDatabase } from './auth-adapter.ts';
import { isProven } from './auth-adapter.ts';
import { newId } from './digest.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

export interface AuthOptions {
  readonly database: BetterAuthOptions['database'] | ReturnType<typeof authDatabase>;
  /** Signs cookies and seals second-factor secrets. */
  readonly secret: string;
  /** Where browsers see us: origin of passkeys and of the way back from a provider. */
  readonly url: string;
  readonly siteName: string;
  readonly log: Log;
  readonly sso: GenericOAuthConfig | null;
}

/** How long a session lasts from its last use. */
export const sessionDays = { remembered: 30, otherwise: 7 } as const;
/** A header that only we write, into heads that only we make. */
export const addressHeader = 'x-lodge-address';
/** The path of ours that the library's own paths would hang from; none of them is served. */
const basePath = '/control/v1/sign-in';

/** One instance of the sign-in library. Its handler is never mounted: only `api` is called. */
export type Auth = ReturnType<typeof createAuth>;

export function createAuth(options: AuthOptions) {
  const { log, url } = options;
  const secure = url.startsWith('https:');
  return betterAuth({
    appName: options.siteName,
    baseURL: url,
    basePath,
    secret: options.secret,
    database: options.database as BetterAuthOptions['database'],
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    trustedOrigins: [url],
    logger: {
      level: 'warn',
      // What it adds to a line may hold what a person sent.
      log: (level, message, error) =>
        log.debug({ level, error: error instanceof Error ? errorText(error) : undefined }, `sign-in: ${message}`),
    },
    user: { modelName: 'accounts', fields: names('emailVerified', 'createdAt', 'updatedAt') },
    account: {
      modelName: 'credentials',
      fields: {
        ...names('accessToken', 'refreshToken', 'idToken', 'accessTokenExpiresAt', 'refreshTokenExpiresAt'),
        ...names('createdAt', 'updatedAt'),
        userId: 'account_id',
        providerId: 'provider',
        accountId: 'subject',
      },
      accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true },
    },
    session: {
      modelName: 'sessions',
      fields: { ...names('expiresAt', 'ipAddress', 'userAgent', 'createdAt', 'updatedAt'), userId: 'account_id' },
      expiresIn: sessionDays.remembered * 86_400,
      disableSessionRefresh: true,
      // Our own endpoints ask for the password where freshness matters.
      freshAge: 0,
    },
    verification: { modelName: 'verifications', fields: names('expiresAt', 'createdAt', 'updatedAt') },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      requireEmailVerification: true,
      password: {
        hash: hashPassword,
        verify: async ({ hash, password }) => isProven(hash) || verifyPassword(hash, password),
      },
    },
    advanced: {
      cookiePrefix: 'lodge',
      useSecureCookies: secure,
      ipAddress: { ipAddressHeaders: [addressHeader], ipv6Subnet: 128 },
      database: { generateId: ({ model }) => newId(idPrefixes[model] ?? 'idn') },
    },
    plugins: [
      twoFactor({
        issuer: options.siteName,
        allowPasswordless: true,
        twoFactorCookieMaxAge: 600,
        // Ours counts by device as well, so that nobody is locked out by a stranger.
        accountLockout: { enabled: false },
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'two_factors',
            fields: {
              userId: 'account_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
      passkey({
        ...passkeySite(url),
        rpName: options.siteName,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        advanced: { webAuthnChallengeCookie: 'passkey' },
        // A passkey stands for password and second factor only when the person was asked for a finger, face or PIN.
        authentication: {
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError('UNAUTHORIZED');
          },
        },
        schema: {
          passkey: {
            modelName: 'passkeys',
            fields: {
              ...names('publicKey', 'deviceType', 'backedUp', 'createdAt'),
              userId: 'account_id',
              credentialID: 'credential_id',
            },
          },
        },
      }),
      ...(options.sso === null ? [] : [genericOAuth({ config: [options.sso] })]),
    ],
  });
}

/** Browsers take no bare address for a passkey's home: on this machine it is `localhost`. */
function passkeySite(url: string): { rpID: string; origin: string } {
  const { hostname, port, protocol, origin } = new URL(url);
  const bare = /^[\d.]+$|^\[/.test(hostname);
  if (!bare) return { rpID: hostname, origin };
  return { rpID: 'localhost', origin: `${protocol}//localhost${port === '' ? '' : `:${port}`}` };
}

const idPrefixes: Readonly<Record<string, string>> = {
  user: 'acc',
  session: 'ses',
  account: 'crd',
  verification: 'ver',
  passkey: 'pas',
  twoFactor: 'tfa',
};

/** `expiresAt` is in column `expires_at`. */
function names<Field extends string>(...fields: Field[]): Record<Field, string> {
  const columns = fields.map((field) => [field, field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]);
  return Object.fromEntries(columns) as Record<Field, string>;
}
