import { z } from 'zod';
import { type Route, route } from '../http/index.ts';
import type { OrganizationOptions } from './parts.ts';
import { only } from './problems.ts';
import { changeRole, createRole, deleteRole, listRoles, type RoleView } from './roles.ts';
import { doerOf } from './scene.ts';
import { idText, nameText, noteText, organizationParams, permissionText, sightOf } from './shapes.ts';

const roleSchema = z
  .object({
    id: z.string().describe('Of a built-in role its name.'),
    name: z.string(),
    built_in: z.boolean(),
    note: z.string(),
    permissions: z.array(z.string()),
    members: z.int().describe('That hold it in the whole organization.'),
    grants: z.int().describe('Of it, on teams and projects.'),
    invitations: z.int().describe('That offer it and wait for an answer, or have waited too long.'),
  })
  .meta({ id: 'Role' });

const path = '/control/v1/organizations/{organization}/roles';
const params = organizationParams.extend({ role: idText });
const permissions = z.array(permissionText).max(40).describe('organization.read is part of every role.');

/** Roles: the built-in ones, and the organization's own. */
export function roleRoutes({ pool }: OrganizationOptions): Route[] {
  return [
    route({
      method: 'GET',
      path,
      summary: 'List roles: the built-in ones first, own ones by name',
      access: 'organization:organization.read',
      params: organizationParams,
      responses: { 200: z.object({ data: z.array(roleSchema) }) },
      async handle(context) {
        const { all, accountId } = sightOf(context);
        const roles = await listRoles(pool, context.organizationId, all ? undefined : accountId);
        return { status: 200, body: { data: roles.map(roleBody) } };
      },
    }),
    route({
      method: 'POST',
      path,
      summary: 'Make a role',
      access: 'organization:roles.write',
      params: organizationParams,
      body: z.object({ name: nameText(60), note: noteText.default(''), permissions }),
      responses: { 201: roleSchema },
      problems: only('role_above_you', 'name_taken', 'limit_reached'),
      handle: async (context, { body }) => ({
        status: 201,
        body: roleBody(await createRole(pool, doerOf(context), body)),
      }),
    }),
    route({
      method: 'PATCH',
      path: `${path}/{role}`,
      summary: 'Change a role of your own making, for all who hold it',
      access: 'organization:roles.write',
      params,
      body: z.object({
        name: nameText(60).optional(),
        note: noteText.optional(),
        permissions: permissions.optional(),
      }),
      responses: { 200: roleSchema },
      problems: only('role_not_found', 'role_above_you', 'name_taken'),
      handle: async (context, { params: { role }, body }) => ({
        status: 200,
        body: roleBody(await changeRole(pool, doerOf(context), role, body)),
      }),
    }),
    route({
      method: 'DELETE',
      path: `${path}/{role}`,
      summary: 'Delete a role that nobody holds',
      access: 'organization:roles.write',
      params,
      responses: { 204: null },
      problems: only('role_not_found', 'role_above_you', 'role_in_use'),
      async handle(context, { params: { role } }) {
        await deleteRole(pool, doerOf(context), role);
        return { status: 204, body: null };
      },
    }),
  ];
}

function roleBody({ builtIn, ...role }: RoleView): z.input<typeof roleSchema> {
  return { ...role, built_in: builtIn, permissions: [...role.permissions] };
}
