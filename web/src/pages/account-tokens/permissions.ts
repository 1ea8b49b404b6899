import type { Body } from '../../api/client.ts';

export type TokenPermission = Body<'/control/v1/account/tokens'>['permissions'][number];

export type PermissionGroup = 'account' | 'organization' | 'keys' | 'observe' | 'billing' | 'staff';

/** What a token may be given, as it is offered. Of staff: all that a member of staff may have. */
export const permissionTable = {
  account: ['account.read'],
  organization: [
    'organization.read',
    'organization.write',
    'members.write',
    'teams.write',
    'roles.write',
    'audit.read',
    'tickets.read',
  ],
  keys: ['keys.read', 'keys.write'],
  observe: ['usage.read', 'requests.read'],
  billing: ['billing.read', 'billing.write'],
  staff: [
    'staff:customers.read',
    'staff:customers.write',
    'staff:customers.act',
    'staff:catalogue.read',
    'staff:catalogue.write',
    'staff:keys.read',
    'staff:keys.write',
    'staff:requests.read',
    'staff:books.read',
    'staff:mail.read',
    'staff:mail.write',
    'staff:tickets.read',
    'staff:tickets.write',
    'staff:tickets.security',
    'staff:mailroom.raw',
    'staff:desk.write',
    'staff:notices.write',
    'staff:site.read',
    'staff:site.write',
    'staff:staff.write',
    'staff:audit.read',
  ],
} as const satisfies Readonly<Record<PermissionGroup, readonly TokenPermission[]>>;

interface Holder {
  readonly organizations: readonly { readonly id: string; readonly permissions: readonly string[] }[];
  readonly staff: { readonly permissions: readonly string[] } | null;
}

/**
 * What somebody can give a token: no more than they hold, in the chosen organization or (null) in any. Groups without
 * anything are left out. Pure.
 */
export function offeredPermissions(
  { organizations, staff }: Holder,
  organization: string | null,
): [PermissionGroup, TokenPermission[]][] {
  const held = new Set<string>(['account.read']);
  for (const { id, permissions } of organizations) {
    if (organization === null || id === organization) for (const name of permissions) held.add(name);
  }
  for (const name of staff?.permissions ?? []) held.add(`staff:${name}`);
  return (Object.entries(permissionTable) as [PermissionGroup, readonly TokenPermission[]][])
    .map(([group, names]): [PermissionGroup, TokenPermission[]] => [group, names.filter((name) => held.has(name))])
    .filter(([, names]) => names.length > 0);
}

export function isReading(name: string): boolean {
  return name.endsWith('.read');
}
