import type { Actor } from '../base/actor.ts';
import { AppError } from '../base/errors.ts';
import type { Permission, Reach, StaffPermission, StaffRole } from '../base/permissions.ts';

/**
 * Who may call an endpoint.
 *
 * - `public`: anybody.
 * - `account`: a signed-in person, about themself. A token needs `account.read`, and reads only.
 * - `organization:<permission>`: a member of the organization in the path, whose permission reaches something there. How
 *   far it reaches is the handler's to apply: `context.reach`.
 * - `staff:<permission>`: staff of the site, or the operator's admin token.
 */
export type Access = 'public' | 'account' | `organization:${Permission}` | `staff:${StaffPermission}`;

/** A person who has proved who they are, by a session or by a token. */
export interface Person {
  readonly kind: 'person';
  /** Whose eyes these are: the customer's while staff act as them. */
  readonly accountId: string;
  readonly email: string;
  readonly name: string;
  readonly sessionId: string | null;
  /** Set when a personal access token was used; `permissions` can only take away. */
  readonly token: {
    readonly id: string;
    readonly permissions: ReadonlySet<string>;
    /** Null: every organization of the account. */
    readonly organizationId: string | null;
  } | null;
  /** Null for customers, and while acting as one. */
  readonly staff: { readonly role: StaffRole; readonly permissions: ReadonlySet<StaffPermission> } | null;
  /** Until then nothing but the account itself is open. */
  readonly mustChangePassword: boolean;
  /** The member of staff behind the customer's eyes. */
  readonly actor: { readonly accountId: string; readonly email: string } | null;
}

export type Caller = { readonly kind: 'nobody' } | { readonly kind: 'admin_token' } | Person;

/** Answers who somebody is and what they reach. The module that knows accounts and organizations satisfies it. */
export interface Gate {
  /** The person of a living session in a `Cookie` header; null when there is none. */
  session(cookies: string): Promise<Person | null>;
  /** Whether a bearer text has the form of a personal access token. */
  isToken(text: string): boolean;
  /** The person of a living token; null when there is none. */
  token(text: string): Promise<Person | null>;
  /** What a person may do in an organization; null when they are no active member, or there is none. */
  reach(person: Person, organizationId: string): Promise<Reach | null>;
}

/** Codes that the checks below answer. */
export const accessProblems = {
  session_missing: 401,
  access_token_wrong: 401,
  admin_token_wrong: 401,
  admin_auth_throttled: 429,
  permission_missing: 403,
  token_permission_missing: 403,
  password_change_needed: 403,
  not_while_acting: 403,
  cross_site_request: 403,
  organization_not_found: 404,
} as const;

/** Paths that stay open to whoever must change the password first, and to staff who act as a customer. */
export interface Openness {
  /** May be called before the password was changed. */
  readonly beforePasswordChange?: boolean;
  /** May be called while acting although it changes something: the end of acting itself. */
  readonly whileActing?: boolean;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Decides whether a caller passes, for everything that needs no look at an organization.
 *
 * @throws AppError with a code of `accessProblems`
 */
export function admit(access: Access, caller: Caller, method: string, openness: Openness = {}): void {
  if (access === 'public') return;
  if (caller.kind === 'nobody') {
    throw new AppError('session_missing', 'Sign in, or send a token as "Authorization: Bearer <token>".');
  }
  if (caller.kind === 'admin_token') {
    if (access.startsWith('staff:')) return;
    throw new AppError('permission_missing', 'The admin token belongs to no account; it opens /admin/v1/ only.');
  }
  if (caller.actor !== null && !safeMethods.has(method) && !openness.whileActing) {
    throw new AppError('not_while_acting', 'While you look with a customer’s eyes, nothing can be changed.');
  }
  if (caller.mustChangePassword && !openness.beforePasswordChange) {
    throw new AppError('password_change_needed', 'Change the password that you were given first.');
  }
  if (access === 'account') admitToAccount(caller, method);
  if (access.startsWith('staff:')) admitStaff(access.slice('staff:'.length) as StaffPermission, caller);
}

function admitToAccount(person: Person, method: string): void {
  if (person.token === null) return;
  if (!safeMethods.has(method) || !person.token.permissions.has('account.read')) {
    throw new AppError('token_permission_missing', 'A token cannot change an account, and reads it with account.read.');
  }
}

function admitStaff(permission: StaffPermission, person: Person): void {
  if (!person.staff?.permissions.has(permission)) {
    throw new AppError('permission_missing', `This needs the staff permission ${permission}.`);
  }
  if (person.token !== null && !person.token.permissions.has(`staff:${permission}`)) {
    throw new AppError('token_permission_missing', `This token was not given staff:${permission}.`);
  }
}

/**
 * What a person reaches in an organization, once it holds the permission.
 *
 * @throws AppError `organization_not_found` also for strangers, who shall not learn that there is one;
 * `permission_missing`, `token_permission_missing`
 */
export async function admitToOrganization(
  gate: Gate,
  person: Person,
  organizationId: string,
  permission: Permission,
): Promise<Reach> {
  const elsewhere =
    person.token?.organizationId !== undefined &&
    person.token.organizationId !== null &&
    person.token.organizationId !== organizationId;
  const reach = elsewhere ? null : await gate.reach(person, organizationId);
  if (reach === null) throw new AppError('organization_not_found', 'There is no such organization among yours.');
  if (person.token !== null && !person.token.permissions.has(permission)) {
    throw new AppError('token_permission_missing', `This token was not given ${permission}.`);
  }
  if (!reach.has(permission)) {
    throw new AppError('permission_missing', `This needs the permission ${permission} in this organization.`);
  }
  return reach;
}

/** The caller as the audit log names it. */
export function actorOf(
  caller: Caller,
  from: { readonly ipAddress: string; readonly userAgent: string | null; readonly requestId: string },
): Actor {
  if (caller.kind !== 'person') {
    const admin = caller.kind === 'admin_token';
    const name = admin ? 'admin token' : 'nobody';
    return { kind: admin ? 'admin_token' : 'system', accountId: null, name, actingAs: null, tokenId: null, ...from };
  }
  return {
    kind: 'account',
    accountId: caller.actor?.accountId ?? caller.accountId,
    name: caller.actor?.email ?? caller.email,
    actingAs: caller.actor === null ? null : caller.accountId,
    tokenId: caller.token?.id ?? null,
    ...from,
  };
}
