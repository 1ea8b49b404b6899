import type pg from 'pg';
import type { Actor } from '../base/actor.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { QueueMail } from '../mail/index.ts';

/** An identity provider, by the settings and nowhere else. */
export interface SsoOptions {
  /** On the button: "Sign in with …". */
  readonly label: string;
  /** Its issuer; `/.well-known/openid-configuration` hangs from it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether who is new here gets an account; asked at each sign-in. */
  readonly signUp: () => boolean;
  /** Whether addresses count as verified although the provider does not say so. */
  readonly trustEmail: boolean;
}

/** An organization as the console's session names it. */
export interface SessionOrganization {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly permissions: readonly string[];
  readonly roles: readonly string[];
}

/** What other modules do, in the caller's transaction where there is a client. */
export interface IdentityHooks {
  readonly queueMail: QueueMail;
  readonly notify: (
    client: pg.ClientBase | pg.Pool,
    accountId: string,
    kind: string,
    facts: Readonly<Record<string, unknown>>,
  ) => Promise<void>;
  /** Makes what belongs to a new account: its personal organization. */
  readonly onAccountCreated: (
    client: pg.PoolClient,
    account: { readonly id: string; readonly name: string; readonly email: string },
  ) => Promise<void>;
  /** Names of shared organizations that would be left without an owner. */
  readonly soleOwnerships: (client: pg.PoolClient, accountId: string) => Promise<readonly string[]>;
  /** Whether anything but an empty personal organization would be lost with the account. */
  readonly hasBelongings: (client: pg.PoolClient, accountId: string) => Promise<boolean>;
  /** Ends what is the account's own before its row goes: the personal organization, keys. */
  readonly onAccountDeleting: (client: pg.PoolClient, accountId: string, actor: Actor) => Promise<void>;
  readonly organizationsOf: (accountId: string) => Promise<readonly SessionOrganization[]>;
  /** Organizations of the account that staff have suspended. */
  readonly suspendedOf: (accountId: string) => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Whether a token is an open invitation to this address, which lets its holder register on a closed site. */
  readonly isInvited: (token: string, email: string) => Promise<boolean>;
}

export interface IdentityOptions extends IdentityHooks {
  readonly pool: pg.Pool;
  readonly log: Log;
  readonly clock?: Clock;
  /** 32 bytes for signing cookies and sealing second factors. */
  readonly secret: Buffer;
  /** The keyed hash under which access tokens are stored. */
  readonly hashToken: (token: string) => Buffer;
  /** Fixed part of access tokens: `LODGE_KEY_SITE`. */
  readonly keySite: string;
  /** Where people see us, without a slash at the end. Links are made from it, never from a Host header. */
  readonly url: () => string;
  readonly siteName: () => string;
  readonly registrationOpen: () => boolean;
  readonly sso: SsoOptions | null;
}

/** Where a call comes from, and what it brings. */
export interface CallFrom {
  /** The raw `Cookie` header. */
  readonly cookies: string;
  readonly actor: Actor;
}
