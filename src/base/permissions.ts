/**
 * What members may do in their organization, and staff on the site. One table: the gate of every endpoint, the roles
 * page of the console and the permission column of a custom role are made from it. Names are never changed.
 */
export const organizationPermissions = {
  'organization.read': 'See the organization, its members, teams and projects',
  'organization.write': 'Rename the organization, or delete it',
  'members.write': 'Invite members, change their roles, disable or remove them',
  'teams.write': 'Make and change teams and projects, and grant access to them',
  'roles.write': 'Make and change roles',
  'keys.read': 'See keys',
  'keys.write': 'Create, change, disable and delete keys',
  'usage.read': 'See usage and spend',
  'requests.read': 'See requests and their explanations',
  'billing.read': 'See balance, plans, orders and invoices',
  'billing.write': 'Top up, subscribe, change payment details',
  'audit.read': 'See and export the audit log',
  'tickets.read': 'See and answer all support tickets of the organization',
} as const;

export const staffPermissions = {
  'customers.read': 'See customers, their keys and requests',
  'customers.write': 'Suspend and change customers',
  'customers.act': 'Look at the console with a customer’s eyes',
  'catalogue.read': 'See groups, channels, models and prices',
  'catalogue.write': 'Change groups, channels, models and prices',
  'keys.read': 'See all keys',
  'keys.write': 'Change all keys',
  'requests.read': 'See and explain all requests',
  'books.read': 'Prove the books',
  'mail.read': 'See mail that went out',
  'mail.write': 'Send mail again',
  'tickets.read': 'See support tickets',
  'tickets.write': 'Answer and change support tickets',
  'tickets.security': 'See and answer reports of vulnerabilities',
  'mailroom.raw': 'Open raw mail, with a reason',
  'desk.write': 'Change mailboxes, rules, macros, calendars and targets',
  'notices.write': 'Publish announcements',
  'site.read': 'See the site’s settings',
  'site.write': 'Change the site’s settings',
  'staff.write': 'Make staff, change their roles',
  'audit.read': 'See and export the audit log of the site',
} as const;

export type Permission = keyof typeof organizationPermissions;
export type StaffPermission = keyof typeof staffPermissions;
export type StaffRole = 'admin' | 'support' | 'sales' | 'read-only';

/** What a personal access token may be given: `account.read` shows the account itself, its sessions and notices. */
export type TokenPermission = 'account.read' | Permission | `staff:${StaffPermission}`;

export const tokenPermissions: readonly TokenPermission[] = [
  'account.read',
  ...(Object.keys(organizationPermissions) as Permission[]),
  ...(Object.keys(staffPermissions) as StaffPermission[]).map((name) => `staff:${name}` as const),
];

/**
 * A permission as a role holds it: `keys.write` for all that the organization (or team, or project) has,
 * `keys.write:own` for the member's own keys and what was done with them.
 */
export type RolePermission = Permission | `${OwnablePermission}:own`;

/** Permissions that can be had for what is one's own. */
export const ownablePermissions = ['keys.read', 'keys.write', 'usage.read', 'requests.read'] as const;
export type OwnablePermission = (typeof ownablePermissions)[number];

export type BuiltInRole = 'owner' | 'admin' | 'billing' | 'developer' | 'viewer';

const all = Object.keys(organizationPermissions) as Permission[];

export const builtInRoles: Readonly<Record<BuiltInRole, readonly RolePermission[]>> = {
  owner: all,
  // All but what ends or hands over the organization: see membership rules for who may make owners.
  admin: all.filter((name) => name !== 'billing.write'),
  billing: ['organization.read', 'keys.read', 'usage.read', 'billing.read', 'billing.write'],
  developer: ['organization.read', 'keys.read:own', 'keys.write:own', 'usage.read:own', 'requests.read:own'],
  viewer: ['organization.read', 'keys.read', 'usage.read', 'requests.read'],
};

const allStaff = Object.keys(staffPermissions) as StaffPermission[];
const staffReads = allStaff.filter((name) => name.endsWith('.read'));

export const staffRoles: Readonly<Record<StaffRole, readonly StaffPermission[]>> = {
  admin: allStaff,
  support: [...staffReads, 'customers.act', 'keys.write', 'mail.write', 'tickets.write', 'mailroom.raw'],
  sales: [
    'customers.read',
    'customers.write',
    'catalogue.read',
    'keys.read',
    'requests.read',
    'site.read',
    'tickets.read',
  ],
  'read-only': staffReads.filter((name) => name !== 'audit.read' && name !== 'mail.read'),
};

/** What one permission reaches. */
export interface Breadth {
  /** Everything of the organization. */
  readonly all: boolean;
  /** Ids of projects, when not all. */
  readonly projects: ReadonlySet<string>;
  /** What is the member's own. */
  readonly own: boolean;
}

/** All that one person may do in one organization. Permissions that are missing reach nothing. */
export type Reach = ReadonlyMap<Permission, Breadth>;

/** What a member was given, with custom roles already turned into their permissions. */
export interface Given {
  /** By roles in the organization. */
  readonly organization: readonly RolePermission[];
  /** By grants: the projects that each covers. A grant on a team covers the team's projects. */
  readonly projects: readonly { readonly projectId: string; readonly permissions: readonly RolePermission[] }[];
}

/** Within a project, only these mean something; the others are passed over. */
const projectPermissions: ReadonlySet<Permission> = new Set<Permission>([
  'keys.read',
  'keys.write',
  'usage.read',
  'requests.read',
]);

/** Puts together what roles and grants give. `only`: the permissions of a token, which can only take away. */
export function reachOf(given: Given, only: ReadonlySet<string> | null = null): Reach {
  const reach = new Map<Permission, { all: boolean; projects: Set<string>; own: boolean }>();
  const entry = (name: Permission) => {
    const found = reach.get(name) ?? { all: false, projects: new Set<string>(), own: false };
    reach.set(name, found);
    return found;
  };
  for (const held of given.organization) {
    const { name, own } = parsed(held);
    if (own) entry(name).own = true;
    else entry(name).all = true;
  }
  for (const { projectId, permissions } of given.projects) {
    // Whoever was let into a project may at least see that the organization is there.
    entry('organization.read').projects.add(projectId);
    for (const { name, own } of permissions.map(parsed)) {
      if (own) entry(name).own = true;
      else if (projectPermissions.has(name)) entry(name).projects.add(projectId);
    }
  }
  if (only !== null) for (const name of [...reach.keys()]) if (!only.has(name)) reach.delete(name);
  return reach;
}

/** Whether a key, or what was done with it, lies within the reach of a permission. */
export function reaches(
  breadth: Breadth | undefined,
  place: { readonly projectId: string | null; readonly accountId: string | null },
  callerId: string,
): boolean {
  if (breadth === undefined) return false;
  if (breadth.all) return true;
  if (place.projectId !== null && breadth.projects.has(place.projectId)) return true;
  return breadth.own && place.accountId === callerId;
}

function parsed(held: RolePermission): { name: Permission; own: boolean } {
  const own = held.endsWith(':own');
  return { name: (own ? held.slice(0, -4) : held) as Permission, own };
}
