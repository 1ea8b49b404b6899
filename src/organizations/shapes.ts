import { z } from 'zod';
import { type RolePermission, reaches } from '../base/permissions.ts';
import { decodeCursor, encodeCursor, type OrganizationContext } from '../http/index.ts';
import { isRolePermission } from './given.ts';
import type { NamePlace } from './members.ts';

/** Control characters, and those that turn the direction of what follows: a name must not look like another. */
const unfit = /^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u;

export function nameText(max = 100) {
  return z.string().trim().min(1).max(max).regex(unfit, 'must not hold control characters');
}

export const noteText = z
  .string()
  .trim()
  .max(500)
  .regex(/^[^\0]*$/, 'must not hold NUL');

export const idText = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[^\0]*$/);

export const searchText = z.string().max(100).optional().describe('Part of a name, in any case of letters.');
export const rolesText = z.array(idText).max(20).describe('Names of built-in roles, or ids of own ones.');
export const permissionText = z
  .string()
  .refine((text): text is RolePermission => isRolePermission(text), 'no such permission')
  .describe('`keys.read`, or `keys.read:own` for what is the member’s own.');

export const organizationParams = z.object({ organization: z.string() });
export const named = z.object({ id: z.string(), name: z.string() });
export const money = z.string().describe('USD, exact.');
export const time = z.iso.datetime();

export function timeText(ms: number): string;
export function timeText(ms: number | null): string | null;
export function timeText(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

/** `[name as the database compares it, id]`. */
const namePlace = z.tuple([
  z
    .string()
    .max(400)
    .regex(/^[^\0]*$/),
  idText,
]);

export function placeOf(cursor: string | undefined): NamePlace | undefined {
  if (cursor === undefined) return undefined;
  const [name, id] = decodeCursor(cursor, namePlace);
  return { name, id };
}

export function cursorOf(place: NamePlace | null): string | null {
  return place === null ? null : encodeCursor([place.name, place.id]);
}

/** Newest first: `[created_at in microseconds, id]`. */
const timePlace = z.tuple([z.int().min(0), idText]);

export interface TimePlace {
  readonly createdAtUs: number;
  readonly id: string;
}

export function timePlaceOf(cursor: string | undefined): TimePlace | undefined {
  if (cursor === undefined) return undefined;
  const [createdAtUs, id] = decodeCursor(cursor, timePlace);
  return { createdAtUs, id };
}

export function timeCursorOf(place: TimePlace | null): string | null {
  return place === null ? null : encodeCursor([place.createdAtUs, place.id]);
}

/** What of the organization itself its reader may see: all, or, let into some projects only, those and themself. */
export interface Sight {
  readonly all: boolean;
  readonly projectIds: readonly string[];
  readonly accountId: string;
}

export function sightOf({ reach, person }: OrganizationContext): Sight {
  const read = reach.get('organization.read');
  return { all: read?.all ?? false, projectIds: [...(read?.projects ?? [])], accountId: person.accountId };
}

/** Whether somebody may see what was spent, or which keys there are, at a place. */
export function mayCount(
  { reach, person }: OrganizationContext,
  permission: 'usage.read' | 'keys.read',
  place: { readonly projectId?: string; readonly accountId?: string },
): boolean {
  const { projectId = null, accountId = null } = place;
  return reaches(reach.get(permission), { projectId, accountId }, person.accountId);
}
