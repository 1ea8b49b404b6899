import type { StaffPermission, StaffRole } from '../../../../src/base/permissions.ts';

export const staffRoles = ['admin', 'support', 'sales', 'read-only'] as const satisfies readonly StaffRole[];

/** In the order in which they are read: what is seen, what is changed. */
export const staffPermissions = [
  'customers.read',
  'customers.write',
  'customers.act',
  'keys.read',
  'keys.write',
  'requests.read',
  'catalogue.read',
  'catalogue.write',
  'mail.read',
  'mail.write',
  'tickets.read',
  'tickets.write',
  'tickets.security',
  'mailroom.raw',
  'desk.write',
  'notices.write',
  'site.read',
  'site.write',
  'books.read',
  'audit.read',
  'staff.write',
] as const satisfies readonly StaffPermission[];

const reads = staffPermissions.filter((name) => name.endsWith('.read'));

/** What each role may do; held against `src/base/permissions.ts` by the test beside it. */
export const permissionsOf: Readonly<Record<StaffRole, readonly StaffPermission[]>> = {
  admin: staffPermissions,
  support: [...reads, 'customers.act', 'keys.write', 'mail.write', 'tickets.write', 'mailroom.raw'],
  sales: [
    'customers.read',
    'customers.write',
    'catalogue.read',
    'keys.read',
    'requests.read',
    'site.read',
    'tickets.read',
  ],
  'read-only': reads.filter((name) => name !== 'audit.read' && name !== 'mail.read'),
};

type Known = (typeof staffPermissions)[number];
type Word<Name extends string> = Name extends `${infer Noun}.${infer Verb}` ? `${Noun}_${Verb}` : never;

/** The member of `operator.staff.permissions`: a dot there leads into another part of the words. */
export function wordOf(permission: Known): Word<Known> {
  return permission.replace('.', '_') as Word<Known>;
}
